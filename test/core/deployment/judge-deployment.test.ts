import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MergedPull } from "../../../src/core/deployment/deployment.ts";
import { type DeploymentFacts, judgeDeployment } from "../../../src/core/deployment/judge-deployment.ts";
import { ago, aPerson } from "../../support/builders.ts";
import { aMerge, anOrigin, aPull, aRun, aVoice, type Described, sha, someFacts } from "./facts.ts";

const leads = { technical_lead: { users: ["lena", "otto"] } };

function outcomeOf(described: Described): string {
  const { outcome, holds } = judgeDeployment(someFacts(described));
  return [outcome, ...holds.map((hold) => hold.kind)].join(" ");
}

describe("seats", () => {
  const two = { roles: leads, deployments: { production: { approvals: 2 } } };
  const release = {
    roles: { ...leads, qa: { users: ["ida", "lena"] } },
    checkpoints: { release: { approver: "qa" } },
  };
  it.each([
    { name: "nobody has approved", is: "wait seats" },
    { name: "a technical lead approves", voices: [aVoice("lena")], is: "approve" },
    { name: "somebody else approves", voices: [aVoice("sam")], is: "wait seats" },
    { name: "a bot approves", voices: [aVoice("lena[bot]")], is: "wait seats" },
    {
      name: "who started the run approves",
      run: aRun({ actor: aPerson("lena") }),
      voices: [aVoice("lena")],
      is: "wait seats",
    },
    {
      name: "who ran it again approves",
      run: aRun({ triggeringActor: aPerson("lena") }),
      voices: [aVoice("lena")],
      is: "wait seats",
    },
    {
      name: "who started it, and somebody else",
      run: aRun({ actor: aPerson("lena") }),
      voices: [aVoice("lena"), aVoice("otto")],
      is: "approve",
    },
    { name: "approved before it was asked for", voices: [aVoice("lena", { at: ago(2) })], is: "wait seats" },
    { name: "approved an earlier attempt", run: aRun({ attempt: 2 }), voices: [aVoice("lena")], is: "wait seats" },
    { name: "approved another commit", voices: [aVoice("lena", { sha: sha("d") })], is: "wait seats" },
    {
      name: "one person twice where two are needed",
      policy: two,
      voices: [aVoice("lena"), aVoice("lena")],
      is: "wait seats",
    },
    { name: "two people where two are needed", policy: two, voices: [aVoice("lena"), aVoice("otto")], is: "approve" },
    {
      name: "nobody is asked",
      policy: { deployments: { production: { approvals: 0 } } },
      is: "approve",
    },
    {
      name: "only a checkpoint asks, and its role has approved",
      policy: { ...release, deployments: { production: { checkpoints: ["release"] } } },
      voices: [aVoice("ida")],
      is: "approve",
    },
    {
      name: "a checkpoint that every pull request satisfied",
      policy: { ...release, deployments: { production: { checkpoints: ["release"] } } },
      satisfied: new Set(["release"]),
      is: "approve",
    },
    {
      name: "one person does not sit on the environment's seat and the checkpoint's",
      policy: { ...release, deployments: { production: { checkpoints: ["release"], approvals: 1 } } },
      voices: [aVoice("lena")],
      is: "wait seats",
    },
    {
      name: "people are seated so that both are met",
      policy: { ...release, deployments: { production: { checkpoints: ["release"], approvals: 1 } } },
      voices: [aVoice("lena"), aVoice("otto")],
      is: "approve",
    },
    {
      name: "a checkpoint that the policy does not have",
      policy: { deployments: { production: { checkpoints: ["nowhere"] } } },
      voices: [],
      is: "wait seats",
    },
  ])("$name: $is", ({ name: _, is, ...described }) => {
    expect(outcomeOf(described)).toBe(is);
  });

  const byBot = { actor: aPerson("cron[bot]"), triggeringActor: aPerson("cron[bot]") };
  it.each([
    { name: "who merged", pull: { mergedBy: aPerson("lena") }, out: ["lena"] },
    {
      name: "who wrote it, where a bot merged",
      pull: { mergedBy: aPerson("q[bot]"), author: aPerson("lena") },
      out: ["lena"],
    },
    {
      name: "who wrote it, where nobody tells who merged",
      pull: { mergedBy: null, author: aPerson("lena") },
      out: ["lena"],
    },
    { name: "not who wrote it, where somebody merged", pull: { author: aPerson("lena") }, out: [] },
  ])(
    "a run that a bot started counts as started by $name",
    ({ pull, out }: { pull: Partial<MergedPull>; out: string[] }) => {
      const origins = [anOrigin("c", { pulls: [aPull(1, pull)] })];
      const is = out.includes("lena") ? "wait seats" : "approve";
      expect(outcomeOf({ run: aRun(byBot), origins, voices: [aVoice("lena")] })).toBe(is);
      expect(outcomeOf({ run: aRun(byBot), origins, voices: [aVoice("otto")] })).toBe("approve");
    },
  );
});

