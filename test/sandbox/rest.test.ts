import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aJwt, aStage } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

/** A pull request by maria that changes one line of one file. */
function aPull(title = "Change a line") {
  return stage.github.as("maria").openPullRequest({ title, files: { "README.md": `# api\n${title}\n` } });
}

async function statusOf(call: Promise<unknown>): Promise<number> {
  return call.then(
    () => 200,
    (error: { status: number }) => error.status,
  );
}

describe("GitHub's description", () => {
  it("is kept by every answer of every resource", async () => {
    const { octokit, asApp, at, github, api } = stage;
    const { number, head, base } = aPull("Walk through everything");
    const on = { ...at, pull_number: number };
    const onIssue = { ...at, issue_number: number };
    await asApp.rest.apps.getAuthenticated();
    await asApp.rest.apps.listInstallations();
    await asApp.rest.apps.getInstallation({ installation_id: stage.installation.id });
    await asApp.rest.apps.getRepoInstallation(at);
    await asApp.rest.apps.getOrgInstallation({ org: "acme" });
    await asApp.rest.apps.listWebhookDeliveries();
    await asApp.rest.apps.getWebhookConfigForApp();
    await octokit.rest.apps.listReposAccessibleToInstallation();
    await octokit.rest.rateLimit.get();
    await octokit.rest.users.getByUsername({ username: "maria" });
    await octokit.rest.orgs.get({ org: "acme" });
    await octokit.rest.orgs.listMembers({ org: "acme" });
    await octokit.rest.orgs.getMembershipForUser({ org: "acme", username: "maria" });
    await octokit.rest.orgs.checkMembershipForUser({ org: "acme", username: "maria" });
    await octokit.rest.teams.list({ org: "acme" });
    await octokit.rest.teams.getByName({ org: "acme", team_slug: "security-team" });
    await octokit.rest.teams.listMembersInOrg({ org: "acme", team_slug: "security-team" });
    await octokit.rest.teams.getMembershipForUserInOrg({ org: "acme", team_slug: "security-team", username: "sam" });
    await octokit.rest.repos.get(at);
    await octokit.rest.repos.listTeams(at);
    await octokit.rest.repos.listCollaborators(at);
    await octokit.rest.repos.checkCollaborator({ ...at, username: "maria" });
    await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: "maria" });
    await octokit.rest.repos.listBranches(at);
    await octokit.rest.repos.getBranch({ ...at, branch: "main" });
    github.protect(api, "strict", { requiredChecks: [{ context: "gate", appId: 4242 }], requiredApprovals: 1 });
    await octokit.rest.repos.getBranchRules({ ...at, branch: "strict" });
    api.properties.set("tier", "one");
    await octokit.rest.repos.customPropertiesForReposGetRepositoryValues(at);
    await octokit.rest.repos.getContent({ ...at, path: "" });
    await octokit.rest.repos.getContent({ ...at, path: "src" });
    await octokit.rest.repos.getContent({ ...at, path: "src/login.ts", ref: head.ref });
    await octokit.rest.repos.getContent({ ...at, path: "src", mediaType: { format: "object" } });
    const { data: tree } = await octokit.rest.git.getTree({ ...at, tree_sha: head.sha, recursive: "1" });
    await octokit.rest.git.getBlob({ ...at, file_sha: tree.tree.find(({ type }) => type === "blob")?.sha ?? "" });
    await octokit.rest.git.getCommit({ ...at, commit_sha: head.sha });
    await octokit.rest.git.getRef({ ...at, ref: "heads/main" });
    await octokit.rest.git.listMatchingRefs({ ...at, ref: "heads/" });
    await octokit.rest.repos.listCommits(at);
    await octokit.rest.repos.getCommit({ ...at, ref: head.sha });
    await octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead: `${base.sha}...${head.sha}` });
    await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: head.sha });
    await octokit.rest.pulls.list(at);
    await octokit.rest.pulls.get(on);
    await octokit.rest.pulls.listFiles(on);
    await octokit.rest.pulls.listCommits(on);
    await octokit.rest.pulls.requestReviewers({ ...on, reviewers: ["bob"], team_reviewers: ["security-team"] });
    await octokit.rest.pulls.listRequestedReviewers(on);
    await octokit.rest.pulls.removeRequestedReviewers({ ...on, reviewers: ["bob"] });
    const { data: review } = await octokit.rest.pulls.createReview({
      ...on,
      event: "REQUEST_CHANGES",
      body: "Please explain",
    });
    await octokit.rest.pulls.listReviews(on);
    await octokit.rest.pulls.getReview({ ...on, review_id: review.id });
    await octokit.rest.pulls.dismissReview({ ...on, review_id: review.id, message: "Explained" });
    await octokit.rest.pulls.update({ ...on, title: "Walk on", body: "Because" });
    await octokit.rest.issues.get(onIssue);
    await octokit.rest.issues.listForRepo(at);
    const { data: issue } = await octokit.rest.issues.create({ ...at, title: "Look again", labels: ["bug"] });
    await octokit.rest.issues.update({ ...at, issue_number: issue.number, state: "closed", state_reason: "completed" });
    const { data: comment } = await octokit.rest.issues.createComment({ ...onIssue, body: "Hello" });
    await octokit.rest.issues.listComments(onIssue);
    await octokit.rest.issues.getComment({ ...at, comment_id: comment.id });
    await octokit.rest.issues.updateComment({ ...at, comment_id: comment.id, body: "Hello again" });
    await octokit.rest.reactions.createForIssueComment({ ...at, comment_id: comment.id, content: "eyes" });
    await octokit.rest.reactions.listForIssueComment({ ...at, comment_id: comment.id });
    await octokit.rest.issues.listLabelsForRepo(at);
    await octokit.rest.issues.createLabel({ ...at, name: "wide", color: "ff0000" });
    await octokit.rest.issues.getLabel({ ...at, name: "wide" });
    await octokit.rest.issues.updateLabel({ ...at, name: "wide", new_name: "broad" });
    await octokit.rest.issues.addLabels({ ...onIssue, labels: ["bug", "broad"] });
    await octokit.rest.issues.listLabelsOnIssue(onIssue);
    await octokit.rest.issues.removeLabel({ ...onIssue, name: "bug" });
    await octokit.rest.issues.setLabels({ ...onIssue, labels: ["bug"] });
    await octokit.rest.issues.listEvents(onIssue);
    await octokit.rest.issues.listEventsForTimeline(onIssue);
    await octokit.rest.issues.deleteComment({ ...at, comment_id: comment.id });
    const output = { title: "Waiting", summary: "for **bob**", annotations: [anAnnotation(1)] };
    const { data: run } = await octokit.rest.checks.create({
      ...at,
      name: "gate",
      head_sha: head.sha,
      status: "in_progress",
      output,
    });
    await octokit.rest.checks.update({ ...at, check_run_id: run.id, conclusion: "success" });
    await octokit.rest.checks.get({ ...at, check_run_id: run.id });
    await octokit.rest.checks.listAnnotations({ ...at, check_run_id: run.id });
    await octokit.rest.checks.listForRef({ ...at, ref: head.sha });
    const { data: suites } = await octokit.rest.checks.listSuitesForRef({ ...at, ref: head.sha });
    await octokit.rest.checks.getSuite({ ...at, check_suite_id: suites.check_suites[0]?.id ?? 0 });
    await octokit.rest.checks.listForSuite({ ...at, check_suite_id: suites.check_suites[0]?.id ?? 0 });
    await octokit.rest.repos.getCombinedStatusForRef({ ...at, ref: head.sha });
    github.as("bob").setStatus(head.sha, { state: "success", context: "ci/old" });
    await octokit.rest.repos.getCombinedStatusForRef({ ...at, ref: head.sha });
    await octokit.rest.repos.listCommitStatusesForRef({ ...at, ref: head.sha });
    const workflow = github.startWorkflow(api, { name: "Tests", headSha: head.sha, jobs: ["unit"] }, "maria");
    github.finishWorkflow(workflow, "success");
    await octokit.rest.actions.listWorkflowRunsForRepo({ ...at, head_sha: head.sha });
    await octokit.rest.actions.getWorkflowRun({ ...at, run_id: workflow.id });
    github.as("bob").merge(number);
    await octokit.rest.pulls.checkIfMerged(on);
    await github.webhooks.flush();
    expect(github.violations).toEqual([]);
  });
});

