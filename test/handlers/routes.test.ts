import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subjectKey } from "../../src/core/subject.ts";
import { labelArrivalIn } from "../../src/handlers/label-arrival.ts";
import type { Payload } from "../../src/handlers/payload.ts";
import { reviewArrivalIn } from "../../src/handlers/review-arrival.ts";
import { routes, subjectsOf } from "../../src/handlers/routes.ts";

const own = { appId: 7 };
const sha = "a".repeat(40);
const base = "b".repeat(40);
const acme = { id: 11, full_name: "acme/api", name: "api", owner: { login: "acme" } };
const installation = { id: 3 };
const pull_request = { number: 42, head: { sha }, base: { sha: base, ref: "main" } };

function keysOf(event: string, payload: Payload): string[] {
  return subjectsOf(event, { installation, repository: acme, ...payload }, own).map(subjectKey);
}

it.each<{ name: string; event: string; payload: Payload; keys: string[] }>([
  {
    name: "an opened pull request",
    event: "pull_request",
    payload: { action: "opened", pull_request },
    keys: ["pr:11#42"],
  },
  {
    name: "a push to one",
    event: "pull_request",
    payload: { action: "synchronize", pull_request },
    keys: ["pr:11#42"],
  },
  { name: "a retargeted one", event: "pull_request", payload: { action: "edited", pull_request }, keys: ["pr:11#42"] },
  { name: "an assigned one", event: "pull_request", payload: { action: "assigned", pull_request }, keys: [] },
  { name: "a reviewer asked", event: "pull_request", payload: { action: "review_requested", pull_request }, keys: [] },
  {
    name: "a review",
    event: "pull_request_review",
    payload: { action: "submitted", pull_request },
    keys: ["pr:11#42"],
  },
  {
    name: "a comment on a pull request",
    event: "issue_comment",
    payload: { action: "created", issue: { number: 42, pull_request: {} }, comment: { id: 5, body: "lgtm" } },
    keys: ["pr:11#42"],
  },
  {
    name: "a comment on an issue",
    event: "issue_comment",
    payload: { action: "created", issue: { number: 42 }, comment: { id: 5, body: "/holdpoint help" } },
    keys: [],
  },
  {
    name: "a comment on an issue that an App opened",
    event: "issue_comment",
    payload: {
      action: "created",
      issue: { number: 42, user: { type: "Bot" } },
      comment: { id: 5, body: "/holdpoint help" },
    },
    keys: ["issue:11#42"],
  },
  {
    name: "our own comment on one",
    event: "issue_comment",
    payload: {
      action: "created",
      issue: { number: 42, user: { type: "Bot" } },
      comment: { id: 5, body: "Seen.", performed_via_github_app: { id: 7 } },
    },
    keys: [],
  },
  ...["closed", "reopened", "deleted", "transferred", "edited", "labeled", "unlabeled"].map((action) => ({
    name: `an issue of an App ${action}`,
    event: "issues",
    payload: { action, issue: { number: 42, user: { type: "Bot" } } },
    keys: ["issue:11#42"],
  })),
  {
    name: "an issue of an App assigned",
    event: "issues",
    payload: { action: "assigned", issue: { number: 42, user: { type: "Bot" } } },
    keys: [],
  },
  {
    name: "a closed issue of a person",
    event: "issues",
    payload: { action: "closed", issue: { number: 42, user: { type: "User" } } },
    keys: [],
  },
  {
    name: "a command",
    event: "issue_comment",
    payload: {
      action: "created",
      issue: { number: 42, pull_request: {} },
      comment: { id: 5, body: "/holdpoint recheck" },
    },
    keys: ["pr:11#42", "command:11#5"],
  },
  {
    name: "a command of a bot",
    event: "issue_comment",
    payload: {
      action: "created",
      issue: { number: 42, pull_request: {} },
      comment: { id: 5, body: "/holdpoint help", user: { type: "Bot" } },
    },
    keys: ["pr:11#42"],
  },
  {
    name: "a command in a review",
    event: "pull_request_review",
    payload: { action: "submitted", pull_request, review: { id: 5, body: "Fine\n/holdpoint hold" } },
    keys: ["pr:11#42", "command:11#review:5"],
  },
  {
    name: "a review edited into a command",
    event: "pull_request_review",
    payload: { action: "edited", pull_request, review: { id: 5, body: "/holdpoint hold" } },
    keys: ["pr:11#42"],
  },
  {
    name: "a review without words",
    event: "pull_request_review",
    payload: { action: "submitted", pull_request, review: { id: 5, body: null } },
    keys: ["pr:11#42"],
  },
  {
    name: "a comment edited into a command",
    event: "issue_comment",
    payload: {
      action: "edited",
      issue: { number: 42, pull_request: {} },
      comment: { id: 5, body: "/holdpoint recheck" },
    },
    keys: ["pr:11#42"],
  },
  {
    name: "our own comment",
    event: "issue_comment",
    payload: {
      action: "created",
      issue: { number: 42, pull_request: {} },
      comment: { id: 5, body: "/holdpoint help", performed_via_github_app: { id: 7 } },
    },
    keys: [],
  },
  {
    name: "somebody's check completed",
    event: "check_run",
    payload: { action: "completed", check_run: { head_sha: sha, app: { id: 99 } } },
    keys: [`commit:11@${sha}`],
  },
  {
    name: "a scan of the code ended",
    event: "check_run",
    payload: {
      action: "completed",
      check_run: { head_sha: sha, app: { id: 57789, slug: "github-advanced-security" } },
    },
    keys: [`commit:11@${sha}s`],
  },
  {
    name: "our own check completed",
    event: "check_run",
    payload: { action: "completed", check_run: { head_sha: sha, app: { id: 7 } } },
    keys: [],
  },
  {
    name: "our own check asked for again",
    event: "check_run",
    payload: { action: "rerequested", check_run: { head_sha: sha, app: { id: 7 }, external_id: "11/42/main" } },
    keys: ["pr:11#42"],
  },
  {
    name: "a button of our check",
    event: "check_run",
    payload: { action: "requested_action", check_run: { head_sha: sha, app: { id: 7 }, external_id: "11/42/main" } },
    keys: ["pr:11#42"],
  },
  {
    name: "the button to hold",
    event: "check_run",
    payload: {
      action: "requested_action",
      check_run: { head_sha: sha, app: { id: 7 }, external_id: "11/42/main" },
      requested_action: { identifier: "hold" },
      sender: { id: 8, login: "sam" },
    },
    keys: ["button:11#42:hold:8"],
  },
  {
    name: "a button to hold that nobody pressed",
    event: "check_run",
    payload: {
      action: "requested_action",
      check_run: { head_sha: sha, app: { id: 7 }, external_id: "11/42/main" },
      requested_action: { identifier: "hold" },
    },
    keys: ["pr:11#42"],
  },
  {
    name: "a button that our check does not have",
    event: "check_run",
    payload: {
      action: "requested_action",
      check_run: { head_sha: sha, app: { id: 7 }, external_id: "11/42/main" },
      requested_action: { identifier: "open" },
      sender: { id: 8, login: "sam" },
    },
    keys: ["pr:11#42"],
  },
  {
    name: "our check of another repository's id",
    event: "check_run",
    payload: { action: "rerequested", check_run: { head_sha: sha, app: { id: 7 }, external_id: "12/42/main" } },
    keys: [`commit:11@${sha}!`],
  },
  {
    name: "somebody else's check asked for again",
    event: "check_run",
    payload: { action: "rerequested", check_run: { head_sha: sha, app: { id: 99 }, external_id: "11/42/main" } },
    keys: [],
  },
  {
    name: "our check on a merge group asked for again",
    event: "check_run",
    payload: {
      action: "rerequested",
      check_run: {
        head_sha: sha,
        app: { id: 7 },
        external_id: "11/0/main",
        check_suite: { head_branch: `gh-readonly-queue/release/1.x/pr-42-${base}` },
      },
    },
    keys: [`mg:11@${sha}`],
  },
  {
    name: "our suite asked for again, from a branch of the repository",
    event: "check_suite",
    payload: {
      action: "rerequested",
      check_suite: { head_sha: sha, app: { id: 7 }, pull_requests: [{ number: 42, base: { repo: { id: 11 } } }] },
    },
    keys: ["pr:11#42"],
  },
  {
    name: "our suite asked for again, from a fork",
    event: "check_suite",
    payload: { action: "rerequested", check_suite: { head_sha: sha, app: { id: 7 }, pull_requests: [] } },
    keys: [`commit:11@${sha}!`],
  },
  { name: "a commit status", event: "status", payload: { sha, state: "success" }, keys: [`commit:11@${sha}`] },
  { name: "a status on something else", event: "status", payload: { sha: "../../user" }, keys: [] },
  {
    name: "a workflow that ended",
    event: "workflow_run",
    payload: { action: "completed", workflow_run: { head_sha: sha } },
    keys: [`commit:11@${sha}`],
  },
  {
    name: "a workflow of a pull request that ended",
    event: "workflow_run",
    payload: { action: "completed", workflow_run: { head_sha: sha, head_branch: "topic", event: "pull_request" } },
    keys: [`commit:11@${sha}`],
  },
  {
    name: "a workflow of a branch that ended",
    event: "workflow_run",
    payload: { action: "completed", workflow_run: { head_sha: sha, head_branch: "main", event: "push" } },
    keys: [`commit:11@${sha}+main`],
  },
  {
    name: "a push that leaves the policy alone",
    event: "push",
    payload: { ref: "refs/heads/main", commits: [{ added: [], removed: [], modified: ["src/a.ts"] }] },
    keys: [],
  },
  {
    name: "a push that changes the policy",
    event: "push",
    payload: { ref: "refs/heads/main", commits: [{ added: [], removed: [], modified: [".github/checkpoints.yml"] }] },
    keys: ["repo:11:main", "schedule:11:main"],
  },
  {
    name: "a push that deletes the policy",
    event: "push",
    payload: { ref: "refs/heads/main", commits: [{ added: [], removed: [".github/checkpoints.yml"], modified: [] }] },
    keys: ["repo:11:main", "schedule:11:main"],
  },
  {
    name: "a push that changes the owners",
    event: "push",
    payload: { ref: "refs/heads/main", commits: [{ added: ["docs/CODEOWNERS"], removed: [], modified: [] }] },
    keys: ["repo:11:main", "schedule:11:main"],
  },
  {
    name: "a forced push",
    event: "push",
    payload: { ref: "refs/heads/main", forced: true, commits: [] },
    keys: ["repo:11:main", "schedule:11:main"],
  },
  {
    name: "a push whose files are not told",
    event: "push",
    payload: { ref: "refs/heads/a/b", commits: [{ id: sha }] },
    keys: ["repo:11:a/b", "schedule:11:a/b"],
  },
  { name: "a pushed tag", event: "push", payload: { ref: "refs/tags/v1", forced: true, commits: [] }, keys: [] },
  {
    name: "a push to the organisation's defaults",
    event: "push",
    payload: {
      repository: { ...acme, id: 12, full_name: "acme/.github" },
      ref: "refs/heads/main",
      commits: [{ added: [], removed: [], modified: ["checkpoints.yml"] }],
    },
    keys: ["repo:12:main", "schedule:12:main", "inst:3"],
  },
  {
    name: "a merge group",
    event: "merge_group",
    payload: { action: "checks_requested", merge_group: { head_sha: sha, base_ref: "refs/heads/main" } },
    keys: [`mg:11@${sha}`],
  },
  { name: "a renamed label", event: "label", payload: { action: "edited" }, keys: ["repo:11:*?"] },
  { name: "a new label", event: "label", payload: { action: "created" }, keys: [] },
  { name: "a renamed repository", event: "repository", payload: { action: "renamed" }, keys: ["repo:11:*"] },
  { name: "a new collaborator", event: "member", payload: { action: "added" }, keys: ["repo:11:*?"] },
  { name: "a new team member", event: "membership", payload: { action: "added" }, keys: ["inst:3?"] },
  { name: "a deleted team", event: "team", payload: { action: "deleted" }, keys: ["inst:3?"] },
  {
    name: "somebody left the organisation",
    event: "organization",
    payload: { action: "member_removed" },
    keys: ["inst:3?"],
  },
  { name: "a new installation", event: "installation", payload: { action: "created" }, keys: ["inst:3"] },
  { name: "a removed installation", event: "installation", payload: { action: "deleted" }, keys: [] },
  {
    name: "repositories added to an installation",
    event: "installation_repositories",
    payload: {
      action: "added",
      repositories_added: [
        { id: 12, full_name: "acme/web" },
        { id: 13, full_name: "no/../slash" },
      ],
    },
    keys: ["repo:12:*"],
  },
  {
    name: "an event without a repository",
    event: "pull_request",
    payload: { action: "opened", pull_request, repository: null },
    keys: [],
  },
  {
    name: "an event without an installation",
    event: "pull_request",
    payload: { action: "opened", pull_request, installation: null },
    keys: [],
  },
  { name: "an event that nobody knows", event: "constructor", payload: {}, keys: [] },
])("$name → $keys", ({ event, payload, keys }) => {
  expect(keysOf(event, payload)).toEqual(keys);
});