describe("what is deployed", () => {
  const voices = [aVoice("lena")];
  const strays = { merges: [], origins: [anOrigin("c")] };
  it.each([
    { name: "a run of a fork", run: aRun({ isFromFork: true }), is: "wait fork" },
    { name: "another commit than the run's", waitingShas: [sha("d")], is: "wait other_commit" },
    { name: "GitHub made no deployment of it", waitingShas: [], is: "approve" },
    { name: "a commit nobody merged", ...strays, is: "wait strays" },
    { name: "a merge around the gate", merges: [aMerge(1, "c", { passage: "around" as const })], is: "wait pull" },
    {
      name: "a commit nobody merged, where approvals cover it",
      ...strays,
      policy: { roles: leads, deployments: { production: { unknown_commits: "approve" as const } } },
      is: "approve",
    },
    {
      name: "a commit nobody merged, where approvals would cover it and none are asked for",
      ...strays,
      policy: { deployments: { production: { unknown_commits: "approve" as const, approvals: 0 } } },
      is: "wait strays",
    },
    {
      name: "a range that could not be read",
      range: { kind: "diverged" as const, base: null, commits: [sha("c")], unread: "too long" },
      is: "wait unread",
    },
    { name: "only observed", run: aRun({ isFromFork: true }), policy: { mode: "observe" as const }, is: "approve" },
    {
      name: "an environment that nobody named, merged through the gate",
      environment: "elsewhere",
      voices: [],
      is: "approve",
    },
    {
      name: "an environment that nobody named, and a pushed commit",
      environment: "elsewhere",
      ...strays,
      is: "wait strays",
    },
    { name: "a name that looks like production's", environment: "рroduction", voices: [], is: "wait seats" },
  ])("$name: $is", ({ name: _, is, ...described }) => {
    expect(outcomeOf({ voices, ...described })).toBe(is);
  });

  it("an override by a technical lead lets unknown commits through, and takes no seat", () => {
    const override = aVoice("otto", { kind: "override", text: "the hotfix was pushed by hand at night" });
    expect(outcomeOf({ ...strays, voices: [override] })).toBe("wait seats");
    expect(outcomeOf({ ...strays, voices: [override, aVoice("lena")] })).toBe("approve");
    expect(outcomeOf({ ...strays, voices: [{ ...override, person: aPerson("sam") }, aVoice("lena")] })).toBe(
      "wait strays",
    );
  });

  it("a window opens the environment, but neither to forks nor past an open decision", () => {
    const aside = { kind: "window" as const, name: "night", until: ago(-1) };
    expect(outcomeOf({ ...strays, aside })).toBe("approve");
    expect(outcomeOf({ ...strays, aside, run: aRun({ isFromFork: true }) })).toBe("wait fork");
    const rollback = { issue: 5, sha: null, openedAt: ago(2), decision: null };
    expect(outcomeOf({ aside, rollback })).toBe("wait rollback");
  });

  it("a test environment takes anything", () => {
    const aside = { kind: "test_environment" as const, pattern: "preview-*" };
    expect(outcomeOf({ ...strays, aside, run: aRun({ isFromFork: true }) })).toBe("approve");
  });
});

