import { expect, it } from "vitest";
import { openTestStore } from "../support/database.ts";
import { aReport, theClaims } from "../support/reports.ts";

const dayMs = 24 * 3_600_000;

async function aStore() {
  let now = new Date("2026-11-21T10:00:00Z");
  const { store, database } = await openTestStore({ now: () => now });
  return {
    reports: store.reports,
    database,
    pass: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    now: () => now,
  };
}

const received = { claims: theClaims, installationId: 3, report: aReport(), digest: "a" };
const withToken = (tokenId: string) => ({ ...theClaims, tokenId });

it("a report comes back as it was kept, with what the token said", async () => {
  const { reports, now } = await aStore();
  const kept = await reports.keepReport(received);
  expect(kept).toEqual({ kind: "kept", id: expect.any(Number) });
  const [found] = await reports.listReports(theClaims.repositoryId, theClaims.runId);
  expect(found).toMatchObject({ claims: theClaims, report: aReport(), installationId: 3, receivedAt: now() });
  expect(await reports.listReports(theClaims.repositoryId, 999)).toEqual([]);
  expect(await reports.listReports(999)).toEqual([]);
});

it("admission and keeping say the same", async () => {
  const { reports } = await aStore();
  expect(await reports.admitReport(received)).toEqual({ kind: "open" });
  const { id } = (await reports.keepReport(received)) as { id: number };
  for (const [report, outcome] of [
    [received, { kind: "known", id }],
    [
      { ...received, claims: withToken("another") },
      { kind: "known", id },
    ],
    [{ ...received, digest: "b" }, { kind: "replayed" }],
  ] as const) {
    expect(await reports.admitReport(report)).toEqual(outcome);
    expect(await reports.keepReport(report)).toEqual(outcome);
  }
  expect(await reports.keepReport({ ...received, claims: withToken("another"), digest: "b" })).toMatchObject({
    kind: "kept",
  });
});

it("two processes that keep the same at once keep it once", async () => {
  const { reports } = await aStore();
  const outcomes = await Promise.all(
    ["a", "b", "c"].map((token) => reports.keepReport({ ...received, claims: withToken(token) })),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["kept", "known", "known"]);
});

it("after thirty days a report is forgotten, and a used token once nobody would take it", async () => {
  const { reports, database, pass, now } = await aStore();
  await reports.keepReport(received);
  pass(dayMs);
  expect(await reports.prune(new Date(now().getTime() - 30 * dayMs))).toBe(0);
  expect(await database.query("select from report_tokens")).toEqual([]);
  pass(30 * dayMs);
  expect(await reports.prune(new Date(now().getTime() - 30 * dayMs))).toBe(1);
});

it("a used token is remembered for as long as it could be taken", async () => {
  const { reports, database, pass, now } = await aStore();
  await reports.keepReport(received);
  pass(2 * 3_600_000);
  await reports.prune(new Date(now().getTime() - 30 * dayMs));
  expect(await database.query("select from report_tokens")).toHaveLength(1);
});
