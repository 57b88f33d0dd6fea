import { describe, expect, it } from "vitest";
import { USUAL_PERMISSIONS } from "../../src/sandbox/actions/apps.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import { aStage, signatureOf } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;

function openOne({ github }: Stage, title = "Change") {
  return github.as("maria").openPullRequest({ title, files: { "README.md": `# ${title}\n` } });
}

function names({ heard }: Stage): string[] {
  return heard.map(({ event, action }) => (action === undefined ? event : `${event}.${action}`));
}

describe("a delivery", () => {
  it("is signed, named and addressed as GitHub's", async () => {
    await using stage = await aStage();
    openOne(stage);
    await stage.github.webhooks.flush();
    const opened = stage.heard.find(({ action }) => action === "opened");
    expect(opened?.headers).toMatchObject({
      "x-github-event": "pull_request",
      "x-hub-signature-256": signatureOf(opened?.raw ?? ""),
      "x-github-hook-installation-target-id": "4242",
      "x-github-hook-installation-target-type": "integration",
      "content-type": "application/json",
    });
    expect(opened?.headers["x-github-delivery"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(opened?.payload).toMatchObject({
      installation: { id: stage.installation.id },
      repository: { full_name: "acme/api" },
      organization: { login: "acme" },
      sender: { login: "maria", id: stage.github.user("maria").id },
    });
  });

  it("is kept with its answer, and comes again under the same guid", async () => {
    await using stage = await aStage();
    stage.receiver.state.status = 500;
    openOne(stage);
    await stage.github.webhooks.flush();
    stage.receiver.state.status = 202;
    const { data } = await stage.asApp.rest.apps.listWebhookDeliveries({ per_page: 100 });
    const failed = data.find(({ event }) => event === "pull_request");
    expect(failed).toMatchObject({ status_code: 500, action: "opened", redelivery: false });
    await stage.asApp.rest.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    await stage.github.webhooks.flush();
    const again = (await stage.asApp.rest.apps.listWebhookDeliveries({ per_page: 1 })).data[0];
    expect(again).toMatchObject({ guid: failed?.guid, redelivery: true, status_code: 202, status: "OK" });
    expect(stage.heard.at(-1)?.headers["x-github-delivery"]).toBe(failed?.guid);
    expect(stage.github.violations).toEqual([]);
  });

  it("is listed page by page, by cursor", async () => {
    await using stage = await aStage();
    openOne(stage);
    await stage.github.webhooks.flush();
    const first = await stage.asApp.rest.apps.listWebhookDeliveries({ per_page: 2 });
    const [, cursor] = /cursor=([^&>]+)/.exec(first.headers.link ?? "") ?? [];
    const second = await stage.asApp.rest.apps.listWebhookDeliveries({ per_page: 2, cursor: cursor ?? "" });
    const ids = [...first.data, ...second.data].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
  });
});

describe("what people do", () => {
  it.each<{ name: string; act: (stage: Stage, number: number) => void; heard: string[] }>([
    {
      name: "a push",
      act: ({ github }, number) => void github.as("maria").pushTo(number, { "a.txt": "a\n" }, "More"),
      heard: ["push", "check_suite.requested", "pull_request.synchronize"],
    },
    {
      name: "an approval",
      act: ({ github }, number) => void github.as("bob").approve(number),
      heard: ["pull_request_review.submitted"],
    },
    {
      name: "a label",
      act: ({ github }, number) => github.as("bob").label(number, "bug"),
      heard: ["pull_request.labeled"],
    },
    {
      name: "a label nobody had",
      act: ({ github }, number) => github.as("bob").label(number, "new"),
      heard: ["label.created", "pull_request.labeled"],
    },
    {
      name: "a label renamed",
      act: ({ github }) => github.as("bob").renameLabel("bug", "flaw"),
      heard: ["label.edited"],
    },
    {
      name: "a label deleted",
      act: ({ github }) => github.as("bob").deleteLabel("bug"),
      heard: ["label.deleted"],
    },
    {
      name: "a comment",
      act: ({ github }, number) => void github.as("bob").comment(number, "Hello"),
      heard: ["issue_comment.created"],
    },
    {
      name: "a new title",
      act: ({ github }, number) => github.as("maria").edit(number, { title: "Other" }),
      heard: ["pull_request.edited"],
    },
    {
      name: "a review asked for",
      act: ({ github }, number) => github.as("maria").requestReview(number, { people: ["bob"] }),
      heard: ["pull_request.review_requested"],
    },
    {
      name: "a review taken back",
      act: ({ github }, number) => {
        github.as("maria").requestReview(number, { people: ["bob"], teams: ["security-team"] });
        github.as("bob").removeReviewRequest(number, { people: ["bob"], teams: ["security-team"] });
      },
      heard: [
        "pull_request.review_requested",
        "pull_request.review_requested",
        "pull_request.review_request_removed",
        "pull_request.review_request_removed",
      ],
    },
    {
      name: "a conversation on a line, settled and taken up again",
      act: ({ github }, number) => {
        const comment = github.as("bob").commentOnLine(number, { path: "a.txt", line: 1, body: "Why?" });
        github.as("maria").resolve(number, comment);
        github.as("maria").resolve(number, comment);
        github.as("bob").unresolve(number, comment);
      },
      heard: [
        "pull_request_review.submitted",
        "pull_request_review_comment.created",
        "pull_request_review_thread.resolved",
        "pull_request_review_thread.unresolved",
      ],
    },
    {
      name: "a comment changed by somebody else, then deleted",
      act: ({ github }, number) => {
        const comment = github.as("bob").comment(number, "/holdpoint hold");
        github.as("olga").editComment(comment, "Nothing");
        github.as("olga").deleteComment(comment);
      },
      heard: ["issue_comment.created", "issue_comment.edited", "issue_comment.deleted"],
    },
    {
      name: "the base merged into the head",
      act: ({ github }, number) => {
        github.as("bob").push("main", { "elsewhere.txt": "e\n" }, "Elsewhere");
        github.as("maria").updateBranch(number);
      },
      heard: ["push", "check_suite.requested", "push", "check_suite.requested", "pull_request.synchronize"],
    },
    {
      name: "auto-merge armed and taken off",
      act: ({ github, api }, number) => {
        github.protect(api, "main", { requiredApprovals: 1 });
        github.as("bob").enableAutoMerge(number);
        github.as("bob").disableAutoMerge(number);
      },
      heard: ["pull_request.auto_merge_enabled", "pull_request.auto_merge_disabled"],
    },
    { name: "a close", act: ({ github }, number) => github.as("maria").close(number), heard: ["pull_request.closed"] },
    {
      name: "a status",
      act: ({ github, api }, number) =>
        github.as("bob").setStatus(api.pulls.get(number)?.head.sha ?? "", { state: "success" }),
      heard: ["status"],
    },
    {
      name: "a member of a team more",
      act: ({ github, security }) => github.addToTeam(security, "bob"),
      heard: ["membership.added"],
    },
    {
      name: "a member of the organisation less",
      act: ({ github, acme }) => github.removeFromOrganisation(acme, "sam"),
      heard: ["membership.removed", "organization.member_removed"],
    },
    {
      name: "a team renamed",
      act: ({ github, security }) => github.renameTeam(security, "Guards"),
      heard: ["team.edited"],
    },
    {
      name: "a collaborator",
      act: ({ github, api }) => github.addCollaborator(api, "stranger", "read"),
      heard: ["member.added"],
    },
    {
      name: "a merge",
      act: ({ github }, number) => void github.as("olga").merge(number),
      heard: ["pull_request.closed", "push", "check_suite.requested"],
    },
    {
      name: "the merge queue",
      act: ({ github, api }, number) => void github.queue(api, [number], "olga"),
      heard: ["pull_request.enqueued", "check_suite.requested", "merge_group.checks_requested"],
    },
  ])("$name is told as $heard", async ({ act, heard }) => {
    await using stage = await aStage();
    const { number } = openOne(stage);
    await stage.github.webhooks.flush();
    stage.heard.length = 0;
    act(stage, number);
    await stage.github.webhooks.flush();
    expect(names(stage)).toEqual(heard);
    expect(stage.github.violations).toEqual([]);
  });

  it("carries where a retargeted pull request came from", async () => {
    await using stage = await aStage();
    const { github, heard } = stage;
    github.as("olga").push("lax", { "lax.txt": "x\n" }, "A lax branch");
    const { number, base } = openOne(stage);
    const from = base.sha;
    github.as("maria").edit(number, { base: "lax" });
    await github.webhooks.flush();
    expect(heard.at(-1)?.payload.changes).toEqual({ base: { ref: { from: "main" }, sha: { from } } });
  });

  it("tells a re-run and a pressed button to the App that made the check, and to nobody else", async () => {
    await using stage = await aStage();
    const { github, api, octokit, at, heard } = stage;
    const { number, head } = openOne(stage);
    const actions = [{ label: "Approve", description: "Let it pass", identifier: "approve" }];
    await octokit.rest.checks.create({ ...at, name: "gate", head_sha: head.sha, conclusion: "failure", actions });
    github.report(github.actionsApp(), api, head.sha, { name: "unit", conclusion: "success" });
    const [own, foreign] = github.checksOf(api, number);
    await github.webhooks.flush();
    heard.length = 0;
    if (own === undefined || foreign === undefined) throw new Error("two runs are expected");
    github.as("bob").rerun(foreign);
    github.as("bob").rerun(own);
    github.as("bob").press(own, "approve");
    await github.webhooks.flush();
    expect(names(stage)).toEqual(["check_run.rerequested", "check_run.requested_action"]);
    expect(heard.at(-1)?.payload).toMatchObject({
      requested_action: { identifier: "approve" },
      sender: { login: "bob" },
    });
    expect(github.violations).toEqual([]);
  });

  it("tells an installation's coming, growing and going", async () => {
    await using stage = await aStage();
    const { github, acme, api, installation } = stage;
    const web = github.createRepository(acme, "web");
    github.changeInstallation(installation, { removed: [web] });
    github.changeInstallation(installation, { added: [web] });
    github.uninstall(installation);
    github.installAgain(installation.app, acme, [api]);
    await github.webhooks.flush();
    expect(names(stage)).toEqual([
      "installation_repositories.removed",
      "installation_repositories.added",
      "installation.deleted",
      "installation.created",
    ]);
    expect(github.violations).toEqual([]);
  });
});

describe("an App", () => {
  it.each([
    { event: "deployment", lacks: "deployments" },
    { event: "deployment_status", lacks: "deployments" },
    { event: "deployment_protection_rule", lacks: "deployments" },
    { event: "repository_dispatch", lacks: "contents" },
    { event: "commit_comment", lacks: "contents" },
    { event: "workflow_run", lacks: "actions" },
  ])("hears of no $event without `$lacks`", async ({ event, lacks }) => {
    const all: AppPermissions = { ...USUAL_PERMISSIONS, deployments: "read" };
    for (const permissions of [all, Object.fromEntries(Object.entries(all).filter(([name]) => name !== lacks))]) {
      await using stage = await aStage({}, permissions);
      const { github, api, installation, heard } = stage;
      github.createEnvironment(api, "production", { rules: [installation.app] });
      github.deploy(api, { environment: "production", as: "maria" });
      github.as("maria").dispatch("rollback");
      github.as("maria").commentOnCommit(api.refs.get("refs/heads/main") ?? "", "Seen");
      await github.webhooks.flush();
      expect(heard.some((one) => one.event === event)).toBe(lacks in permissions);
    }
  });
});

describe("mishaps", () => {
  it("drop, double and reorder deliveries on purpose", async () => {
    await using stage = await aStage();
    const { github, heard } = stage;
    const { number } = openOne(stage);
    await github.webhooks.flush();
    heard.length = 0;
    github.webhooks.mishapNext({ event: "issue_comment" }, { kind: "drop" });
    github.webhooks.mishapNext({ event: "pull_request", action: "labeled" }, { kind: "duplicate" });
    github.as("bob").comment(number, "lost");
    github.as("bob").label(number, "bug");
    await github.webhooks.flush();
    expect(names(stage)).toEqual(["pull_request.labeled", "pull_request.labeled"]);
    expect(heard[0]?.headers["x-github-delivery"]).toBe(heard[1]?.headers["x-github-delivery"]);

    heard.length = 0;
    github.webhooks.hold();
    github.as("bob").comment(number, "first");
    github.as("bob").comment(number, "second");
    await github.webhooks.flush();
    expect(heard).toEqual([]);
    github.webhooks.release((held) => held.reverse());
    await github.webhooks.flush();
    expect(heard.map(({ payload }) => payload.comment.body)).toEqual(["second", "first"]);
  });
});
