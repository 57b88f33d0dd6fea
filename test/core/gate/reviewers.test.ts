import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import type { Verdict } from "../../../src/core/gate/verdict.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { AskedReviewer, Memory, Snapshot } from "../../../src/core/snapshot.ts";
import {
  aCommit,
  aFile,
  ago,
  aMemory,
  anInput,
  aPerson,
  aReview,
  aSnapshot,
  headSha,
  now,
} from "../../support/builders.ts";

const older = "c".repeat(40);
const team = ["sam", "ida", "otto", "nils"];

function aTeam(...logins: string[]): Snapshot["directory"] {
  const { directory } = aSnapshot();
  return {
    ...directory,
    teams: { "acme/core": { kind: "read", value: logins.map((one) => aPerson(one)) } },
  };
}

interface Case {
  policy?: PolicyInput;
  snapshot?: Partial<Snapshot>;
  memory?: Partial<Memory>;
  /** Of the workflow. */
  workflow?: NonNullable<PolicyInput["approval_workflows"]>[string];
  isAsking?: boolean;
}

/** One approval of the team core, unless the case says otherwise. */
function judge({ policy, snapshot, memory, workflow, isAsking }: Case): Verdict {
  return decide(
    anInput({
      policy: {
        roles: { core: { teams: ["acme/core"] } },
        approval_workflows: { review: { approver: "core", timeout: "24h", ...workflow } },
        ...policy,
      },
      snapshot: { directory: aTeam(...team), ...snapshot },
      memory: aMemory(memory),
      isAsking: isAsking ?? false,
    }),
  );
}

function askedIn(verdict: Verdict): string[] {
  return verdict.effects
    .flatMap((effect) => (effect.kind === "request_reviewers" ? effect.people : []))
    .map(({ login }) => login);
}

const asked = (one: Case) => askedIn(judge(one)).sort();

function anAsk(login: string, hoursAgo: number, ask: Partial<AskedReviewer> = {}): AskedReviewer {
  return { personId: aPerson(login).id, login, askedAt: ago(hoursAgo), headSha, isAwaited: true, ...ask };
}

const load = (entries: Record<string, number>) =>
  Object.fromEntries(Object.entries(entries).map(([login, open]) => [aPerson(login).id, open]));