function anAnnotation(line: number) {
  return { path: "README.md", start_line: line, end_line: line, annotation_level: "warning" as const, message: "Look" };
}

describe("tokens", () => {
  it.each([
    { name: "no token on a private repository", token: undefined, path: "/repos/acme/api", status: 404 },
    { name: "an unknown token", token: "ghs_unknown", path: "/repos/acme/api", status: 401 },
    { name: "an installation token where the App's own is asked", token: "installation", path: "/app", status: 401 },
    {
      name: "an App token that lives eleven minutes",
      token: () => aJwt(undefined, { exp: now() + 671 }),
      path: "/app",
      status: 401,
    },
    {
      name: "an App token issued in the future",
      token: () => aJwt(undefined, { iat: now() + 120 }),
      path: "/app",
      status: 401,
    },
    { name: "an App token of another App", token: () => aJwt(undefined, { iss: 1 }), path: "/app", status: 401 },
    { name: "an App token", token: () => aJwt(), path: "/app", status: 200 },
  ])("$name → $status", async ({ token, path, status }) => {
    const value = token === "installation" ? stage.token : typeof token === "function" ? token() : token;
    const headers: Record<string, string> = value === undefined ? {} : { authorization: `Bearer ${value}` };
    const answer = await fetch(`${stage.github.url}${path}`, { headers });
    expect(answer.status).toBe(status);
  });

  it("carry no more than the permissions asked for", async () => {
    const { asApp, installation, at } = stage;
    const { data } = await asApp.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { checks: "read" },
      repositories: ["api"],
    });
    const weak = stage.octokitFor(data.token);
    expect(await statusOf(weak.rest.checks.create({ ...at, name: "gate", head_sha: "0".repeat(40) }))).toBe(403);
  });

  it("refuse permissions the installation lacks", async () => {
    const { asApp, installation } = stage;
    const ask = asApp.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { contents: "write" },
    });
    expect(await statusOf(ask)).toBe(422);
  });
});

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

