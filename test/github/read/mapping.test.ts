import { describe, expect, it } from "vitest";
import { mapChecks, type RawSuite } from "../../../src/github/read/map-checks.ts";
import { mapCommits, mergeBaseOf, type RawCommit } from "../../../src/github/read/map-commit.ts";
import { mapLabels } from "../../../src/github/read/map-label.ts";
import { mapMerging } from "../../../src/github/read/map-merging.ts";
import { personOf, personOrNull } from "../../../src/github/read/map-person.ts";
import { mapPolicyBlob, mapPolicyEntry } from "../../../src/github/read/map-policy-file.ts";
import { countOpenThreads, mapReviews, permissionsOfReviewers } from "../../../src/github/read/map-review.ts";
import { permissionOf } from "../../../src/github/read/permission.ts";

const maria = { __typename: "User", login: "maria", databaseId: 11 };
const bob = { __typename: "User", login: "bob", databaseId: 12 };

describe("personOf", () => {
  it.each([
    { name: "an account", actor: maria, as: { id: 11, login: "maria", kind: "user" } },
    {
      name: "a bot, with the suffix people write",
      actor: { __typename: "Bot", login: "renovate", databaseId: 5 },
      as: { id: 5, login: "renovate[bot]", kind: "bot" },
    },
    {
      name: "a bot whose suffix is there",
      actor: { __typename: "Bot", login: "renovate[bot]", databaseId: 5 },
      as: { id: 5, login: "renovate[bot]", kind: "bot" },
    },
    {
      name: "a bot that looks like an account",
      actor: { __typename: "User", login: "x[bot]", databaseId: 6 },
      as: { id: 6, login: "x[bot]", kind: "bot" },
    },
    {
      name: "a mannequin",
      actor: { __typename: "Mannequin", login: "old", databaseId: 7 },
      as: { id: 7, login: "old", kind: "ghost" },
    },
    {
      name: "an organisation",
      actor: { __typename: "Organization", login: "acme" },
      as: { id: -43, login: "acme", kind: "ghost" },
    },
    { name: "a deleted account", actor: null, as: { id: -43, login: "ghost", kind: "ghost" } },
  ])("$name", ({ actor, as }) => {
    expect(personOf(actor, 42)).toEqual(as);
  });

  it("is nobody in particular where nobody is named", () => {
    expect(personOrNull(null)).toBeNull();
    expect(personOrNull({ login: "acme" })).toBeNull();
  });
});

const aCommit = (of: Partial<RawCommit> & { oid: string }): RawCommit => ({
  message: "Change",
  author: { name: "Maria", email: "maria@acme.example", user: maria },
  committer: { name: "GitHub", email: "noreply@github.com", user: null },
  authors: { totalCount: 1, nodes: [{ name: "Maria", email: "maria@acme.example", user: maria }] },
  parents: { nodes: [{ oid: "base" }] },
  committedViaWeb: true,
  signature: null,
  pushes: { nodes: [] },
  ...of,
});

const pushBy = (actor: typeof maria, oid: string) => ({
  nodes: [{ createdAt: "2026-01-02T00:00:00Z", push: { nextSha: oid, pusher: actor } }],
});

describe("mapCommits", () => {
  it("tells who claims to have made a commit from who is known to have", () => {
    expect(mapCommits([aCommit({ oid: "a", signature: { isValid: true, signer: bob } })])).toEqual([
      {
        sha: "a",
        message: "Change",
        author: { account: { id: 11, login: "maria", kind: "user" }, name: "Maria", email: "maria@acme.example" },
        committer: { account: null, name: "GitHub", email: "noreply@github.com" },
        coAuthors: [],
        parents: ["base"],
        pushedAt: null,
        pushedBy: null,
        isViaWeb: true,
        signature: { isValid: true, signer: { id: 12, login: "bob", kind: "user" } },
      },
    ]);
  });

  it("joins GitHub's co-authors with those in the message, each once", () => {
    const authors = {
      totalCount: 2,
      nodes: [
        { name: "Maria", email: "maria@acme.example", user: maria },
        { name: "Bob", email: "BOB@acme.example", user: bob },
      ],
    };
    const message =
      "Change\n\nCo-authored-by: Bob <bob@acme.example>\nco-authored-by:Eve <eve@acme.example>\nCo-authored-by: nobody";
    const [commit] = mapCommits([aCommit({ oid: "a", authors, message })]);
    expect(commit?.coAuthors).toEqual([
      { account: { id: 12, login: "bob", kind: "user" }, name: "Bob", email: "BOB@acme.example" },
      { account: null, name: "Eve", email: "eve@acme.example" },
    ]);
  });

  it("gives each commit the push it came with", () => {
    const commits = mapCommits([
      aCommit({ oid: "a" }),
      aCommit({ oid: "b", pushes: pushBy(maria, "b") }),
      aCommit({ oid: "c" }),
      aCommit({ oid: "d", pushes: pushBy(bob, "d") }),
      aCommit({ oid: "e" }),
    ]);
    expect(commits.map(({ sha, pushedBy }) => [sha, pushedBy?.login ?? null])).toEqual([
      ["a", "maria"],
      ["b", "maria"],
      ["c", "bob"],
      ["d", "bob"],
      ["e", null],
    ]);
  });

  it("does not take a suite that belongs to another push for this one's", () => {
    expect(mapCommits([aCommit({ oid: "a", pushes: pushBy(maria, "z") })])[0]?.pushedBy).toBeNull();
  });
});

