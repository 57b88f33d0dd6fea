import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Issue } from "../../src/sandbox/state/issues.ts";
import { aStage, type Loose } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function anIssue(labels: string[] = []): Issue {
  return stage.github.as("bob").openIssue("Review afterwards", "What was skipped", labels);
}

/** What a request is answered, redirects not followed. */
async function ask(method: string, path: string, body?: unknown, token = stage.token) {
  const answer = await fetch(`${stage.github.url}${path}`, {
    method,
    redirect: "manual",
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    location: answer.headers.get("location"),
    body: (text === "" ? null : JSON.parse(text)) as Loose,
  };
}

describe("what becomes of an issue", () => {
  it.each<{ name: string; act: (stage: Stage, number: number) => void; heard: string[] }>([
    {
      name: "closed as not planned, and reopened",
      act: ({ github }, number) => {
        github.as("maria").closeIssue(number, "not_planned");
        github.as("bob").reopenIssue(number);
      },
      heard: ["issues.closed", "issues.reopened"],
    },
    {
      name: "given to two people, and taken off one",
      act: ({ github }, number) => {
        github.as("maria").assign(number, "bob", "sam", "bob", "nobody-of-this-name");
        github.as("maria").unassign(number, "sam", "maria");
      },
      heard: ["issues.assigned", "issues.assigned", "issues.unassigned"],
    },
    {
      name: "labelled and unlabelled",
      act: ({ github }, number) => {
        github.as("maria").label(number, "bug");
        github.as("maria").unlabel(number, "bug");
      },
      heard: ["issues.labeled", "issues.unlabeled"],
    },
    {
      name: "edited",
      act: ({ github }, number) => github.as("maria").edit(number, { title: "Other", body: "Other" }),
      heard: ["issues.edited"],
    },
    {
      name: "talked about",
      act: ({ github }, number) => {
        const comment = github.as("maria").commentOnIssue(number, "/holdpoint reviewed");
        github.as("maria").editComment(comment, "Nothing");
        github.as("maria").deleteComment(comment);
      },
      heard: ["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
    },
    {
      name: "deleted",
      act: ({ github }, number) => github.as("olga").deleteIssue(number),
      heard: ["issues.deleted"],
    },
    {
      name: "transferred",
      act: ({ github, acme }, number) => {
        github.as("olga").transferIssue(number, github.createRepository(acme, "elsewhere"));
      },
      heard: ["issues.transferred", "issues.opened"],
    },
    {
      name: "left where issues are switched off",
      act: ({ github }) => github.as("olga").switchIssuesOff(),
      heard: [],
    },
  ])("$name is told as $heard", async ({ act, heard }) => {
    await using own = await aStage();
    const { number } = own.github.as("bob").openIssue("Review afterwards");
    await own.github.webhooks.flush();
    own.heard.length = 0;
    act(own, number);
    await own.github.webhooks.flush();
    expect(own.heard.map(({ event, action }) => `${event}.${action}`)).toEqual(heard);
    expect(own.github.violations).toEqual([]);
  });

  it("is told with the reason it was closed for, and by whom", async () => {
    await using own = await aStage();
    const { github, heard } = own;
    const { number } = github.as("bob").openIssue("Review afterwards");
    github.as("maria").closeIssue(number, "not_planned");
    await github.webhooks.flush();
    expect(heard.at(-1)?.payload).toMatchObject({
      action: "closed",
      issue: { state: "closed", state_reason: "not_planned", closed_by: { login: "maria" } },
      sender: { login: "maria" },
    });
  });
});

describe("an issue that left", () => {
  it("is gone for REST and nothing for GraphQL, once it is deleted", async () => {
    const { github, octokit, at } = stage;
    const { number, nodeId } = anIssue();
    github.as("maria").commentOnIssue(number, "Hello");
    github.as("olga").deleteIssue(number);
    const path = `/repos/acme/api/issues/${number}`;
    const answers = [
      await ask("GET", path),
      await ask("PATCH", path, { state: "open" }),
      await ask("GET", `${path}/comments`),
      await ask("POST", `${path}/comments`, { body: "Hello?" }),
      await ask("POST", `${path}/labels`, { labels: ["bug"] }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([410, 410, 410, 410, 410]);
    const query = `{ repository(owner: "acme", name: "api") { issue(number: ${number}) { id } } node(id: "${nodeId}") { id } }`;
    const { data, errors } = await stage.graphql(query);
    expect([data, errors?.map(({ type }) => type)]).toEqual([
      { repository: { issue: null }, node: null },
      ["NOT_FOUND", "NOT_FOUND"],
    ]);
    const listed = await octokit.rest.issues.listForRepo({ ...at, state: "all", per_page: 100 });
    expect(listed.data.some((issue) => issue.number === number)).toBe(false);
  });

  it("is found where it was transferred to, with what was said under it", async () => {
    const { github, acme, octokit, at } = stage;
    const target = github.createRepository(acme, "archive", { labels: ["bug"] });
    const { number } = anIssue(["bug", "only-here"]);
    github.as("maria").commentOnIssue(number, "Hello");
    github.as("maria").assign(number, "sam");
    const moved = github.as("olga").transferIssue(number, target);
    const path = `/repos/acme/api/issues/${number}`;
    const away = await ask("GET", path);
    const location = `${github.url}/repositories/${target.id}/issues/${moved.number}`;
    expect([away.status, away.location, away.body.url]).toEqual([301, location, location]);
    expect((await ask("GET", `${path}/labels`)).location).toBe(`${location}/labels`);
    expect((await ask("GET", `${path}/comments`)).status).toBe(404);
    const { data } = await octokit.rest.issues.get({ ...at, issue_number: number });
    expect(data).toMatchObject({
      number: moved.number,
      repository_url: `${github.url}/repos/acme/archive`,
      comments: 1,
      assignee: { login: "sam" },
      labels: [{ name: "bug" }],
    });
    const again = github.as("olga", "acme/archive").transferIssue(moved.number, stage.api);
    expect((await ask("GET", path)).location).toBe(`${github.url}/repositories/${stage.api.id}/issues/${again.number}`);
    const query = `{ repository(owner: "acme", name: "api") {
      issue(number: ${again.number}) {
        timelineItems(first: 9, itemTypes: [TRANSFERRED_EVENT]) {
          nodes { ... on TransferredEvent { fromRepository { name } actor { login } } }
        }
      }
    } }`;
    expect((await stage.graphql(query)).data.repository.issue.timelineItems.nodes).toEqual([
      { fromRepository: { name: "api" }, actor: { login: "olga" } },
      { fromRepository: { name: "archive" }, actor: { login: "olga" } },
    ]);
  });

  it("does not exist for who cannot see where it went", async () => {
    const { github, acme, api } = stage;
    const hidden = github.createRepository(acme, "hidden");
    const { number } = anIssue();
    github.as("olga").transferIssue(number, hidden);
    github.addCollaborator(api, "guest", "read");
    const answer = await ask("GET", `/repos/acme/api/issues/${number}`, undefined, github.tokenFor("guest"));
    expect(answer.status).toBe(404);
  });

  it("never is a pull request, and never goes to another owner", () => {
    const { github } = stage;
    const pull = github.as("maria").openPullRequest({ title: "Stay", files: { "stay.txt": "s\n" } });
    const foreign = github.createRepository(github.user("elsewhere"), "other");
    expect(() => github.as("olga").deleteIssue(pull.number)).toThrow("neither deleted nor transferred");
    expect(() => github.as("olga").transferIssue(pull.number, foreign)).toThrow("neither deleted nor transferred");
    expect(() => github.as("olga").transferIssue(anIssue().number, foreign)).toThrow("Cannot transfer");
  });
});

describe("closing words", () => {
  it.each([
    { name: "in a pull request to the default branch", body: "Fixes #N", closes: true },
    { name: "with the repository's whole name", body: "resolved: acme/api#N", closes: true },
    { name: "of another repository", body: "Fixes acme/other#N", closes: false },
    { name: "in a pull request to another branch", body: "Closes #N", base: "side", closes: false },
    { name: "without a keyword", body: "See #N", closes: false },
  ])("$name close an issue: $closes", async ({ body, base = "main", closes }) => {
    const { github, api } = stage;
    const issue = anIssue();
    if (base !== "main" && !api.refs.has(`refs/heads/${base}`))
      github.as("olga").push(base, { "side.txt": "s\n" }, "Side");
    const pull = github.as("maria").openPullRequest({
      title: `Close ${issue.number}`,
      body: body.replace("#N", `#${issue.number}`),
      base,
      files: { [`close-${issue.number}.txt`]: "c\n" },
    });
    github.as("olga").merge(pull.number);
    expect([issue.state, issue.closedBy?.login]).toEqual(closes ? ["closed", "olga"] : ["open", undefined]);
    const query = `{ repository(owner: "acme", name: "api") {
      pullRequest(number: ${pull.number}) { closingIssuesReferences(first: 9) { nodes { number } } }
      issue(number: ${issue.number}) {
        timelineItems(first: 9, itemTypes: [CLOSED_EVENT]) {
          nodes { ... on ClosedEvent { stateReason closer { ... on PullRequest { number } } } }
        }
      }
    } }`;
    const { repository } = (await stage.graphql(query)).data;
    expect([repository.pullRequest.closingIssuesReferences.nodes, repository.issue.timelineItems.nodes]).toEqual(
      closes ? [[{ number: issue.number }], [{ stateReason: "COMPLETED", closer: { number: pull.number } }]] : [[], []],
    );
  });

  it("in a commit close an issue once the commit is on the default branch", async () => {
    const { github, octokit, at } = stage;
    const { number } = anIssue();
    const message = `Mend it\n\nfixes #${number}`;
    github.as("maria").push("topic", { "mend.txt": "m\n" }, message);
    expect(github.as("maria").issue(number).state).toBe("open");
    const sha = github.as("maria").push("main", { "mend-more.txt": "m\n" }, message);
    const { data } = await octokit.rest.issues.listEvents({ ...at, issue_number: number });
    expect(data.at(-1)).toMatchObject({ event: "closed", actor: { login: "maria" }, commit_id: sha });
  });
});

describe("issues switched off", () => {
  it("are refused with 410, while pull requests stay open to words and labels", async () => {
    const { github, at, octokit } = stage;
    const { number } = anIssue();
    const pull = github.as("maria").openPullRequest({ title: "Go on", files: { "on.txt": "o\n" } });
    github.as("olga").switchIssuesOff();
    const refused = [
      await ask("POST", "/repos/acme/api/issues", { title: "Another" }),
      await ask("GET", "/repos/acme/api/issues"),
      await ask("GET", `/repos/acme/api/issues/${number}`),
      await ask("PATCH", `/repos/acme/api/issues/${number}`, { state: "open" }),
      await ask("POST", `/repos/acme/api/issues/${number}/comments`, { body: "Hello" }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([410, 410, 410, 410, 410]);
    const repository = await octokit.rest.repos.get(at);
    expect(repository.data.has_issues).toBe(false);
    const on = { ...at, issue_number: pull.number };
    expect((await octokit.rest.issues.createComment({ ...on, body: "Hello" })).status).toBe(201);
    expect((await octokit.rest.issues.addLabels({ ...on, labels: ["bug"] })).status).toBe(200);
    const query = `{ repository(owner: "acme", name: "api") { hasIssuesEnabled issue(number: ${number}) { id } } }`;
    expect((await stage.graphql(query)).data.repository).toEqual({ hasIssuesEnabled: false, issue: null });
    github.as("olga").switchIssuesOn();
    expect((await octokit.rest.issues.get({ ...at, issue_number: number })).data.number).toBe(number);
  });
});

describe("an App", () => {
  it("opens, gives away, edits, closes and reopens an issue", async () => {
    const { octokit, at } = stage;
    const { data: issue } = await octokit.rest.issues.create({
      ...at,
      title: "Due",
      assignees: ["bob"],
      labels: ["due"],
    });
    const on = { ...at, issue_number: issue.number };
    await octokit.rest.issues.addAssignees({ ...on, assignees: ["sam", "stranger"] });
    await octokit.rest.issues.removeAssignees({ ...on, assignees: ["bob"] });
    await octokit.rest.issues.update({
      ...on,
      title: "Overdue",
      body: "Still",
      labels: ["late"],
      assignees: ["maria"],
    });
    const closed = await octokit.rest.issues.update({ ...on, state: "closed", state_reason: "duplicate" });
    const { data } = await octokit.rest.issues.update({ ...on, state: "open" });
    expect(issue).toMatchObject({ user: { login: "gatekeeper[bot]" }, performed_via_github_app: { id: 4242 } });
    expect(closed.data.state_reason).toBe("duplicate");
    expect(data).toMatchObject({ title: "Overdue", body: "Still", state: "open", state_reason: "reopened" });
    expect(data.assignees?.map(({ login }) => login)).toEqual(["maria"]);
    const { data: events } = await octokit.rest.issues.listEvents(on);
    const { data: timeline } = await octokit.rest.issues.listEventsForTimeline(on);
    expect(timeline.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
    expect(
      events.map((event: Loose) => [event.event, event.actor.login, (event.assignee ?? event.label)?.login]),
    ).toEqual([
      ["labeled", "gatekeeper[bot]", undefined],
      ["assigned", "gatekeeper[bot]", "bob"],
      ["assigned", "gatekeeper[bot]", "sam"],
      ["unassigned", "gatekeeper[bot]", "bob"],
      ["renamed", "gatekeeper[bot]", undefined],
      ["unlabeled", "gatekeeper[bot]", undefined],
      ["labeled", "gatekeeper[bot]", undefined],
      ["unassigned", "gatekeeper[bot]", "sam"],
      ["assigned", "gatekeeper[bot]", "maria"],
      ["closed", "gatekeeper[bot]", undefined],
      ["reopened", "gatekeeper[bot]", undefined],
    ]);
    const query = `{ repository(owner: "acme", name: "api") { issue(number: ${issue.number}) {
      stateReason assignees(first: 9) { nodes { login } }
      timelineItems(first: 2, itemTypes: [ASSIGNED_EVENT]) { nodes { ... on AssignedEvent { assignee { ... on User { login } } } } }
    } } }`;
    expect((await stage.graphql(query)).data.repository.issue).toEqual({
      stateReason: "REOPENED",
      assignees: { nodes: [{ login: "maria" }] },
      timelineItems: { nodes: [{ assignee: { login: "bob" } }, { assignee: { login: "sam" } }] },
    });
  });

  it("finds again what it opened, by its name", async () => {
    const { octokit, at, github } = stage;
    const { data } = await octokit.rest.issues.create({ ...at, title: "Mine" });
    await octokit.rest.issues.update({ ...at, issue_number: data.number, state: "closed" });
    github.as("bob").openIssue("Not mine");
    const mine = await octokit.rest.issues.listForRepo({
      ...at,
      state: "all",
      creator: "gatekeeper[bot]",
      per_page: 100,
    });
    expect(mine.data[0]?.number).toBe(data.number);
    expect(new Set(mine.data.map(({ user }) => user?.login))).toEqual(new Set(["gatekeeper[bot]"]));
  });

  it("takes a label off a pull request, and is named for it", async () => {
    const { octokit, at, github, heard } = stage;
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Unlabel", files: { "u.txt": "u\n" }, labels: ["bug"] });
    await octokit.rest.issues.removeLabel({ ...at, issue_number: number, name: "bug" });
    await github.webhooks.flush();
    expect(heard.at(-1)?.payload).toMatchObject({
      action: "unlabeled",
      label: { name: "bug" },
      sender: { login: "gatekeeper[bot]", type: "Bot" },
    });
    const { data } = await octokit.rest.issues.listEvents({ ...at, issue_number: number });
    expect(data.at(-1)).toMatchObject({ event: "unlabeled", performed_via_github_app: { id: 4242 } });
  });

  it.each([
    { name: "issue", send: "POST", path: "/issues", body: { title: "No" } },
    { name: "comment", send: "POST", path: "/issues/1/comments", body: { body: "No" } },
    { name: "assignee", send: "POST", path: "/issues/1/assignees", body: { assignees: ["bob"] } },
    { name: "label off", send: "DELETE", path: "/issues/1/labels/bug", body: undefined },
  ])("without `issues: write` puts no $name anywhere", async ({ send, path, body }) => {
    const { asApp, installation } = stage;
    const permissions = { issues: "read", checks: "write" } as const;
    const { data } = await asApp.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions,
    });
    expect((await ask(send, `/repos/acme/api${path}`, body, data.token)).status).toBe(403);
  });
});

describe("people without rights", () => {
  it("neither close what others opened, nor set labels and assignees", async () => {
    const { github, api } = stage;
    github.addCollaborator(api, "reader", "read");
    const token = github.tokenFor("reader");
    const { number } = anIssue();
    const close = { state: "closed" };
    expect((await ask("PATCH", `/repos/acme/api/issues/${number}`, close, token)).status).toBe(403);
    expect(
      (await ask("POST", `/repos/acme/api/issues/${number}/assignees`, { assignees: ["bob"] }, token)).status,
    ).toBe(403);
    const wanted = { title: "Mine", labels: ["bug"], assignees: ["bob"] };
    const own = await ask("POST", "/repos/acme/api/issues", wanted, token);
    expect([own.status, own.body.labels, own.body.assignees]).toEqual([201, [], []]);
    expect((await ask("PATCH", `/repos/acme/api/issues/${own.body.number}`, close, token)).body.state).toBe("closed");
  });

  it.each([
    { name: "who has no place in the repository", assignees: ["passer-by"] },
    { name: "a bot", assignees: ["gatekeeper[bot]"] },
    { name: "nobody at all", assignees: ["no-such-login"] },
  ])("are never assigned: $name", async ({ assignees }) => {
    const { github, at, octokit } = stage;
    github.user("passer-by");
    expect((await ask("POST", "/repos/acme/api/issues", { title: "For whom", assignees })).status).toBe(422);
    const [login = ""] = assignees;
    expect((await ask("GET", `/repos/acme/api/assignees/${encodeURIComponent(login)}`)).status).toBe(404);
    const { data } = await octokit.rest.issues.listAssignees(at);
    expect(data.map((person) => person.login)).not.toContain(login);
  });
});

describe("labels", () => {
  it("say who put them on: a workflow, or somebody with triage", async () => {
    const { github, api, octokit, at } = stage;
    github.addCollaborator(api, "helper", "triage");
    const { number } = github.as("maria").openPullRequest({ title: "Labels", files: { "labels.txt": "l\n" } });
    github.as("maria").addLabelAsBot(number, "by-bot");
    github.asBot().label(number, "by-bot-too");
    github.as("helper").label(number, "by-helper");
    const { data } = await octokit.rest.issues.listEvents({ ...at, issue_number: number });
    expect(data.map((event: Loose) => [event.label.name, event.actor.login, event.actor.type])).toEqual([
      ["by-bot", "github-actions[bot]", "Bot"],
      ["by-bot-too", "github-actions[bot]", "Bot"],
      ["by-helper", "helper", "User"],
    ]);
  });
});

describe("a label that is deleted", () => {
  it("is gone from whatever bore it", async () => {
    const { github, octokit, at } = stage;
    const { number } = github.as("maria").openPullRequest({
      title: "Bear it",
      files: { "bear.txt": "b\n" },
      labels: ["soon-gone", "stays"],
    });
    await octokit.rest.issues.deleteLabel({ ...at, name: "soon-gone" });
    const { data } = await octokit.rest.issues.listLabelsOnIssue({ ...at, issue_number: number });
    expect(data.map(({ name }) => name)).toEqual(["stays"]);
    expect((await ask("GET", "/repos/acme/api/labels/soon-gone")).status).toBe(404);
  });
});

describe("comments on commits", () => {
  it("are kept, counted and told", async () => {
    const { github, octokit, at, api, heard } = stage;
    const sha = api.refs.get("refs/heads/main") ?? "";
    const { data } = await octokit.rest.repos.createCommitComment({
      ...at,
      commit_sha: sha,
      body: "Bypassed by maria",
    });
    github.as("bob").commentOnCommit(sha, "Seen");
    await github.webhooks.flush();
    expect(data).toMatchObject({ commit_id: sha, user: { login: "gatekeeper[bot]" }, body: "Bypassed by maria" });
    expect(heard.slice(-2).map(({ event, payload }) => [event, payload.comment.body])).toEqual([
      ["commit_comment", "Bypassed by maria"],
      ["commit_comment", "Seen"],
    ]);
    const { data: listed } = await octokit.rest.repos.listCommentsForCommit({ ...at, commit_sha: sha });
    expect(listed.map(({ body }) => body)).toEqual(["Bypassed by maria", "Seen"]);
    expect((await octokit.rest.repos.getCommit({ ...at, ref: sha })).data.commit.comment_count).toBe(2);
  });

  it.each([
    { name: "a commit nobody has", sha: "0".repeat(40), body: "Hello" },
    { name: "no words", sha: "main", body: " " },
  ])("are refused: $name", async ({ sha, body }) => {
    const found = sha === "main" ? stage.api.refs.get("refs/heads/main") : sha;
    expect((await ask("POST", `/repos/acme/api/commits/${found}/comments`, { body })).status).toBe(422);
  });
});

it("nothing here left GitHub's description", () => {
  expect(stage.github.violations).toEqual([]);
});