describe("stopping and taking back", () => {
  const back = { kind: "back" as const, base: null, commits: [], unread: null };
  const open = { issue: 5, sha: sha("b"), openedAt: ago(2), decision: null };
  const decided = (choice: "proceed" | "partial" | "abort", hours = 0.5) => ({
    ...open,
    decision: { choice, at: ago(hours) },
  });
  const reject = (login: string) => aVoice(login, { kind: "reject", text: "it breaks the invoices of last month" });
  it.each([
    { name: "rejected by an approver, though others approve", voices: [aVoice("lena"), reject("otto")], is: "reject" },
    { name: "rejected by somebody without a role", voices: [aVoice("lena"), reject("sam")], is: "approve" },
    {
      name: "rejected by who started it, who is an approver",
      run: aRun({ actor: aPerson("otto") }),
      voices: [reject("otto")],
      is: "reject",
    },
    { name: "going forward while a decision is open", voices: [aVoice("lena")], rollback: open, is: "wait rollback" },
    {
      name: "going back while a decision is open",
      range: back,
      voices: [aVoice("lena")],
      rollback: open,
      is: "approve",
    },
    { name: "going back while a decision is open, unapproved", range: back, rollback: open, is: "wait seats" },
    { name: "going back as decided", range: back, rollback: decided("proceed"), is: "approve" },
    { name: "going back in part as decided", range: back, rollback: decided("partial"), is: "approve" },
    { name: "going forward after it was decided", rollback: decided("proceed"), is: "wait seats" },
    {
      name: "going back although it was decided to keep what runs",
      range: back,
      rollback: decided("abort"),
      is: "reject",
    },
    {
      name: "going back, asked for after it was decided to keep what runs",
      range: back,
      rollback: decided("abort", 1.5),
      is: "wait seats",
    },
    { name: "going forward after it was decided to keep what runs", rollback: decided("abort"), is: "wait seats" },
  ])("$name: $is", ({ name: _, is, ...described }) => {
    expect(outcomeOf(described)).toBe(is);
  });
});

const passages = ["gate", "bypass", "window", "test_branch", "around"] as const;
const people = ["lena", "otto", "sam", "author", "cron[bot]"];
const starts = ["a", "b", "c"];

const described: fc.Arbitrary<Described> = fc.record({
  commits: fc.subarray(starts.map(sha)).map((some) => (some.includes(sha("c")) ? some : [...some, sha("c")])),
  merges: fc.array(
    fc
      .record({
        number: fc.integer({ min: 1, max: 4 }),
        start: fc.constantFrom(...starts),
        passage: fc.constantFrom(...passages),
        baseRef: fc.constantFrom("main", "lax"),
      })
      .map(({ number, start, ...merge }) => aMerge(number, start, merge)),
    { maxLength: 4 },
  ),
  reviews: fc.array(
    fc.record({ pullRequest: fc.integer({ min: 1, max: 4 }), issue: fc.constant(9), isDone: fc.boolean() }),
  ),
  voices: fc.array(
    fc
      .record({ login: fc.constantFrom(...people), kind: fc.constantFrom("approve" as const, "reject" as const) })
      .map(({ login, kind }) => aVoice(login, { kind, text: "because of what was said above" })),
  ),
  run: fc
    .record({ isFromFork: fc.boolean(), actor: fc.constantFrom(...people) })
    .map(({ isFromFork, actor }) => aRun({ isFromFork, actor: aPerson(actor) })),
  waitingShas: fc.subarray([sha("c"), sha("d")]),
});

describe("whatever happens", () => {
  const isClean = ({ judged }: DeploymentFacts) =>
    judged.strays.length === 0 && judged.pulls.every(({ state }) => state === "passed");

  it("a commit that is unknown, or that was not let through, is never released without an override", () => {
    fc.assert(
      fc.property(described, (some) => {
        const facts = someFacts(some);
        const { outcome } = judgeDeployment(facts);
        return outcome !== "approve" || (isClean(facts) && !facts.run.isFromFork);
      }),
    );
  });

  it("nothing is released by whoever started it", () => {
    fc.assert(
      fc.property(described, (some) => {
        const facts = someFacts(some);
        const { outcome, seats } = judgeDeployment(facts);
        const given = seats.flatMap((group) => group.given);
        return outcome !== "approve" || (given.length > 0 && given.every(({ id }) => id !== facts.run.actor?.id));
      }),
    );
  });

  it("taking a voice away never releases what was held, unless it stopped it", () => {
    fc.assert(
      fc.property(described, fc.nat(), (some, at) => {
        const facts = someFacts(some);
        const left = facts.voices.filter(
          (voice, index) => voice.kind === "reject" || index !== at % facts.voices.length,
        );
        const before = judgeDeployment(facts).outcome;
        return before === "approve" || judgeDeployment({ ...facts, voices: left }).outcome === before;
      }),
    );
  });
});
