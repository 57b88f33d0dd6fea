import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DescribedFacts, describeToSnapshot } from "../../../src/core/description/describe-to-snapshot.ts";
import { parseDescription } from "../../../src/core/description/parse-description.ts";
import type { DescriptionInput } from "../../../src/core/description/schema.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { aClassification, aDocument } from "../../support/builders.ts";

const now = new Date("2026-11-20T16:00:00Z");
const needed = { author: "maria", base: "main", head: "feature" };

function facts(description: Partial<DescriptionInput> = {}, teams: string[] = []): DescribedFacts {
  const parsed = parseDescription(JSON.stringify({ ...needed, ...description }), "pr.json");
  if (parsed.kind === "broken") throw new Error(JSON.stringify(parsed.problems));
  const described = describeToSnapshot(parsed.description, { now, teams, patchDigest: () => "digest" });
  if (described.kind === "conflicting") throw new Error(JSON.stringify(described.conflicts));
  return described.facts;
}

function judged(description: Partial<DescriptionInput>, policy: PolicyInput = {}) {
  const { snapshot, memory, now: at } = facts(description, ["acme/security-team", "acme/security"]);
  return decide({ document: aDocument(policy), snapshot, memory, now: at, classification: aClassification() }).state;
}

describe("a description of nothing but author, base and head", () => {
  it("is an open pull request with one commit by the author", () => {
    const { snapshot, memory } = facts();
    expect(snapshot).toMatchObject({
      title: "",
      state: "open",
      isDraft: false,
      author: { login: "maria", kind: "user" },
      base: { ref: "main", sha: expect.stringMatching(/^[0-9a-f]{40}$/) },
      commits: [{ sha: snapshot.head.sha, author: { account: snapshot.author } }],
      files: [],
      incomplete: [],
    });
    expect(Object.keys(memory.heads)).toEqual([snapshot.head.sha]);
  });

  it("is the same in every run", () => {
    expect(facts()).toEqual(facts());
  });
});

const people = { permissions: { maria: "write", bob: "write" } } as const;
const approval = { user: "bob", state: "approved" } as const;
const pushed = { commits: [{ sha: "h", pushed_at: "2026-11-20T12:00:00Z" }] };
const byId = { author: { login: "maria", id: 7 }, permissions: { m2: "write" } } as const;
const nobody = { author: { name: "X", email: "x@example.com" } };
const cases: { name: string; description: Partial<DescriptionInput>; state: string }[] = [
  { name: "somebody with write permission", description: { ...people, reviews: [approval] }, state: "approved" },
  {
    name: "GitHub's own spelling of the state",
    description: { ...people, reviews: [{ user: "bob", state: "APPROVED" }] },
    state: "approved",
  },
  {
    name: "another case of the login",
    description: { ...people, reviews: [{ user: "BOB", state: "approved" }] },
    state: "approved",
  },
  { name: "somebody without a permission listed", description: { reviews: [approval] }, state: "waiting" },
  {
    name: "the author",
    description: { ...people, reviews: [{ user: "maria", state: "approved" }] },
    state: "waiting",
  },
  {
    name: "the author under another login of the same id",
    description: { ...byId, reviews: [{ user: { login: "m2", id: 7 }, state: "approved" }] },
    state: "waiting",
  },
  {
    name: "somebody with a commit",
    description: { ...people, commits: [{ author: "bob" }], reviews: [approval] },
    state: "waiting",
  },
  {
    name: "a co-author",
    description: { ...people, commits: [{ co_authors: ["bob"] }], reviews: [approval] },
    state: "waiting",
  },
  {
    name: "one person, where a commit's author is unknown",
    description: { ...people, commits: [nobody], reviews: [approval] },
    state: "waiting",
  },
  {
    name: "before the head was pushed",
    description: { ...people, ...pushed, reviews: [{ ...approval, submitted_at: "2026-11-20T11:59:59Z" }] },
    state: "waiting",
  },
  {
    name: "within the second in which the head was pushed",
    description: { ...people, ...pushed, reviews: [{ ...approval, submitted_at: "2026-11-20T12:00:00Z" }] },
    state: "waiting",
  },
  {
    name: "a second after the head was pushed",
    description: { ...people, ...pushed, reviews: [{ ...approval, submitted_at: "2026-11-20T12:00:01Z" }] },
    state: "approved",
  },
  {
    name: "on an earlier head",
    description: { ...people, reviews: [{ ...approval, head_at_submission: "older" }] },
    state: "waiting",
  },
  {
    name: "on an earlier head whose change was the same",
    description: {
      ...people,
      heads: [{ sha: "older", first_seen_at: "2026-11-20T10:00:00Z", same_change: true }],
      reviews: [{ ...approval, head_at_submission: "older" }],
    },
    state: "approved",
  },
  {
    name: "while files could not be read whole",
    description: { ...people, incomplete: ["files"], reviews: [approval] },
    state: "error",
  },
];