describe("mergeBaseOf", () => {
  const history = (...commits: [string, string[]][]) =>
    mapCommits(
      commits.map(([oid, parents]) => aCommit({ oid, parents: { nodes: parents.map((parent) => ({ oid: parent })) } })),
    );

  it.each([
    { name: "a line of commits", commits: history(["a", ["base"]], ["b", ["a"]]), as: "base" },
    {
      name: "two lines from one place",
      commits: history(["a", ["base"]], ["b", ["base"]], ["m", ["a", "b"]]),
      as: "base",
    },
    {
      name: "the base merged in: only git can tell",
      commits: history(["a", ["base"]], ["m", ["a", "later"]]),
      as: null,
    },
    { name: "a history of its own", commits: history(["a", []]), as: null },
    { name: "no commits", commits: [], as: null },
  ])("$name → $as", ({ commits, as }) => {
    expect(mergeBaseOf(commits)).toBe(as);
  });
});

describe("mapMerging", () => {
  const untouched = {
    autoMergeRequest: null,
    isInMergeQueue: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
  };

  it.each([
    { name: "nothing was asked of GitHub", of: {}, as: { autoMerge: null, isInMergeQueue: false, merged: null } },
    {
      name: "somebody armed auto-merge",
      of: { autoMergeRequest: { enabledBy: bob } },
      as: { autoMerge: { enabledBy: { id: 12, login: "bob", kind: "user" } } },
    },
    {
      name: "whoever armed it left GitHub: it is armed all the same",
      of: { autoMergeRequest: { enabledBy: null } },
      as: { autoMerge: { enabledBy: null } },
    },
    {
      name: "merged",
      of: { mergedAt: "2026-01-02T00:00:00Z", mergedBy: maria, mergeCommit: { oid: "c" } },
      as: { merged: { at: new Date("2026-01-02T00:00:00Z"), by: { id: 11 }, commitSha: "c" } },
    },
    {
      name: "merged by who left GitHub, as a commit that is gone",
      of: { mergedAt: "2026-01-02T00:00:00Z" },
      as: { merged: { by: null, commitSha: null } },
    },
  ])("$name", ({ of, as }) => {
    expect(mapMerging({ ...untouched, ...of })).toMatchObject(as);
  });
});

describe("countOpenThreads", () => {
  const open = { isResolved: false };
  const resolved = { isResolved: true };

  it.each([
    { name: "none", totalCount: 0, nodes: [], as: 0 },
    { name: "some are settled", totalCount: 3, nodes: [open, resolved, open], as: 2 },
    { name: "GitHub hides one", totalCount: 2, nodes: [open, null], as: null },
    { name: "there are more than were brought", totalCount: 3, nodes: [open, resolved], as: null },
    { name: "GitHub hides all", totalCount: 1, nodes: null, as: null },
  ])("$name → $as", ({ totalCount, nodes, as }) => {
    expect(countOpenThreads({ totalCount, nodes })).toBe(as);
  });
});

describe("mapLabels", () => {
  it("takes the newest event of that very name", () => {
    const event = (name: string, actor: typeof maria, createdAt: string) => ({ actor, createdAt, label: { name } });
    const events = [
      event("bug", maria, "2026-01-01T00:00:00Z"),
      event("bug", bob, "2026-01-02T00:00:00Z"),
      event("old", bob, "2026-01-03T00:00:00Z"),
    ];
    expect(mapLabels(["bug", "renamed"], events)).toEqual([
      { name: "bug", addedBy: { id: 12, login: "bob", kind: "user" }, addedAt: new Date("2026-01-02T00:00:00Z") },
      { name: "renamed", addedBy: null, addedAt: null },
    ]);
  });
});

const page = { hasNextPage: false, endCursor: null, hasPreviousPage: false, startCursor: null };