describe("whom to ask (G7)", () => {
  const cases: (Case & { name: string; people: string[] })[] = [
    { name: "who has least to review", memory: { load: load({ sam: 3, ida: 2, otto: 1, nils: 2 }) }, people: ["otto"] },
    {
      name: "somebody without anything to review before all",
      memory: { load: load({ sam: 1, ida: 1, otto: 1 }) },
      people: ["nils"],
    },
    {
      name: "as many as approvals are missing, by load",
      workflow: { approvals: 2 },
      memory: { load: load({ sam: 3, ida: 0, otto: 1, nils: 2 }) },
      people: ["ida", "otto"],
    },
    {
      name: "nobody who is busy",
      snapshot: { directory: { ...aTeam("sam", "ida"), busy: [aPerson("sam").id] } },
      memory: { load: load({ ida: 9 }) },
      people: ["ida"],
    },
    {
      name: "who is busy where nobody else is left",
      snapshot: { directory: { ...aTeam("sam"), busy: [aPerson("sam").id] } },
      people: ["sam"],
    },
    {
      name: "who is busy only as far as the others are too few",
      workflow: { approvals: 2 },
      snapshot: { directory: { ...aTeam("sam", "ida"), busy: [aPerson("sam").id] } },
      people: ["ida", "sam"],
    },
    {
      name: "never the author",
      snapshot: { directory: aTeam("author", "sam"), author: aPerson("author") },
      memory: { load: load({ sam: 9 }) },
      people: ["sam"],
    },
    {
      name: "nobody with a commit in the change",
      snapshot: { directory: aTeam("ida", "sam"), commits: [aCommit({ by: "ida" })] },
      memory: { load: load({ sam: 9 }) },
      people: ["sam"],
    },
    {
      name: "a code owner of a changed file first, whatever the load",
      snapshot: {
        files: [aFile("src/a.ts")],
        directory: { ...aTeam(...team), codeowners: { kind: "read", value: { "src/a.ts": [aPerson("nils")] } } },
      },
      memory: { load: load({ nils: 9 }) },
      people: ["nils"],
    },
    {
      name: "no owner of files that did not change",
      snapshot: {
        directory: { ...aTeam("sam", "nils"), codeowners: { kind: "read", value: { "src/b.ts": [aPerson("nils")] } } },
      },
      memory: { load: load({ nils: 1 }) },
      people: ["sam"],
    },
    { name: "nobody for a draft", snapshot: { isDraft: true }, people: [] },
    { name: "nobody once it is closed", snapshot: { state: "closed" }, people: [] },
    { name: "nobody once it is approved", snapshot: { reviews: [aReview("sam")] }, people: [] },
    { name: "nobody more while somebody is asked", snapshot: { requestedReviewers: [aPerson("sam")] }, people: [] },
    {
      name: "one more where one of two is asked",
      workflow: { approvals: 2 },
      snapshot: { directory: aTeam("sam", "ida"), requestedReviewers: [aPerson("sam")] },
      people: ["ida"],
    },
    {
      name: "nobody where a permission is all that is known",
      workflow: { approver: "peer" },
      snapshot: { directory: aTeam() },
      people: [],
    },
    {
      name: "somebody of a team who is known to have the permission",
      workflow: { approver: "peer" },
      snapshot: { directory: aTeam("reader", "sam") },
      people: ["sam"],
    },
    {
      name: "as many as are known where they are too few",
      workflow: { approvals: 3, approver: ["core", "peer"] },
      snapshot: { directory: aTeam("sam") },
      people: ["sam"],
    },
    {
      name: "one person for two checkpoints where one can do both",
      policy: {
        checkpoints: {
          a: { when: { files_count: { over: 0 } }, approver: "core" },
          b: { when: { files_count: { over: 0 } }, approver: "lead" },
        },
        roles: { core: { teams: ["acme/core"] }, lead: { users: ["otto"] } },
      },
      people: ["otto"],
    },
  ];
  it.each(cases)("asks $name → $people", ({ people, ...one }) => {
    expect(asked(one)).toEqual(people);
  });

  it("at par it is not always the same one's turn", () => {
    const turns = Array.from(
      { length: 40 },
      (_, number) => asked({ snapshot: { number: number + 1, directory: aTeam(...team) } })[0],
    );
    expect(new Set(turns)).toEqual(new Set(team));
    for (const login of team) expect(turns.filter((one) => one === login).length).toBeGreaterThan(3);
  });
});

describe("how the policy wants it (G7)", () => {
  const cases: (Case & { name: string; people: string[]; teams?: string[] })[] = [
    { name: "all", policy: { approvals: { request_reviews: "all" } }, people: ["ida", "nils", "otto", "sam"] },
    {
      name: "all, at most two",
      policy: { approvals: { request_reviews: { mode: "all", count: 2 } } },
      memory: { load: load({ sam: 1, ida: 1 }) },
      people: ["nils", "otto"],
    },
    {
      name: "two, where one approval is missing",
      policy: { approvals: { request_reviews: { count: 2 } } },
      memory: { load: load({ sam: 1, ida: 1 }) },
      people: ["nils", "otto"],
    },
    { name: "off", policy: { approvals: { request_reviews: "off" } }, people: [] },
    { name: "off in this workflow", workflow: { request_reviews: "off" }, people: [] },
    {
      name: "all in this workflow, off elsewhere",
      policy: { approvals: { request_reviews: "off" } },
      workflow: { request_reviews: "all" },
      people: ["ida", "nils", "otto", "sam"],
    },
    { name: "the team", workflow: { request_reviews: "team" }, people: [], teams: ["acme/core"] },
    {
      name: "the team, which was asked before",
      workflow: { request_reviews: "team" },
      memory: { askedAt: { "workflow:review": ago(1) } },
      people: [],
    },
    {
      name: "the team, where the role has none",
      workflow: { request_reviews: "team", approver: "lead" },
      policy: {
        roles: { lead: { users: ["otto"] } },
        approval_workflows: { review: { approver: "lead", request_reviews: "team" } },
      },
      people: ["otto"],
    },
    {
      name: "a process that asks",
      workflow: { process: ["automated_review_request", "peer_review"] },
      memory: { load: load({ sam: 1, ida: 1, nils: 1 }) },
      people: ["otto"],
    },
    { name: "a process that asks nobody", workflow: { process: ["peer_review", "automated_merge"] }, people: [] },
  ];
  it.each(cases)("$name → $people", ({ people, teams, ...one }) => {
    const verdict = judge(one);
    expect(askedIn(verdict).sort()).toEqual(people);
    expect(
      verdict.effects.flatMap((effect) => (effect.kind === "request_reviewers" ? (effect.teams ?? []) : [])),
    ).toEqual(teams ?? []);
  });
});