describe("who approved", () => {
  it.each(cases)("$name → $state", ({ description, state }) => {
    expect(judged(description)).toBe(state);
  });

  const everyChange: PolicyInput = {
    checkpoints: { every_change: { approver: "security_team" } },
    approval_workflows: { automatic: { process: "automated_approval" } },
  };
  const mapped: PolicyInput = { ...everyChange, roles: { security_team: { teams: ["acme/security"] } } };
  it.each<{ name: string; description: Partial<DescriptionInput>; policy: PolicyInput; state: string }>([
    {
      name: "a member of the team",
      description: { repository: "acme/api", teams: { "acme/security": ["sam"] } },
      policy: mapped,
      state: "approved",
    },
    {
      name: "nobody of the team",
      description: { repository: "acme/api", teams: { "acme/security": ["ida"] } },
      policy: mapped,
      state: "waiting",
    },
    {
      name: "of a role whose team is not described, and so does not exist: by permission",
      description: { repository: "acme/api", permissions: { sam: "write" } },
      policy: everyChange,
      state: "approved",
    },
  ])("$name → $state", ({ description, policy, state }) => {
    expect(judged({ ...description, reviews: [{ user: "sam", state: "approved" }] }, policy)).toBe(state);
  });
});

describe("files", () => {
  it.each<{ name: string; file: NonNullable<DescriptionInput["files"]>[number]; wanted: object }>([
    {
      name: "a path alone",
      file: "a.ts",
      wanted: { path: "a.ts", status: "modified", additions: 0, patch: null },
    },
    {
      name: "both texts",
      file: { path: "a.ts", base: "1\n2\n", head: "1\n3\n" },
      wanted: { status: "modified", additions: 1, deletions: 1, patch: "@@ -1,2 +1,2 @@\n 1\n-2\n+3" },
    },
    {
      name: "a new file",
      file: { path: "a.ts", base: null, head: "1\n" },
      wanted: { status: "added", additions: 1, patch: "@@ -0,0 +1 @@\n+1" },
    },
    {
      name: "a removed file",
      file: { path: "a.ts", base: "1\n", head: null },
      wanted: { status: "removed", deletions: 1, patch: "@@ -1 +0,0 @@\n-1" },
    },
    {
      name: "a patch of a new file",
      file: { path: "a.ts", patch: "@@ -0,0 +1,2 @@\n+1\n+2" },
      wanted: { status: "added", additions: 2, deletions: 0 },
    },
    {
      name: "an old name",
      file: { path: "b.ts", previous_path: "a.ts" },
      wanted: { status: "renamed", previousPath: "a.ts" },
    },
    {
      name: "what is said wins over what could be worked out",
      file: { path: "a.ts", status: "copied", additions: 9, deletions: 8, binary: true },
      wanted: { status: "copied", additions: 9, deletions: 8, isBinary: true },
    },
  ])("$name", ({ file, wanted }) => {
    expect(facts({ files: [file] }).snapshot.files).toMatchObject([wanted]);
  });

  it("give the contents of both sides", () => {
    const { contents } = facts({
      files: [
        { path: "b.ts", previous_path: "a.ts", base: "1", head: "2" },
        { path: "new.ts", status: "added", head: "n" },
      ],
      contents: { head: { "package.json": "{}" } },
    });
    expect(Object.fromEntries(contents.base)).toEqual({ "a.ts": "1", "new.ts": null });
    expect(Object.fromEntries(contents.head)).toEqual({ "package.json": "{}", "b.ts": "2", "new.ts": "n" });
  });
});

it("takes checks, statuses and workflow runs as lists or by name", () => {
  const { snapshot } = facts({
    checks: { test: "success" },
    statuses: [{ name: "ci/build", state: "pending" }],
    workflow_runs: { ".github/workflows/ci.yml": "failure" },
  });
  expect(snapshot.checks).toMatchObject([
    { name: "ci/build", kind: "status", state: "pending" },
    { name: "test", kind: "check", state: "success" },
  ]);
  expect(snapshot.workflowRuns).toEqual([
    { path: ".github/workflows/ci.yml", event: "pull_request", state: "failure" },
  ]);
});

describe("accounts", () => {
  const login = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
  const idsOf = (logins: string[]) =>
    Object.fromEntries(
      facts({ requested_reviewers: logins }).snapshot.requestedReviewers.map((one) => [one.login, one.id]),
    );

  it("every login has one id, whatever the order, and no two share one (property)", () => {
    fc.assert(
      fc.property(fc.uniqueArray(login, { minLength: 2, maxLength: 12 }), (logins) => {
        const ids = idsOf(logins);
        expect(new Set(Object.values(ids)).size).toBe(logins.length);
        expect(idsOf([...logins].reverse())).toEqual(ids);
      }),
    );
  });

  it("ids that are given are kept, and others keep out of their way", () => {
    const free = idsOf(["bob"]).bob ?? 0;
    const { snapshot } = facts({ requested_reviewers: ["bob", { login: "eve", id: free }] });
    expect(snapshot.requestedReviewers.map((person) => person.id)).toEqual([free + 1, free]);
  });

  it("one login under two ids is a contradiction", () => {
    const text = JSON.stringify({ ...needed, author: { login: "maria", id: 1 }, busy: [{ login: "Maria", id: 2 }] });
    const parsed = parseDescription(text, "pr.json");
    if (parsed.kind === "broken") throw new Error("it parses");
    const conflicts = [{ login: "Maria", ids: [1, 2] }];
    expect(describeToSnapshot(parsed.description, { now })).toEqual({ kind: "conflicting", conflicts });
  });
});