describe("lists", () => {
  it("come in pages whose links lead from first to last", async () => {
    const { octokit, at, github } = stage;
    const { number } = aPull("Many comments");
    for (let index = 0; index < 25; index += 1) github.as("bob").comment(number, `comment ${index}`);
    const pages = [];
    for await (const page of octokit.paginate.iterator(octokit.rest.issues.listComments, {
      ...at,
      issue_number: number,
      per_page: 10,
    })) {
      pages.push(page.data.length);
    }
    expect(pages).toEqual([10, 10, 5]);
    const middle = await octokit.rest.issues.listComments({ ...at, issue_number: number, per_page: 10, page: 2 });
    expect(middle.headers.link?.match(/rel="\w+"/g)).toEqual(['rel="prev"', 'rel="next"', 'rel="last"', 'rel="first"']);
  });

  it("never give more than a hundred at once", async () => {
    const { octokit, at, github, api } = stage;
    const { head } = aPull("Many checks");
    for (let index = 0; index < 105; index += 1)
      github.report(github.actionsApp(), api, head.sha, { name: `job ${index}` });
    const { data } = await octokit.rest.checks.listForRef({ ...at, ref: head.sha, per_page: 100 });
    expect([data.check_runs.length, data.total_count]).toEqual([100, 105]);
  });
});