describe("who was asked before (G7)", () => {
  const free = { ida: 5, otto: 6, nils: 7 };
  const cases: (Case & { name: string; people: string[] })[] = [
    {
      name: "taken off by hand: the next",
      memory: { reviewers: [anAsk("sam", 1)], load: load(free) },
      people: ["ida"],
    },
    {
      name: "two taken off: the one after",
      memory: { reviewers: [anAsk("sam", 2), anAsk("ida", 1)], load: load(free) },
      people: ["otto"],
    },
    { name: "all taken off: nobody", memory: { reviewers: team.map((login) => anAsk(login, 1)) }, people: [] },
    {
      name: "taken off before a push: still not",
      memory: { reviewers: [anAsk("sam", 5, { headSha: older })], load: load(free) },
      people: ["ida"],
    },
    { name: "asked this moment and not listed yet: nobody", memory: { reviewers: [anAsk("sam", 0)] }, people: [] },
    {
      name: "approved, and a push dropped it: the same again",
      snapshot: { reviews: [aReview("sam", { headAtSubmission: older, commitSha: older, submittedAt: ago(3) })] },
      memory: { reviewers: [anAsk("sam", 5, { headSha: older, isAwaited: false })], load: load({ sam: 9 }) },
      people: ["sam"],
    },
    {
      name: "reviewed an earlier head without being asked: they know it",
      snapshot: {
        reviews: [
          aReview("otto", { state: "commented", headAtSubmission: older, commitSha: older, submittedAt: ago(3) }),
        ],
      },
      memory: { load: load({ otto: 9 }) },
      people: ["otto"],
    },
    {
      name: "taken off after a second request that followed a push: the next",
      snapshot: { reviews: [aReview("sam", { headAtSubmission: older, commitSha: older, submittedAt: ago(5) })] },
      memory: { reviewers: [anAsk("sam", 2)], load: load(free) },
      people: ["ida"],
    },
    {
      name: "commented on this head: it is the author's turn",
      snapshot: { reviews: [aReview("sam", { state: "commented" })] },
      memory: { reviewers: [anAsk("sam", 2, { isAwaited: false })] },
      people: [],
    },
  ];
  it.each(cases)("$name → $people", ({ people, ...one }) => {
    expect(asked(one)).toEqual(people);
  });
});