it("a pull request's event names the commits whose change can be read at once", () => {
  expect(subjectsOf("pull_request", { installation, repository: acme, action: "opened", pull_request }, own)).toEqual([
    {
      kind: "pull_request",
      installationId: 3,
      repositoryId: 11,
      owner: "acme",
      name: "api",
      number: 42,
      named: { headSha: sha, baseSha: base },
    },
  ]);
});

it("a review is remembered on the commit that it was submitted for", () => {
  const review = { id: 9, commit_id: "c".repeat(40) };
  const payload = { installation, repository: acme, pull_request, review };
  const arrival = { repositoryId: 11, number: 42, reviewId: 9, headSha: "c".repeat(40), baseSha: base };
  expect(reviewArrivalIn("pull_request_review", { ...payload, action: "submitted" })).toEqual(arrival);
  expect(reviewArrivalIn("pull_request_review", { ...payload, action: "edited" })).toBeNull();
  expect(reviewArrivalIn("pull_request_review", { ...payload, action: "dismissed" })).toBeNull();
});

describe("a label that is put on", () => {
  const label = { name: "emergency-bypass" };
  const payload = { installation, repository: acme, label, sender: { id: 5 }, action: "labeled" };
  const dated = { ...pull_request, updated_at: "2026-11-20T16:00:00Z" };

  it("is remembered on the head that it was put on", () => {
    expect(labelArrivalIn("pull_request", { ...payload, pull_request: dated })).toEqual({
      repositoryId: 11,
      number: 42,
      label: "emergency-bypass",
      personId: 5,
      headSha: sha,
      at: new Date("2026-11-20T16:00:00Z"),
    });
  });

  it.each([
    { name: "taken off", change: { action: "unlabeled" } },
    { name: "of an issue", event: "issues", change: {} },
    { name: "without a time", change: { pull_request } },
    { name: "put on by nobody that is told", change: { sender: null } },
    { name: "whose name no label of GitHub's can have", change: { label: { name: "x".repeat(101) } } },
    { name: "with a character that the database cannot keep", change: { label: { name: "a\u0000b" } } },
  ])("$name: is not", ({ event = "pull_request", change }) => {
    expect(labelArrivalIn(event, { ...payload, pull_request: dated, ...change } as Payload)).toBeNull();
  });
});