describe("comparisons", () => {
  it.each([
    { name: "ahead", base: "first", head: "second", standing: ["ahead", 1, 0] },
    { name: "behind", base: "second", head: "first", standing: ["behind", 0, 1] },
    { name: "diverged", base: "second", head: "aside", standing: ["diverged", 1, 1] },
    { name: "identical", base: "second", head: "second", standing: ["identical", 0, 0] },
  ])("say whether a branch is $name", async ({ name, base, head, standing }) => {
    const { github, octokit, at, api } = stage;
    const olga = github.as("olga");
    const at0 = olga.push(`first-${name}`, { [`${name}.txt`]: "1\n" }, "One");
    api.refs.set(`refs/heads/second-${name}`, at0).set(`refs/heads/aside-${name}`, at0);
    olga.push(`second-${name}`, { [`${name}.txt`]: "2\n" }, "Two");
    olga.push(`aside-${name}`, { [`${name}-aside.txt`]: "2\n" }, "Aside");
    const basehead = `${base}-${name}...${head}-${name}`;
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead });
    expect([data.status, data.ahead_by, data.behind_by]).toEqual(standing);
  });

  it("give the newest 250 commits, or all of them page by page, oldest first and files on the first page alone", async () => {
    const { github, octokit, at, api } = stage;
    const commits = Array.from({ length: 251 }, (_, index) => ({
      message: `step ${index + 1}`,
      files: { "long.txt": `${index}\n` },
    }));
    const { head } = github.as("maria").openPullRequest({ title: "Long", commits });
    const basehead = `main...${head.ref}`;
    expect(api.refs.get(`refs/heads/${head.ref}`)).toBe(head.sha);
    const whole = await octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead });
    const messages = (data: { commits: { commit: { message: string } }[] }) =>
      [data.commits.length, data.commits[0]?.commit.message, data.commits.at(-1)?.commit.message] as const;
    expect([whole.data.total_commits, ...messages(whole.data)]).toEqual([251, 250, "step 2", "step 251"]);
    const pages = [];
    for (const page of [1, 2, 3, 4]) {
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: 250, page });
      pages.push([data.total_commits, data.files?.length, ...messages(data)]);
    }
    expect(pages).toEqual([
      [251, 1, 100, "step 1", "step 100"],
      [251, 0, 100, "step 101", "step 200"],
      [251, 0, 51, "step 201", "step 251"],
      [251, 0, 0, undefined, undefined],
    ]);
  });
});

describe("conditional requests", () => {
  it("say 304 until something changes", async () => {
    const { github, token } = stage;
    const { number } = aPull("Ask twice");
    const ask = (etag?: string) =>
      fetch(`${github.url}/repos/acme/api/issues/${number}/labels`, {
        headers: { authorization: `token ${token}`, ...(etag === undefined ? {} : { "if-none-match": etag }) },
      });
    const etag = (await ask()).headers.get("etag") ?? "";
    expect((await ask(etag)).status).toBe(304);
    github.as("bob").label(number, "bug");
    expect((await ask(etag)).status).toBe(200);
  });
});

describe("limits", () => {
  it("refuse more than fifty annotations, and append those of an update", async () => {
    const { octokit, at } = stage;
    const { head } = aPull("Many annotations");
    const annotations = (count: number) => Array.from({ length: count }, (_, index) => anAnnotation(index + 1));
    const output = { title: "t", summary: "s" };
    const base = { ...at, name: "gate", head_sha: head.sha };
    expect(
      await statusOf(octokit.rest.checks.create({ ...base, output: { ...output, annotations: annotations(51) } })),
    ).toBe(422);
    const { data } = await octokit.rest.checks.create({ ...base, output: { ...output, annotations: annotations(50) } });
    const more = await octokit.rest.checks.update({
      ...at,
      check_run_id: data.id,
      output: { ...output, annotations: annotations(3) },
    });
    expect(more.data.output.annotations_count).toBe(53);
  });

  it.each([
    { name: "a summary of 65,535 characters", output: { title: "t", summary: "x".repeat(65_535) }, status: 200 },
    { name: "a summary of one more", output: { title: "t", summary: "x".repeat(65_536) }, status: 422 },
    { name: "a text too long", output: { title: "t", summary: "s", text: "x".repeat(65_536) }, status: 422 },
  ])("$name → $status", async ({ output, status }) => {
    const { head } = aPull(`Long output ${Math.random()}`);
    expect(
      await statusOf(stage.octokit.rest.checks.create({ ...stage.at, name: "gate", head_sha: head.sha, output })),
    ).toBe(status);
  });

  it("list 3,000 files and 250 commits at most, while the counts tell the truth", async () => {
    const { octokit, at, github } = stage;
    const files = Object.fromEntries(Array.from({ length: 3_001 }, (_, index) => [`many/${index}.txt`, `${index}\n`]));
    const commits = [
      { message: "all the files", files },
      ...Array.from({ length: 250 }, (_, index) => ({ message: `step ${index}`, files: { "step.txt": `${index}\n` } })),
    ];
    const { number } = github.as("maria").openPullRequest({ title: "Huge", commits });
    const on = { ...at, pull_number: number, per_page: 100 };
    const listed = await octokit.paginate(octokit.rest.pulls.listFiles, on);
    const walked = await octokit.paginate(octokit.rest.pulls.listCommits, on);
    const { data } = await octokit.rest.pulls.get(on);
    expect([listed.length, walked.length, data.changed_files, data.commits]).toEqual([3_000, 250, 3_002, 251]);
  });
});