describe("alternates once the time is over (G7)", () => {
  const requested = (...logins: string[]) => ({ requestedReviewers: logins.map((one) => aPerson(one)) });
  const free = load({ ida: 5, otto: 6, nils: 7 });
  const cases: (Case & { name: string; people: string[]; wakesInHours: number | null })[] = [
    {
      name: "a minute is left",
      snapshot: requested("sam"),
      memory: { reviewers: [anAsk("sam", 24 - 1 / 60)], load: free },
      people: [],
      wakesInHours: 1 / 60,
    },
    {
      name: "it is over",
      snapshot: requested("sam"),
      memory: { reviewers: [anAsk("sam", 24)], load: free },
      people: ["ida"],
      wakesInHours: 24,
    },
    {
      name: "the alternate was asked an hour ago",
      snapshot: requested("sam", "ida"),
      memory: { reviewers: [anAsk("sam", 25), anAsk("ida", 1)], load: free },
      people: [],
      wakesInHours: 23,
    },
    {
      name: "the alternate's time is over, too",
      snapshot: requested("sam", "ida"),
      memory: { reviewers: [anAsk("sam", 48), anAsk("ida", 24)], load: free },
      people: ["otto"],
      wakesInHours: 24,
    },
    {
      name: "pushes do not restart it",
      snapshot: requested("sam"),
      memory: { reviewers: [anAsk("sam", 24, { headSha: older })], load: free },
      people: ["ida"],
      wakesInHours: 24,
    },
    {
      name: "nobody is left",
      snapshot: requested(...team),
      memory: { reviewers: team.map((one) => anAsk(one, 30)) },
      people: [],
      wakesInHours: null,
    },
    {
      name: "who was asked by hand counts from when the review was asked for",
      snapshot: requested("sam"),
      memory: { askedAt: { "workflow:review": ago(24) }, load: free },
      people: ["ida"],
      wakesInHours: 24,
    },
    {
      name: "who was asked looked at it",
      snapshot: { reviews: [aReview("sam", { state: "commented" })] },
      memory: { reviewers: [anAsk("sam", 30, { isAwaited: false })] },
      people: [],
      wakesInHours: null,
    },
    {
      name: "no time is set",
      workflow: { timeout: undefined },
      snapshot: requested("sam"),
      memory: { reviewers: [anAsk("sam", 100)] },
      people: [],
      wakesInHours: null,
    },
  ];
  it.each(cases)("$name → $people, next look in $wakesInHours h", ({ people, wakesInHours, ...one }) => {
    // The review itself was due long ago, so that only alternates have a time.
    const memory = { askedAt: { "workflow:review": ago(500) }, ...one.memory };
    const verdict = judge({ ...one, memory });
    expect(askedIn(verdict)).toEqual(people);
    if (wakesInHours === null) expect(verdict.wakeAt).toBeNull();
    else expect((Number(verdict.wakeAt) - now.getTime()) / 3_600_000).toBeCloseTo(wakesInHours, 6);
  });
});

describe("when reviews are due (G7, T60)", () => {
  const dueIn = ({ requirements }: Verdict) => {
    const workflow = requirements.find((one) => one.kind === "workflow");
    const due = workflow?.dueAt ?? null;
    return due && (due.getTime() - now.getTime()) / 3_600_000;
  };
  const isOverdue = ({ requirements }: Verdict) =>
    requirements.some(
      (one) => one.kind === "workflow" && one.parts.some((part) => part.kind === "approvals" && part.isOverdue),
    );
  const cases: (Case & { name: string; due: number | null; overdue: boolean; starts: boolean })[] = [
    { name: "people are asked now", isAsking: true, due: 24, overdue: false, starts: true },
    { name: "nobody asks in earnest: from the opening", due: 14, overdue: false, starts: true },
    {
      name: "asked 23 hours ago",
      isAsking: true,
      memory: { askedAt: { "workflow:review": ago(23) } },
      due: 1,
      overdue: false,
      starts: true,
    },
    {
      name: "asked 24 hours ago",
      isAsking: true,
      memory: { askedAt: { "workflow:review": ago(24) } },
      due: 0,
      overdue: true,
      starts: true,
    },
    {
      name: "asked 24 hours ago, and pushed to since",
      isAsking: true,
      snapshot: { head: { ref: "feature", sha: older } },
      memory: { askedAt: { "workflow:review": ago(24) } },
      due: 0,
      overdue: true,
      starts: true,
    },
    {
      name: "a draft, asked before",
      isAsking: true,
      snapshot: { isDraft: true },
      memory: { askedAt: { "workflow:review": ago(30) } },
      due: null,
      overdue: false,
      starts: false,
    },
    {
      name: "approved meanwhile",
      isAsking: true,
      snapshot: { reviews: [aReview("sam")] },
      memory: { askedAt: { "workflow:review": ago(30) } },
      due: -6,
      overdue: false,
      starts: false,
    },
    {
      name: "without a time",
      isAsking: true,
      workflow: { timeout: undefined },
      due: null,
      overdue: false,
      starts: false,
    },
  ];
  it.each(cases)("$name → due in $due h", ({ due, overdue, starts, ...one }) => {
    const verdict = judge(one);
    expect(dueIn(verdict)).toBe(due);
    expect(isOverdue(verdict)).toBe(overdue);
    expect(verdict.asked).toEqual(starts ? ["workflow:review"] : []);
    expect(verdict.state).toBe(one.snapshot?.reviews ? "approved" : "waiting");
  });
});
