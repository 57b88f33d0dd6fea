/** The case table: each row through the command line's own `simulate`, as anybody can try it. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, runCliHere } from "../../support/run-cli.ts";
import { acts } from "./cases/acts.cases.ts";
import { bypassGranted, bypassInForce } from "./cases/bypass-granted.cases.ts";
import { bypassRefused } from "./cases/bypass-refused.cases.ts";
import { type Case, onePeer, ordinary } from "./cases/case.ts";
import { counting } from "./cases/counting.cases.ts";
import { exclusions } from "./cases/exclusions.cases.ts";
import { freshness } from "./cases/freshness.cases.ts";
import { methods } from "./cases/methods.cases.ts";
import { people, vetoes } from "./cases/people.cases.ts";
import { distinctPeople, predicates, skipped } from "./cases/rules.cases.ts";

const bypasses = { bypassGranted, bypassInForce, bypassRefused };
const groups = {
  counting,
  exclusions,
  acts,
  freshness,
  people,
  vetoes,
  methods,
  predicates,
  skipped,
  distinctPeople,
  ...bypasses,
};

interface Answer {
  verdict: string;
  state: string;
  approvals: { user: string; counts: boolean; outcome: string; freshness: string | null; why: string }[];
  codes: string[];
  fastest_way: string[];
  bypasses: { state: string; why?: string; missing?: string[] }[];
  policy: { problems: { severity: string }[] };
}

function told({ state, why, missing }: Answer["bypasses"][number]): string {
  return [state, ...(missing ?? [why ?? ""])].filter((part) => part !== "").join(":");
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdpoint-cases-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;

async function simulate({ policy = onePeer, pr = {} }: Case, run = runCliHere) {
  files += 1;
  const [rules, described] = [join(folder, `${files}.yml`), join(folder, `${files}.json`)];
  const permissions = { ...ordinary.permissions, ...pr.permissions };
  await writeFile(rules, policy);
  await writeFile(described, JSON.stringify({ ...ordinary, ...pr, permissions }));
  return run(["simulate", "--json", "--policy", rules, "--pull-request", described], {});
}

const exitCodes: Record<string, number> = { open: 0, held: 1 };

describe.each(Object.entries(groups))("%s", (_, cases) => {
  it.each(cases)("$name → $state", async (one) => {
    const ran = await simulate(one);
    expect(ran.stderr).toBe("");
    const answer = ran.json() as unknown as Answer;
    expect(answer.state).toBe(one.state);
    expect(answer.verdict).toBe(
      (one.isOpen ?? (one.state === "approved" || one.state === "bypassed")) ? "open" : "held",
    );
    expect(ran.exitCode).toBe(exitCodes[answer.verdict]);
    const counting = answer.approvals.filter(({ counts }) => counts);
    const kept = new Set(counting.map(({ user }) => user));
    if (one.counts) expect([...kept].sort()).toEqual([...one.counts].sort());
    for (const [user, outcome] of Object.entries(one.drops ?? {})) {
      expect(kept).not.toContain(user);
      expect(
        answer.approvals.filter((approval) => approval.user === user).map((approval) => approval.outcome),
      ).toContain(outcome);
    }
    for (const [user, how] of Object.entries(one.kept ?? {})) {
      expect(counting.find((approval) => approval.user === user)?.freshness).toBe(how);
    }
    // Every approval says why it counts or does not.
    expect(answer.approvals.filter(({ why }) => why === "")).toEqual([]);
    expect(answer.codes).toEqual(expect.arrayContaining(one.codes ?? []));
    if (one.fastest) expect([...answer.fastest_way].sort()).toEqual([...one.fastest].sort());
    if (one.bypasses) expect(answer.bypasses.map(told)).toEqual(one.bypasses);
    for (const words of one.says ?? []) expect(ran.stdout).toContain(words);
  });
});

it("names every case once, and has enough of them", () => {
  const names = Object.values(groups).flatMap((cases) => cases.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(150);
});

it.each([counting[1], exclusions[0], acts[8], freshness[4], people[6]].filter((one) => one !== undefined))(
  "the program itself says the same: $name → $state",
  async (one) => {
    const ran = await simulate(one, runCli);
    expect(ran.json().state).toBe(one.state);
    expect(ran.exitCode).toBe(one.state === "approved" ? 0 : 1);
  },
);
