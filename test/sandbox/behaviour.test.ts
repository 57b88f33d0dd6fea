import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/sandbox/openapi/operations.ts";
import { routes } from "../../src/sandbox/rest/routes.ts";
import { aStage } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

it("every operation named is served, and every one served is named", () => {
  expect(routes.map(({ operation }) => operation).sort()).toEqual([...OPERATIONS].sort());
});

describe("approvals after a force-push", () => {
  it("follow to the new head where the change stayed the same", () => {
    const { github } = stage;
    const { number, head } = github.as("maria").openPullRequest({ title: "Rebase me", files: { "r.txt": "r\n" } });
    const review = github.as("bob").approve(number);
    const before = head.sha;
    github.as("olga").push("main", { "elsewhere.txt": "e\n" }, "Elsewhere");
    const after = github.as("maria").rebase(number);
    expect(after).not.toBe(before);
    expect([review.state, review.commitSha]).toEqual(["APPROVED", after]);
  });

  it("stay on the old head where the change is another", () => {
    const { github } = stage;
    const { number, head } = github.as("maria").openPullRequest({ title: "Replace me", files: { "p.txt": "p\n" } });
    const review = github.as("bob").approve(number);
    const before = head.sha;
    github.as("maria").forcePush(number, { "p.txt": "quite another\n" }, "Another");
    expect([review.state, review.commitSha]).toEqual(["APPROVED", before]);
  });

  it("are dismissed where the branch asks for it", () => {
    const { github, api } = stage;
    github.protect(api, "main", { dismissStaleReviews: true });
    const { number } = github.as("maria").openPullRequest({ title: "Dismiss me", files: { "q.txt": "q\n" } });
    const review = github.as("bob").approve(number);
    github.as("maria").pushTo(number, { "q.txt": "other\n" }, "Other");
    expect(review.state).toBe("DISMISSED");
    api.protections.delete("main");
  });
});

describe("labels", () => {
  it("that are renamed leave no trace on the pull requests that bear them", async () => {
    const { github, octokit, at } = stage;
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Label", files: { "l.txt": "l\n" }, labels: ["harmless"] });
    github.as("bob").renameLabel("harmless", "emergency-bypass");
    const { data: labels } = await octokit.rest.issues.listLabelsOnIssue({ ...at, issue_number: number });
    const { data: events } = await octokit.rest.issues.listEvents({ ...at, issue_number: number });
    expect(labels.map(({ name }) => name)).toEqual(["emergency-bypass"]);
    expect(events.map((event) => "label" in event && event.label.name)).toEqual(["harmless"]);
  });
});

describe("check runs", () => {
  it("of one name stand side by side in different suites", async () => {
    const { github, api, octokit, at } = stage;
    const { head } = github.as("maria").openPullRequest({ title: "Twice", files: { "t.txt": "t\n" } });
    github.report(github.actionsApp(), api, head.sha, { name: "unit", conclusion: "failure" });
    github.report(github.actionsApp(), api, head.sha, { name: "unit", conclusion: "success" }, true);
    const { data } = await octokit.rest.checks.listForRef({ ...at, ref: head.sha, check_name: "unit" });
    expect(data.check_runs.map(({ conclusion }) => conclusion)).toEqual(["failure", "success"]);
  });
});

describe("teams", () => {
  it("count the members of their child teams, and say which are their own", async () => {
    const { github, acme, security, octokit } = stage;
    const red = github.createTeam(acme, "Red team", ["bob"], { parent: security });
    const { data } = await octokit.rest.teams.listMembersInOrg({ org: "acme", team_slug: security.slug });
    expect(data.map(({ login }) => login).sort()).toEqual(["bob", "sam"]);
    const query = (membership: string) =>
      stage.graphql(
        `{ organization(login: "acme") { team(slug: "${security.slug}") { members(first: 9, membership: ${membership}) { nodes { login } } } } }`,
      );
    expect((await query("IMMEDIATE")).data.organization.team.members.nodes).toEqual([{ login: "sam" }]);
    expect((await query("CHILD_TEAM")).data.organization.team.members.nodes).toEqual([{ login: "bob" }]);
    github.deleteTeam(red);
  });
});

describe("permissions", () => {
  it.each([
    { login: "olga", permission: "admin", role: "admin" },
    { login: "maria", permission: "write", role: "write" },
    { login: "helper", permission: "read", role: "triage" },
    { login: "passer-by", permission: "none", role: "none" },
  ])("of $login are $role", async ({ login, permission, role }) => {
    const { github, api, octokit, at } = stage;
    github.user(login);
    if (login === "helper") github.addCollaborator(api, login, "triage");
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: login });
    expect([data.permission, data.role_name]).toEqual([permission, role]);
  });

  it("hide private repositories and other installations from an App", async () => {
    const { github, octokit } = stage;
    github.createRepository(github.user("elsewhere"), "hidden");
    await expect(octokit.rest.repos.get({ owner: "elsewhere", repo: "hidden" })).rejects.toMatchObject({ status: 404 });
  });
});

describe("forks", () => {
  it("bring pull requests whose checks are asked for in the base repository", async () => {
    const { github, api, octokit, at } = stage;
    const fork = github.fork(api, "outsider");
    const pull = github.as("outsider").openPullRequest({ title: "From afar", files: { "f.txt": "f\n" }, from: fork });
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: pull.number });
    const { data: suites } = await octokit.rest.checks.listSuitesForRef({ ...at, ref: pull.head.sha });
    expect([data.head.label, suites.total_count]).toEqual([`outsider:${pull.head.ref}`, 1]);
  });
});

describe("conflicts", () => {
  it("make a pull request dirty", async () => {
    const { github, octokit, at } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Conflict", files: { "README.md": "mine\n" } });
    github.as("olga").push("main", { "README.md": "yours\n" }, "Yours");
    const { data } = await octokit.rest.pulls.get({ ...at, pull_number: number });
    expect([data.mergeable, data.mergeable_state]).toEqual([false, "dirty"]);
  });
});

describe("deleted accounts", () => {
  it("leave their reviews to nobody", async () => {
    const { github, octokit, at } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Ghost", files: { "g.txt": "g\n" } });
    github.addCollaborator(github.repository("acme/api"), "ghostly", "write");
    github.as("ghostly").approve(number);
    github.deleteAccount("ghostly");
    const { data } = await octokit.rest.pulls.listReviews({ ...at, pull_number: number });
    expect(data.map(({ user }) => user)).toEqual([null]);
  });
});

it("nothing here left GitHub's description", () => {
  expect(stage.github.violations).toEqual([]);
});