const examplesPath = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
const examples = JSON.parse(readFileSync(examplesPath, "utf8")) as { name: string; examples: Payload[] }[];

it("every example that GitHub documents is read without an error", () => {
  const count = examples.flatMap(({ name, examples }) =>
    examples.map((payload) => subjectsOf(name, { ...payload, installation }, own)),
  ).length;
  expect(count).toBe(329);
});

// Their examples are of other Apps' suites, of people's issues, of pushes that leave the policy alone and of dispatches that ask for something else.
const quiet = ["check_suite", "issue_comment", "issues", "push", "repository_dispatch"];

it.each(examples.filter(({ name }) => Object.hasOwn(routes, name) && !quiet.includes(name)))(
  "$name: some example of it asks for a look",
  ({ name, examples }) => {
    expect(examples.flatMap((payload) => subjectsOf(name, { installation, ...payload }, own))).not.toEqual([]);
  },
);

it("no payload makes it throw, whatever stands in it", () => {
  const names = fc.constantFrom(...Object.keys(routes));
  const odd = fc.object({
    key: fc.constantFrom("repository", "installation", "id", "action", "full_name", "pull_request", "commits", "ref"),
  });
  fc.assert(
    fc.property(names, odd, (name, payload) => {
      const action = routes[name]?.actions?.[0];
      subjectsOf(name, { action, ...payload } as Payload, own);
      reviewArrivalIn(name, { action, ...payload } as Payload);
      labelArrivalIn(name, { action, ...payload } as Payload);
    }),
  );
});
