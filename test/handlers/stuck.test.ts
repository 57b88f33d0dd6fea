/** What is reported stuck is begun once, settled when it is missing, and taken up again where it was. */

import { expect, it } from "vitest";
import type { Stuck } from "../../src/core/escalation/stuck.ts";
import { reportStuck } from "../../src/handlers/stuck.ts";
import { openTestStore } from "../support/database.ts";

const repository = { installationId: 1, repositoryId: 7, owner: "acme", name: "api" };
const about = { repository, kind: "review", number: 42 } as const;

function aStuck(what: string): Stuck {
  return {
    key: `review:42:checkpoint:${what}`,
    repository,
    kind: "review",
    number: 42,
    what,
    since: new Date("2026-11-20T10:00:00Z"),
    startsAt: "level_2",
    roles: ["security_team"],
  };
}

async function aStage() {
  let now = new Date("2026-11-20T12:00:00Z");
  const clock = { now: () => now };
  const { store, database } = await openTestStore({ now: clock.now });
  const ports = { escalations: store.escalations, clock };
  return {
    store,
    database,
    report: (...stuck: Stuck[]) => reportStuck(about, stuck, ports),
    pass(minutes: number) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    kinds: async () =>
      (await store.ledger.list({ repositoryId: 7 })).map(({ kind, data }) => [kind, (data as { what: string }).what]),
    jobs: () => database.query<{ subject_key: string }>("select subject_key from jobs order by subject_key"),
  };
}

it("what is reported first begins, and is looked at", async () => {
  const { store, report, kinds, jobs } = await aStage();
  await report(aStuck("security_review"), aStuck("api_review"));
  expect(await kinds()).toEqual([
    ["escalation_started", "security_review"],
    ["escalation_started", "api_review"],
  ]);
  expect(await jobs()).toEqual([
    { subject_key: "escalation:7:review:42:checkpoint:api_review" },
    { subject_key: "escalation:7:review:42:checkpoint:security_review" },
  ]);
  const open = await store.escalations.listEscalations(7, 42);
  expect(open.map(({ stuck, closedAt }) => [stuck, closedAt])).toEqual([
    [aStuck("api_review"), null],
    [aStuck("security_review"), null],
  ]);
});

it("saying it again changes nothing", async () => {
  const { report, kinds, database } = await aStage();
  await report(aStuck("security_review"));
  await database.query("delete from jobs");
  await report(aStuck("security_review"));
  expect(await kinds()).toHaveLength(1);
  expect(await database.query("select 1 from jobs")).toEqual([]);
});

it("what is missing is settled, and goes on where it was when it comes back", async () => {
  const { store, report, kinds, pass } = await aStage();
  await report(aStuck("security_review"));
  pass(10);
  await report();
  expect(await store.escalations.listEscalations(7, 42)).toEqual([]);
  pass(60);
  await report({ ...aStuck("security_review"), since: new Date("2026-11-20T13:00:00Z") });
  expect(await kinds()).toEqual([
    ["escalation_started", "security_review"],
    ["escalation_settled", "security_review"],
    ["escalation_resumed", "security_review"],
  ]);
  const [again] = await store.escalations.listEscalations(7, 42);
  expect(again?.stuck.since).toEqual(new Date("2026-11-20T10:00:00Z"));
  expect(again?.state.ran).toEqual([{ from: new Date("2026-11-20T12:00:00Z"), to: new Date("2026-11-20T12:10:00Z") }]);
});

it("two reports at the same moment begin it once", async () => {
  const { report, kinds } = await aStage();
  await Promise.all(Array.from({ length: 8 }, () => report(aStuck("security_review"))));
  expect(await kinds()).toHaveLength(1);
});

it("other kinds and other numbers are left alone", async () => {
  const { store, report } = await aStage();
  await report(aStuck("security_review"));
  await reportStuck({ repository, kind: "failed_checks", number: 42 }, [], {
    escalations: store.escalations,
    clock: { now: () => new Date() },
  });
  await reportStuck({ repository, kind: "review", number: 43 }, [], {
    escalations: store.escalations,
    clock: { now: () => new Date() },
  });
  expect(await store.escalations.listEscalations(7, 42)).toHaveLength(1);
});

it("the turns to write are spread, a few at once, each lane by itself", async () => {
  const { store, pass } = await aStage();
  const now = new Date("2026-11-20T12:00:00Z").getTime();
  const turns = [];
  for (let i = 0; i < 17; i++) turns.push((await store.escalations.takeWriteTurn(1, "usual", 1)).getTime() - now);
  expect(turns).toEqual([...Array.from({ length: 15 }, () => 0), 18_000, 36_000]);
  expect((await store.escalations.takeWriteTurn(1, "urgent", 2)).getTime() - now).toBe(0);
  expect((await store.escalations.takeWriteTurn(2, "usual", 2)).getTime() - now).toBe(0);
  pass(10);
  expect((await store.escalations.takeWriteTurn(1, "usual", 1)).getTime() - now).toBe(600_000);
});