describe("refusals", () => {
  it.each([
    {
      name: "a review request to the author",
      ask: (on: On) => stage.octokit.rest.pulls.requestReviewers({ ...on, reviewers: ["maria"] }),
      status: 422,
    },
    {
      name: "a review request to a stranger",
      ask: (on: On) => stage.octokit.rest.pulls.requestReviewers({ ...on, reviewers: ["stranger"] }),
      status: 422,
    },
    { name: "a merge of another head", ask: (on: On) => merge(on, { sha: "0".repeat(40) }), status: 409 },
    {
      name: "a check on a commit nobody has",
      ask: () => stage.octokit.rest.checks.create({ ...stage.at, name: "gate", head_sha: "0".repeat(40) }),
      status: 422,
    },
    {
      name: "a check that is completed without a conclusion",
      ask: (on: On) =>
        stage.octokit.rest.checks.create({ ...stage.at, name: "gate", head_sha: on.head, status: "completed" }),
      status: 422,
    },
    {
      name: "a file that is not there",
      ask: () => stage.octokit.rest.repos.getContent({ ...stage.at, path: "nowhere" }),
      status: 404,
    },
    {
      name: "a pull request that is not there",
      ask: () => stage.octokit.rest.pulls.get({ ...stage.at, pull_number: 99_999 }),
      status: 404,
    },
  ])("$name → $status", async ({ ask, status }) => {
    stage.github.user("stranger");
    const { number, head } = aPull(`Refuse ${Math.random()}`);
    expect(await statusOf(ask({ ...stage.at, pull_number: number, head: head.sha }))).toBe(status);
  });

  it("meet a body that is no JSON with 400", async () => {
    const headers = { authorization: `token ${stage.token}` };
    const url = `${stage.github.url}/repos/acme/api/issues`;
    expect((await fetch(url, { method: "POST", headers, body: "{" })).status).toBe(400);
  });

  it("let nobody approve their own pull request", () => {
    const { number } = aPull("My own");
    expect(() => stage.github.as("maria").approve(number)).toThrow("Unprocessable Entity");
  });

  it("let no App change another App's check run", async () => {
    const { github, api, octokit, at } = stage;
    const { head } = aPull("Foreign check");
    const run = github.report(github.actionsApp(), api, head.sha, { name: "gate" });
    expect(await statusOf(octokit.rest.checks.update({ ...at, check_run_id: run.id, conclusion: "success" }))).toBe(
      403,
    );
  });
});

interface On {
  owner: string;
  repo: string;
  pull_number: number;
  head: string;
}

function merge(on: On, body: { sha?: string }): Promise<unknown> {
  const { owner, repo, pull_number } = on;
  const olga = stage.octokitFor(stage.github.tokenFor("olga"));
  return olga.rest.pulls.merge({ owner, repo, pull_number, ...body });
}

describe("branch protection", () => {
  it("holds a merge until the required check of the right App is content", async () => {
    const { github, api, octokit, at } = stage;
    const { number, head } = aPull("Needs a check");
    const on = { ...at, pull_number: number, head: head.sha };
    github.protect(api, "main", { requiredChecks: [{ context: "gate", appId: 4242 }] });
    github.report(github.actionsApp(), api, head.sha, { name: "gate", conclusion: "success" });
    expect(await statusOf(merge(on, {}))).toBe(405);
    const { data: run } = await octokit.rest.checks.create({
      ...at,
      name: "gate",
      head_sha: head.sha,
      conclusion: "failure",
    });
    expect((await octokit.rest.pulls.get(on)).data.mergeable_state).toBe("blocked");
    await octokit.rest.checks.update({ ...at, check_run_id: run.id, conclusion: "neutral" });
    expect(await statusOf(merge(on, { sha: head.sha }))).toBe(200);
    api.protections.delete("main");
  });
});