function aSuite(of: {
  app?: number;
  at?: string;
  event?: string;
  path?: string;
  runs?: [string, string, string | null][];
  id?: number;
}): RawSuite {
  const { app = 15368, at = "2026-01-01T00:00:00Z", event, path = ".github/workflows/ci.yml", runs = [], id = 1 } = of;
  const [, status = "COMPLETED", conclusion = "SUCCESS"] = runs[0] ?? [];
  return {
    id: `S${id}`,
    databaseId: id,
    createdAt: at,
    status,
    conclusion,
    app: { databaseId: app, slug: `app-${app}` },
    workflowRun: event
      ? { event, file: { path }, workflow: { resourcePath: "/acme/api/actions/workflows/ci.yml" } }
      : null,
    checkRuns: {
      nodes: runs.map(([name, runStatus, runConclusion], i) => ({
        databaseId: id * 100 + i,
        name,
        status: runStatus,
        conclusion: runConclusion,
        completedAt: null,
        externalId: null,
      })),
      pageInfo: page,
    },
  };
}

describe("mapChecks", () => {
  const states = (suites: RawSuite[]) => mapChecks(suites, null, 4242).checks.map(({ name, state }) => [name, state]);

  it.each([
    ["COMPLETED", "SUCCESS", "success"],
    ["COMPLETED", "NEUTRAL", "neutral"],
    ["COMPLETED", "SKIPPED", "skipped"],
    ["COMPLETED", "FAILURE", "failure"],
    ["COMPLETED", "STARTUP_FAILURE", "failure"],
    ["COMPLETED", "CANCELLED", "cancelled"],
    ["COMPLETED", "TIMED_OUT", "timed_out"],
    ["COMPLETED", "ACTION_REQUIRED", "action_required"],
    ["COMPLETED", "STALE", "stale"],
    ["COMPLETED", "SOMETHING_NEW", "error"],
    ["COMPLETED", null, "error"],
    ["QUEUED", null, "pending"],
    ["IN_PROGRESS", "SUCCESS", "pending"],
    ["WAITING", null, "pending"],
  ])("%s %s → %s", (status, conclusion, state) => {
    expect(states([aSuite({ runs: [["build", status, conclusion]] })])).toEqual([["build", state]]);
  });

  it("keeps the newest of a name and source, whatever the order of the list", () => {
    const older = aSuite({ event: "push", id: 1, runs: [["build", "COMPLETED", "FAILURE"]] });
    const newer = aSuite({
      event: "push",
      id: 2,
      at: "2026-01-02T00:00:00Z",
      runs: [["build", "COMPLETED", "SUCCESS"]],
    });
    expect(states([newer, older])).toEqual([["build", "success"]]);
  });

  it("does not let one event's green hide another's red", () => {
    const push = aSuite({ event: "push", id: 2, runs: [["build", "COMPLETED", "SUCCESS"]] });
    const pullRequest = aSuite({ event: "pull_request", id: 1, runs: [["build", "COMPLETED", "FAILURE"]] });
    expect(states([push, pullRequest]).sort()).toEqual([
      ["build", "failure"],
      ["build", "success"],
    ]);
  });

  it("names a workflow by its file, or by its address where the file is gone", () => {
    const suite = aSuite({ event: "push", runs: [["build", "COMPLETED", "FAILURE"]] });
    const gone = { ...suite, workflowRun: suite.workflowRun && { ...suite.workflowRun, file: null } };
    const fact = { path: ".github/workflows/ci.yml", event: "push", state: "failure" };
    expect(mapChecks([suite], null, 4242).workflowRuns).toEqual([fact]);
    expect(mapChecks([gone], null, 4242).workflowRuns).toEqual([fact]);
  });

  it("takes our own runs for no facts, and the oldest suite for the first sight of the head", () => {
    const own = aSuite({ app: 4242, at: "2026-01-01T00:00:00Z", runs: [["holdpoint: main", "COMPLETED", "SUCCESS"]] });
    const other = aSuite({ at: "2026-01-03T00:00:00Z", runs: [["build", "COMPLETED", "SUCCESS"]] });
    const { checks, ownChecks, foreignChecks, firstSeenAt } = mapChecks([other, own], null, 4242);
    expect(checks.map(({ name }) => name)).toEqual(["build"]);
    expect(ownChecks).toEqual([
      { id: 100, name: "holdpoint: main", externalId: "", status: "completed", conclusion: "success" },
    ]);
    expect(foreignChecks).toEqual([]);
    expect(firstSeenAt).toEqual(new Date("2026-01-01T00:00:00Z"));
  });

  it("shows who writes under our name", () => {
    const suite = aSuite({
      app: 9,
      runs: [
        ["Holdpoint: main", "COMPLETED", "SUCCESS"],
        ["holdpointless", "COMPLETED", "SUCCESS"],
      ],
    });
    const status = {
      contexts: [{ context: "holdpoint: main", state: "SUCCESS", createdAt: "2026-01-01T00:00:00Z", creator: maria }],
    };
    expect(mapChecks([suite], status, 4242).foreignChecks).toEqual([
      { name: "Holdpoint: main", app: "app-9" },
      { name: "holdpoint: main", app: "maria" },
    ]);
  });

  it.each([
    ["SUCCESS", "success"],
    ["FAILURE", "failure"],
    ["ERROR", "error"],
    ["PENDING", "pending"],
    ["EXPECTED", "pending"],
    ["SOMETHING_NEW", "pending"],
  ])("a status %s is %s", (state, as) => {
    const contexts = [{ context: "ci", state, createdAt: "2026-01-01T00:00:00Z", creator: null }];
    expect(mapChecks([], { contexts }, 4242).checks).toMatchObject([
      { name: "ci", kind: "status", app: null, state: as },
    ]);
  });
});

