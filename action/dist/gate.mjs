import { a as ActionError, f as summary, i as say, l as setOutput, n as link, r as oneLine, t as cut } from "./words.mjs";
import { t as parseDuration } from "./duration.mjs";
import { a as openClient, i as connect, n as refusalSentence, o as GithubError, r as count, s as isGithubError } from "./github-refusal.mjs";
import { n as readFlag } from "./inputs.mjs";
import { a as array, l as number, p as string, u as object } from "./schemas.mjs";
const firstDelayMs = 1e3;
const delayMsMax = 3e4;
async function awaitRelease(read, waiting) {
	const deadline = waiting.now().getTime() + waiting.timeoutMs;
	for (let delayMs = firstDelayMs;; delayMs = Math.min(delayMs * 2, delayMsMax)) {
		const ending = await look(read, waiting.allowsBypassed);
		if (ending.kind === "released" || ending.kind === "refused" && ending.isFinal) return ending;
		const leftMs = deadline - waiting.now().getTime();
		const pauseMs = pauseOf(ending, delayMs * (.8 + .4 * waiting.random()), waiting.now());
		if (leftMs <= 0 || ending.kind === "unread" && pauseMs > leftMs) return ending;
		waiting.onWait(ending.kind === "refused" ? ending.answers : [], pauseMs);
		await waiting.sleep(Math.min(pauseMs, leftMs));
	}
}
async function look(read, allowsBypassed) {
	try {
		const answers = await read();
		if (answers.length > 0 && answers.every((answer) => mayPass(answer, allowsBypassed))) return {
			kind: "released",
			answers
		};
		return {
			kind: "refused",
			answers,
			isFinal: answers.some((answer) => isOver(answer, allowsBypassed))
		};
	} catch (error) {
		if (error instanceof ActionError) throw error;
		if (!(error instanceof GithubError)) return {
			kind: "unread",
			error: misunderstood(error)
		};
		if (error.kind === "unavailable" || error.kind === "rate_limited") return {
			kind: "unread",
			error
		};
		throw error;
	}
}
function mayPass({ standing }, allowsBypassed) {
	return standing.kind === "released" || standing.kind === "bypassed" && allowsBypassed;
}
function isOver({ standing, pull }, allowsBypassed) {
	return standing.kind === "held" && pull !== null || standing.kind === "bypassed" && !allowsBypassed;
}
function pauseOf(ending, delayMs, now) {
	const retryAt = ending.kind === "unread" ? ending.error.retryAt : null;
	return retryAt === null ? delayMs : Math.max(delayMs, retryAt.getTime() - now.getTime());
}
function misunderstood(cause) {
	return new GithubError({
		kind: "unavailable",
		route: "",
		message: "its answer has another shape than it documents",
		cause
	});
}
const entriesMax = 5e3;
var ConditionalReads = class {
	#client;
	#kept = new Map();
	constructor(client) {
		this.#client = client;
	}
	async read(route, parameters, call) {
		const key = JSON.stringify([
			call.installationId,
			route,
			parameters
		]);
		const kept = this.#kept.get(key);
		const headers = kept ? { "if-none-match": kept.etag } : {};
		const answer = await this.#client.rest(route, {
			...parameters,
			headers
		}, call);
		if (answer.status === 304 && kept) return kept.data;
		this.#keep(key, answer);
		return answer.data;
	}
	#keep(key, { headers, data }) {
		this.#kept.delete(key);
		const oldest = this.#kept.size >= entriesMax ? this.#kept.keys().next().value : void 0;
		if (oldest !== void 0) this.#kept.delete(oldest);
		if (typeof headers.etag === "string") this.#kept.set(key, {
			etag: headers.etag,
			data
		});
	}
};
function nodesOf(connection) {
	return (connection?.nodes ?? []).filter((node) => node !== null);
}
const actorFields = `
fragment ActorFields on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
}`;
function personOf(actor, seed) {
	if (!actor || typeof actor.databaseId !== "number") return ghost(actor?.login ?? "ghost", seed);
	const { login, databaseId: id } = actor;
	switch (actor.__typename) {
		case "Bot": return {
			id,
			login: login.endsWith("[bot]") ? login : `${login}[bot]`,
			kind: "bot"
		};
		case "User":
		case void 0: return {
			id,
			login,
			kind: login.endsWith("[bot]") ? "bot" : "user"
		};
		default: return {
			id,
			login,
			kind: "ghost"
		};
	}
}
function personOrNull(actor) {
	return actor && typeof actor.databaseId === "number" ? personOf(actor, 0) : null;
}
function ghost(login, seed) {
	return {
		id: -Math.abs(seed) - 1,
		login,
		kind: "ghost"
	};
}
const perPage = 100;
const pagesMax = 50;
async function compareCommits(client, { owner, name: repo, installationId }, { base, head }) {
	const commits = [];
	try {
		for (let page = 1; page <= pagesMax; page += 1) {
			const { data } = await client.rest("GET /repos/{owner}/{repo}/compare/{basehead}", {
				owner,
				repo,
				basehead: `${base}...${head}`,
				per_page: perPage,
				page
			}, { installationId });
			commits.push(...data.commits.map(({ sha }) => sha));
			if (commits.length >= data.total_commits) return {
				kind: "compared",
				status: data.status,
				commits: [...new Set(commits)]
			};
			if (data.commits.length === 0) break;
		}
	} catch (error) {
		if (isGithubError(error, "not_found") || error instanceof GithubError && error.status === 422) return {
			kind: "unreadable",
			reason: "GitHub cannot compare it with what runs"
		};
		throw error;
	}
	return {
		kind: "unreadable",
		reason: "GitHub does not list all commits between it and what runs"
	};
}
const commitsPerRequest = 50;
async function readOrigins(client, repository, shas) {
	const batches = [];
	for (let start = 0; start < shas.length; start += commitsPerRequest) batches.push(shas.slice(start, start + commitsPerRequest));
	return (await Promise.all(batches.map((batch) => readBatch(client, repository, batch)))).flat();
}
function originsDocument(count) {
	const indexes = Array.from({ length: count }, (_, index) => index);
	return `query Origins($owner: String!, $name: String!${indexes.map((index) => `, $c${index}: GitObjectID!`).join("")}) {
  repository(owner: $owner, name: $name) {
    databaseId
    ${indexes.map((index) => `c${index}: object(oid: $c${index}) { ...OriginFields }`).join("\n    ")}
  }
}
fragment OriginFields on Commit {
  oid messageHeadline
  author { user { __typename login databaseId } }
  committer { user { __typename login databaseId } }
  associatedPullRequests(first: 10) {
    nodes {
      number title merged baseRefName headRefOid
      mergeCommit { oid }
      baseRepository { databaseId }
      author { ...ActorFields }
      mergedBy { ...ActorFields }
    }
  }
}${actorFields}`;
}
async function readBatch(client, { owner, name, installationId, repositoryId }, shas) {
	const variables = Object.fromEntries(shas.map((sha, index) => [`c${index}`, sha]));
	const { data } = await client.graphql({
		name: "Origins",
		document: originsDocument(shas.length),
		variables: {
			owner,
			name,
			...variables
		}
	}, { installationId });
	if (data.repository?.databaseId !== repositoryId) throw new GithubError({
		kind: "not_found",
		route: "POST /graphql Origins",
		message: "no such repository"
	});
	return shas.flatMap((sha, index) => {
		const raw = data.repository?.[`c${index}`];
		return raw?.oid === sha ? [mapOrigin(raw, repositoryId)] : [];
	});
}
function mapOrigin(raw, repositoryId) {
	const people = [raw.author?.user, raw.committer?.user].map((user) => personOrNull(user));
	const named = new Map();
	for (const person of people) if (person !== null && person.login !== "web-flow") named.set(person.id, person);
	const pulls = nodesOf(raw.associatedPullRequests).filter(({ merged, baseRepository }) => merged && baseRepository?.databaseId === repositoryId);
	return {
		sha: raw.oid,
		headline: raw.messageHeadline,
		people: [...named.values()],
		pulls: pulls.map(mapPull)
	};
}
function mapPull(raw) {
	return {
		number: raw.number,
		title: raw.title,
		baseRef: raw.baseRefName,
		headSha: raw.headRefOid,
		mergeSha: raw.mergeCommit?.oid ?? null,
		author: personOrNull(raw.author),
		mergedBy: personOrNull(raw.mergedBy)
	};
}
const checkRunsAnswer = object({
	total_count: number().int(),
	check_runs: array(object({
		name: string(),
		head_sha: string(),
		status: string(),
		conclusion: string().nullable(),
		html_url: string().nullish(),
		app: object({
			id: number(),
			slug: string().nullish()
		}).nullable(),
		output: object({ title: string().nullish() }).nullish()
	}))
});
const actionsApp = {
	id: 15368,
	slug: "github-actions"
};
const worstFirst = [
	"held",
	"pending",
	"bypassed",
	"released"
];
function standingOf(runs, wanted, app) {
	const named = runs.filter(({ name, head_sha }) => name === wanted.name && head_sha === wanted.sha);
	const own = named.filter((run) => isBy(run, app));
	const foreign = named.filter((run) => !isBy(run, app)).map((run) => run.app?.slug ?? "an unknown app");
	const judged = own.map((run) => ({
		run,
		kind: kindOf(run)
	}));
	const kind = worstFirst.find((one) => judged.some((other) => other.kind === one)) ?? "missing";
	const shown = judged.find((one) => one.kind === kind)?.run;
	return {
		kind,
		title: shown?.output?.title ?? null,
		url: shown?.html_url ?? null,
		foreign: [...new Set(foreign)].sort()
	};
}
function isBy({ app }, wanted) {
	if (app === null || app.id === actionsApp.id || app.slug === actionsApp.slug) return false;
	return /^\d+$/.test(wanted) ? String(app.id) === wanted : app.slug?.toLowerCase() === wanted.toLowerCase();
}
function kindOf({ status, conclusion }) {
	if (status !== "completed") return "pending";
	if (conclusion === "success") return "released";
	return conclusion === "neutral" ? "bypassed" : "held";
}
function createReader(client, repository, subject, app) {
	const conditional = new ConditionalReads(client);
	const name = checkNameOf(subject.base);
	const known = new Map();
	let range = null;
	const standingAt = async (sha) => {
		const { owner, name: repo, installationId } = repository;
		const answer = await conditional.read("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
			owner,
			repo,
			ref: sha,
			check_name: name,
			per_page: 100
		}, { installationId });
		const { total_count, check_runs } = checkRunsAnswer.parse(answer);
		if (total_count > check_runs.length) throw new ActionError(`${shortSha(sha)} has ${total_count} checks of the name ${name}, more than GitHub shows.`);
		return standingOf(check_runs, {
			name,
			sha
		}, app);
	};
	const pullsOf = async (shas) => {
		const unknown = shas.filter((sha) => !known.has(sha));
		const origins = unknown.length === 0 ? [] : await readOrigins(client, repository, unknown);
		for (const { sha, pulls } of origins) {
			const merged = pulls.filter(({ baseRef }) => baseRef === subject.base);
			if (merged.length > 0) known.set(sha, merged);
		}
		return known;
	};
	return async () => {
		range ??= await readRange(client, repository, subject);
		const standings = onceEach(standingAt);
		const hasOwn = (await standings(subject.sha)).kind !== "missing";
		const pulls = await pullsOf(range.filter((sha) => !hasOwn || sha !== subject.sha));
		const answers = range.map((sha) => {
			return answersOf(sha, hasOwn && sha === subject.sha ? [] : pulls.get(sha) ?? [], standings);
		});
		return (await Promise.all(answers)).flat();
	};
}
function onceEach(read) {
	const asked = new Map();
	return (sha) => {
		const answer = asked.get(sha) ?? read(sha);
		asked.set(sha, answer);
		return answer;
	};
}
function checkNameOf(base) {
	return `holdpoint: ${base}`;
}
function shortSha(sha) {
	return sha.slice(0, 12);
}
async function readRange(client, repository, { sha, since }) {
	if (since === null) return [sha];
	const comparison = await compareCommits(client, repository, {
		base: since,
		head: sha
	});
	if (comparison.kind === "unreadable") throw new ActionError(`The commits from ${since} to ${shortSha(sha)} cannot be told: ${comparison.reason}.`);
	return [...new Set([sha, ...comparison.commits])];
}
async function answersOf(sha, pulls, standingAt) {
	if (pulls.length === 0) return [{
		sha,
		pull: null,
		standing: await standingAt(sha)
	}];
	return Promise.all(pulls.map(async (pull) => ({
		sha,
		pull,
		standing: await standingAt(pull.headSha)
	})));
}
const pieceMax = 300;
function toMarkdown(words) {
	return words.map(pieceToMarkdown).join("");
}
function pieceToMarkdown(piece) {
	switch (piece.kind) {
		case "ours": return piece.text;
		case "theirs": return escapeMarkdown(cut(piece.text, pieceMax));
		case "code": return codeSpan(cut(piece.text, pieceMax));
		case "person": return mention(piece.login, piece.isBot);
		case "strong": return `**${toMarkdown(piece.words)}**`;
		case "link": return linkTo(toMarkdown(piece.words), piece.href);
	}
}
const breaker = "​";
function escapeMarkdown(text) {
	return oneLine(text).replace(/gh-(?=\d)/gi, (match) => `${match}${breaker}`).replace(/www(?=\.)/gi, (match) => `${match}${breaker}`).replace(/[0-9a-f]{7,}/gi, (id) => `${id.slice(0, 3)}${breaker}${id.slice(3)}`).replace(/^\s*(?=[-+=]|\d+[.)])/, breaker).replace(/(?<![a-z0-9])_|_(?![a-z0-9])|[\\`*[\]|~&<>$@#:\u200b]/gi, escapeMark);
}
function escapeMark(mark) {
	switch (mark) {
		case breaker: return "&#8203;";
		case "&": return "&amp;";
		case "<": return "&lt;";
		case ">": return "&gt;";
		case "$": return "&#36;";
		case "@": return "@&#8203;";
		case "#": return "\\#&#8203;";
		case ":": return ":&#8203;";
		default: return `\\${mark}`;
	}
}
function codeSpan(text) {
	const content = oneLine(text);
	if (content === "") return "";
	if (/[|\\]/.test(content)) return `<code>${escapeMarkdown(content)}</code>`;
	const fence = "`".repeat(longestRun(content) + 1);
	const padding = /^[` ]|[` ]$/.test(content) ? " " : "";
	return `${fence}${padding}${content}${padding}${fence}`;
}
function longestRun(text) {
	let longest = 0;
	for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
	return longest;
}
const login = /^[a-z0-9](?:[a-z0-9-]{0,38})(?:_[a-z0-9]{1,16})?$/i;
function mention(name, isBot) {
	return !isBot && login.test(name) ? `@${name}` : escapeMarkdown(name);
}
function linkTo(words, href) {
	if (!/^(https?:\/\/|#)/i.test(href)) return words;
	return `[${words}](${encodeURI(href.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, "%$1").replace(/[()|'"<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}
const units = [
	["day", 864e5],
	["hour", 36e5],
	["minute", 6e4],
	["second", 1e3]
];
function formatSpan(ms) {
	for (const [unit, length] of units) if (ms >= length && ms % length === 0) return `${ms / length} ${unit}${ms === length ? "" : "s"}`;
	return `${Math.round(ms / 1e3)} seconds`;
}
function releasedSentence(answers, { subject }) {
	const bypassed = answers.filter(({ standing }) => standing.kind === "bypassed").length;
	const what = subject.since === null ? shortSha(subject.sha) : `${count(commitsIn(answers), "commit")} up to ${shortSha(subject.sha)}`;
	const how = bypassed === 0 ? "" : `, ${bypassed === answers.length ? "" : `${bypassed} of them `}by a bypass or a policy that only observes`;
	return `${checkNameOf(subject.base)} released ${what}${how}.`;
}
function refusedSentence({ answers, isFinal }, { subject, app, timeoutMs, allowsBypassed }) {
	const open = answers.filter((answer) => !mayPass(answer, allowsBypassed));
	const first = open.find(({ standing }) => standing.kind !== "missing") ?? open[0];
	const within = isFinal || timeoutMs === 0 ? "" : ` within ${formatSpan(timeoutMs)}`;
	const name = checkNameOf(subject.base);
	if (first === void 0) return `Nothing says whether ${shortSha(subject.sha)} is released.`;
	const more = open.length > 1 ? ` ${count(open.length, "answer")} of ${answers.length} are not released.` : "";
	return `${reasonOf(first, name, app, within)}${more}`;
}
function waitingLine(answers, { subject, app, allowsBypassed }) {
	const [first] = answers.filter((answer) => !mayPass(answer, allowsBypassed));
	if (first === void 0) return "GitHub did not answer.";
	return reasonOf(first, checkNameOf(subject.base), app, " yet");
}
function reasonOf({ sha, pull, standing }, name, app, within) {
	const whose = pull === null ? shortSha(sha) : `${shortSha(sha)} (merged with #${pull.number})`;
	const title = standing.title === null || standing.title === "" ? "" : `: ${plain(standing.title)}`;
	switch (standing.kind) {
		case "missing": {
			const others = standing.foreign.map(plain).join(", ");
			const foreign = others === "" ? "" : ` One of that name by ${others} does not count.`;
			return `There is no check \`${plain(name)}\` by the App \`${app}\` on ${whose}${within}.${foreign}`;
		}
		case "held": return `Holdpoint holds ${whose}${title}.`;
		case "pending": return `Holdpoint has not released ${whose}${within}${title}.`;
		case "bypassed": return `${whose} passed by a bypass or a policy that only observes, which \`allow-bypassed: false\` refuses.`;
		case "released": return `${whose} is released.`;
	}
}
const marks = {
	released: "✓ released",
	bypassed: "◌ bypassed or observed",
	pending: "● not released yet",
	held: "✗ held",
	missing: "✗ no check"
};
const rowsMax = 200;
function summaryOf(ending, wish, connection) {
	const { subject, app } = wish;
	const isReleased = ending.kind === "released";
	const said = isReleased ? releasedSentence(ending.answers, wish) : refusedSentence(ending, wish);
	const open = ending.answers.filter((answer) => !mayPass(answer, wish.allowsBypassed));
	const shown = [...open, ...ending.answers.filter((answer) => !open.includes(answer))].slice(0, rowsMax);
	const left = ending.answers.length - shown.length;
	return [
		`### Holdpoint gate: ${isReleased ? "✓ released" : "✗ not released"}`,
		"",
		`${escapeMarkdown(said)}`,
		"",
		"| commit | answered by | verdict | it says |",
		"| --- | --- | --- | --- |",
		...shown.map((answer) => rowOf(answer, connection)),
		"",
		...left > 0 ? [`${count(left, "more row")} not shown.`, ""] : [],
		...ending.answers.some(({ standing }) => standing.kind === "bypassed") ? ["GitHub lets changes merge by a bypass or under a policy that only observes; `allow-bypassed: false` refuses them here.", ""] : [],
		`Asked for: the check ${codeSpan(checkNameOf(subject.base))} by the App ${codeSpan(app)}.`,
		""
	].join("\n");
}
function rowOf({ sha, pull, standing }, { serverUrl, repository }) {
	const home = `${serverUrl}/${repository.owner}/${repository.name}`;
	const commit = toMarkdown(link(say`${{
		kind: "code",
		text: shortSha(sha)
	}}`, `${home}/commit/${sha}`));
	const by = pull === null ? "its own check" : toMarkdown(link(say`#${pull.number}`, `${home}/pull/${pull.number}`));
	const foreign = standing.foreign.length === 0 ? "" : `not counted: ${standing.foreign.map(escapeMarkdown).join(", ")}`;
	const says = [standing.title === null ? "" : escapeMarkdown(cut(standing.title, 200)), foreign];
	return `| ${commit} | ${by} | ${marks[standing.kind]} | ${says.filter((text) => text !== "").join("; ")} |`;
}
function commitsIn(answers) {
	return new Set(answers.map(({ sha }) => sha)).size;
}
function plain(text) {
	return cut(oneLine(text), 200);
}
const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const revision = /^(?!.*\.\.)[^\s:~^?*[\\\p{Cc}]{1,255}$/u;
const about = {
	pull_request: object({
		head: object({ sha: string() }),
		base: object({ ref: string() })
	}),
	merge_group: object({
		head_sha: string(),
		base_ref: string()
	}),
	workflow_run: object({ head_sha: string() }),
	deployment: object({ sha: string() }),
	repository: object({ default_branch: string() })
};
function subjectOf(inputs, env, event) {
	const told = toldBy(event, env);
	const sha = (inputs.sha || told.sha).toLowerCase();
	if (!commitId.test(sha)) {
		const found = sha === "" ? "No commit is named" : `"${oneLine(sha).slice(0, 80)}" is no whole commit id`;
		throw new ActionError(`${found}. Write e.g. \`sha: \${{ github.sha }}\`, which has 40 characters.`);
	}
	const base = (inputs.base || told.base).replace(/^refs\/heads\//, "");
	if (!revision.test(base)) {
		const found = base === "" ? "No base branch is named" : `"${oneLine(base).slice(0, 80)}" is no branch`;
		throw new ActionError(`${found}. Write e.g. \`base: main\`.`);
	}
	const since = inputs.since || null;
	if (since !== null && !revision.test(since)) throw new ActionError(`"${oneLine(since).slice(0, 80)}" is no commit. Write a commit id, a tag or a branch as \`since\`.`);
	return {
		sha,
		base,
		since
	};
}
function toldBy({ payload }, env) {
	const read = (key) => about[key].safeParse(payload[key]).data;
	const pull = read("pull_request");
	if (pull !== void 0) return {
		sha: pull.head.sha,
		base: pull.base.ref
	};
	const group = read("merge_group");
	if (group !== void 0) return {
		sha: group.head_sha,
		base: group.base_ref
	};
	const { GITHUB_SHA = "", GITHUB_REF = "" } = env;
	const run = read("workflow_run");
	const defaultBranch = read("repository")?.default_branch ?? "";
	if (run !== void 0) return {
		sha: run.head_sha,
		base: defaultBranch
	};
	const isBranch = GITHUB_REF.startsWith("refs/heads/") && read("deployment") === void 0;
	return {
		sha: read("deployment")?.sha ?? GITHUB_SHA,
		base: isBranch ? GITHUB_REF : defaultBranch
	};
}
function byteLength(text) {
	return Buffer.byteLength(text, "utf8");
}
function cutBytes(text, maxBytes) {
	if (byteLength(text) <= maxBytes) return text;
	return `${Buffer.from(text, "utf8").subarray(0, maxBytes - 3).toString("utf8").replace(/\ufffd+$/, "")}…`;
}
const bytesMax = 1e6;
async function writeSummary(markdown) {
	if (!process.env.GITHUB_STEP_SUMMARY) return;
	await summary.addRaw(cutBytes(markdown, bytesMax), true).write();
}
const gatePermissions = {
	checks: "read",
	contents: "read",
	"pull-requests": "read"
};
async function gate({ env, inputs, readEvent }) {
	const connection = connect(env);
	const wish = {
		subject: subjectOf(inputs, env, await readEvent()),
		app: readApp(inputs.app ?? ""),
		timeoutMs: readTimeout(inputs.timeout ?? ""),
		allowsBypassed: readFlag(inputs, "allow-bypassed")
	};
	const { subject, app, timeoutMs, allowsBypassed } = wish;
	const read = createReader(openClient(connection), connection.repository, subject, app);
	const { clock, sleep } = connection.surroundings;
	let said = "";
	const onWait = (answers, delayMs) => {
		const line = waitingLine(answers, wish);
		if (line !== said) process.stdout.write(`${line} Asking again in ${Math.ceil(delayMs / 1e3)} s.\n`);
		said = line;
	};
	const ending = await awaitRelease(read, {
		timeoutMs,
		allowsBypassed,
		now: () => clock.now(),
		sleep,
		random: Math.random,
		onWait
	}).catch((error) => {
		if (error instanceof GithubError) return {
			kind: "unread",
			error
		};
		throw error;
	});
	if (ending.kind === "unread") {
		setOutput("verdict", "unknown");
		const wanted = `the verdict \`holdpoint: ${subject.base}\` of ${subject.sha.slice(0, 12)}`;
		return {
			kind: "failed",
			said: refusalSentence(ending.error, wanted, gatePermissions)
		};
	}
	const worst = ending.answers.map(({ standing }) => standing.kind);
	const verdict = [
		"missing",
		"held",
		"pending",
		"bypassed",
		"released"
	].find((kind) => worst.includes(kind));
	setOutput("verdict", verdict ?? "missing");
	await writeSummary(summaryOf(ending, wish, connection));
	return ending.kind === "released" ? {
		kind: "passed",
		said: releasedSentence(ending.answers, wish)
	} : {
		kind: "failed",
		said: refusedSentence(ending, wish)
	};
}
const timeoutMaxMs = 216e5;
function readTimeout(text) {
	if (text === "0") return 0;
	const ms = parseDuration(text);
	if (ms !== null && ms <= timeoutMaxMs) return ms;
	throw new ActionError(`The input \`timeout\` is no duration of at most 6 hours: write e.g. \`10 minutes\`, or \`0\` to ask once.`);
}
function readApp(text) {
	const app = text.toLowerCase();
	if (app === actionsApp.slug || app === String(actionsApp.id)) throw new ActionError("Checks by `github-actions` never count: any workflow can publish them. Write the slug or the id of your Holdpoint App as `app`.");
	if (/^[a-z0-9-]{1,100}$/.test(app)) return app;
	throw new ActionError("The input `app` is neither the slug nor the id of an App. Both stand on its settings page.");
}
export { gate };