describe("mapReviews", () => {
  const aReview = {
    fullDatabaseId: "3000000000",
    author: maria,
    authorCanPushToRepository: true,
    state: "APPROVED" as const,
    submittedAt: "2026-01-01T00:00:00Z",
    commit: { oid: "a" },
    body: "",
    lastEditedAt: null,
  };

  it("keeps ids beyond 32 bits and says what was edited", () => {
    expect(mapReviews([{ ...aReview, lastEditedAt: "2026-01-02T00:00:00Z" }])).toMatchObject([
      { id: 3_000_000_000, isEdited: true, headAtSubmission: null },
    ]);
  });

  it("leaves out reviews not given yet", () => {
    expect(
      mapReviews([
        { ...aReview, state: "PENDING" },
        { ...aReview, submittedAt: null },
      ]),
    ).toEqual([]);
  });

  it("knows who may push, and nothing of ghosts", () => {
    const reviews = [
      aReview,
      { ...aReview, author: bob, authorCanPushToRepository: false },
      { ...aReview, author: null },
    ];
    expect(permissionsOfReviewers(reviews)).toEqual({
      11: { kind: "read", value: "write" },
      12: { kind: "read", value: "read" },
    });
  });
});

describe("policy files", () => {
  const blob = { oid: "b", text: "version: 1\n", isBinary: false, isTruncated: false };
  const entry = { oid: "b", type: "blob", mode: 0o100644, object: blob };

  it.each([
    {
      name: "a file",
      read: mapPolicyEntry(entry, "c"),
      as: { kind: "read", value: { text: "version: 1\n", blobSha: "b", commit: "c" } },
    },
    {
      name: "an empty file",
      read: mapPolicyBlob({ ...blob, text: "" }, null),
      as: { kind: "read", value: { text: "" } },
    },
    { name: "no file", read: mapPolicyEntry(null, "c"), as: { kind: "missing" } },
    { name: "a symbolic link", read: mapPolicyEntry({ ...entry, mode: 0o120000 }, "c"), as: { kind: "unreadable" } },
    { name: "a folder", read: mapPolicyEntry({ ...entry, type: "tree", object: {} }, "c"), as: { kind: "unreadable" } },
    {
      name: "a binary file",
      read: mapPolicyBlob({ ...blob, isBinary: true, text: null }, null),
      as: { kind: "unreadable" },
    },
    {
      name: "a file GitHub cuts",
      read: mapPolicyBlob({ ...blob, isTruncated: true }, null),
      as: { kind: "unreadable" },
    },
  ])("$name is $as.kind", ({ read, as }) => {
    expect(read).toMatchObject(as);
  });
});

describe("permissionOf", () => {
  const flags = { pull: true, triage: true, push: true, maintain: false, admin: false };
  const user = (permissions?: typeof flags) => ({ id: 1, login: "x", permissions }) as never;

  it.each([
    {
      name: "a custom role counts by what it may do",
      answer: { permission: "write", role_name: "release-captain", user: user({ ...flags, maintain: true }) },
      as: "maintain",
    },
    { name: "the flags", answer: { permission: "write", role_name: "write", user: user(flags) }, as: "write" },
    {
      name: "triage, which the old field calls read",
      answer: { permission: "read", role_name: "triage", user: user() },
      as: "triage",
    },
    {
      name: "a custom role without flags counts as its base",
      answer: { permission: "write", role_name: "release-captain", user: user() },
      as: "write",
    },
    { name: "nothing", answer: { permission: "none", role_name: "", user: null }, as: "none" },
    { name: "a word nobody knows", answer: { permission: "owner", role_name: "owner", user: null }, as: "none" },
  ])("$name → $as", ({ answer, as }) => {
    expect(permissionOf(answer)).toBe(as);
  });
});
