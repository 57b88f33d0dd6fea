import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advanceWindow,
  isAtEdge,
  nextScheduleLook,
  occurrencesToKeep,
  type Progress,
  type ScheduleFacts,
} from "../../../src/core/bypass/plan-windows.ts";
import { type WindowMerge, type WindowRecord, windowKey } from "../../../src/core/bypass/window-record.ts";
import { windowDigest } from "../../../src/core/bypass/windows.ts";
import type { MaintenanceWindow } from "../../../src/core/policy/blocks/maintenance-windows.ts";

const hour = 3_600_000;
const upgrade: MaintenanceWindow = {
  name: "db-upgrade",
  start: "2026-12-01 22:00",
  end: "2026-12-02 02:00",
  announce: 48 * hour,
};

function factsAt(
  at: string,
  windows: MaintenanceWindow[] = [upgrade],
  more: Partial<ScheduleFacts> = {},
): ScheduleFacts {
  const since = new Date("2026-11-01");
  const seen = windows.map((window) => ({ baseRef: "main", digest: windowDigest(window), since }));
  return { windows, baseRef: "main", isDefaultBranch: true, seen, now: new Date(at), ...more };
}

describe("what has an issue", () => {
  const merged = (at: string) => [{ mergedAt: new Date(at) }];
  it.each([
    { why: "not before it is announced", at: "2026-11-29T21:59:59Z", merges: [], keys: [] },
    { why: "from its announcement", at: "2026-11-29T22:00Z", merges: [], keys: ["2026-12-01T22:00:00.000Z"] },
    {
      why: "also where nobody looked until it was open",
      at: "2026-12-02T01:59Z",
      merges: [],
      keys: ["2026-12-01T22:00:00.000Z"],
    },
    { why: "not once it is over", at: "2026-12-02T02:00Z", merges: [], keys: [] },
    {
      why: "unless something was merged",
      at: "2026-12-02T02:00Z",
      merges: merged("2026-12-02T01:59Z"),
      keys: ["2026-12-01T22:00:00.000Z"],
    },
    {
      why: "a moment after the end too",
      at: "2026-12-03T02:00Z",
      merges: merged("2026-12-02T02:10Z"),
      keys: ["2026-12-01T22:00:00.000Z"],
    },
    { why: "not for what was merged before", at: "2026-12-03T02:00Z", merges: merged("2026-12-01T21:59Z"), keys: [] },
  ])("$why", ({ at, merges, keys }) => {
    expect(occurrencesToKeep(factsAt(at), merges).map(({ start }) => start)).toEqual(keys);
  });

  it("a window for deployments alone is announced by the default branch only", () => {
    const window = { ...upgrade, environments: ["production"] };
    const at = "2026-12-01T00:00Z";
    expect(occurrencesToKeep(factsAt(at, [window]), [])).toMatchObject([{ isForPullRequests: false }]);
    expect(occurrencesToKeep(factsAt(at, [window], { isDefaultBranch: false }), [])).toEqual([]);
  });

  it("is found again by branch, window and start", () => {
    const [record] = occurrencesToKeep(factsAt("2026-12-01T00:00Z"), []);
    expect(record && windowKey({ ...record, baseRef: "release/1" })).toBe(
      "window:db-upgrade:2026-12-01T22:00:00.000Z:release%2F1",
    );
  });
});

describe("how a window goes on", () => {
  const [planned] = occurrencesToKeep(factsAt("2026-12-01T00:00Z"), []) as [WindowRecord];
  const merge = (number: number): WindowMerge => ({
    number,
    commitSha: null,
    mergedAt: "2026-12-01T23:00:00.000Z",
    mergedBy: null,
    people: [],
  });
  const review = { verdict: "sound", lessons: "", person: { id: 1, login: "mona" }, commentId: 1, at: "" } as const;
  const validated: WindowRecord = { ...planned, phase: "validated", merges: [merge(1)], review };
  const progress = (at: string, more: Partial<Progress> = {}): Progress => ({
    kept: planned,
    planned,
    merges: [],
    isStillPlanned: true,
    now: new Date(at),
    ...more,
  });

  it.each([
    { why: "it waits for its start", is: progress("2026-12-01T21:00Z"), phase: "planned" },
    { why: "it is over, and the last merge may still be told", is: progress("2026-12-02T02:14:59Z"), phase: "planned" },
    { why: "nothing was merged", is: progress("2026-12-02T02:15Z"), phase: "unused" },
    { why: "something was merged", is: progress("2026-12-02T02:15Z", { merges: [merge(1)] }), phase: "validating" },
    {
      why: "the policy loses it before its start",
      is: progress("2026-12-01T21:00Z", { planned: null, isStillPlanned: false }),
      phase: "withdrawn",
    },
    {
      why: "the policy cannot be read",
      is: progress("2026-12-01T21:00Z", { planned: null, isStillPlanned: null }),
      phase: "planned",
    },
    {
      why: "the policy loses it after its start: what was merged is owed all the same",
      is: progress("2026-12-02T02:15Z", { planned: null, isStillPlanned: false, merges: [merge(1)] }),
      phase: "validating",
    },
    {
      why: "it was withdrawn and is planned anew",
      is: progress("2026-12-01T21:00Z", { kept: { ...planned, phase: "withdrawn" } }),
      phase: "planned",
    },
    {
      why: "it was looked over",
      is: progress("2026-12-03T00:00Z", { kept: validated, merges: [merge(1)] }),
      phase: "validated",
    },
    {
      why: "a merge is found out after that",
      is: progress("2026-12-03T00:00Z", { kept: validated, merges: [merge(1), merge(2)] }),
      phase: "validating",
    },
    {
      why: "a merge is found out after it was closed as unused",
      is: progress("2026-12-03T00:00Z", { kept: { ...planned, phase: "unused" }, merges: [merge(1)] }),
      phase: "validating",
    },
  ])("$why → $phase", ({ is, phase }) => {
    expect(advanceWindow(is)?.phase).toBe(phase);
  });

  it("forgets the review that did not see everything", () => {
    const record = advanceWindow(progress("2026-12-03T00:00Z", { kept: validated, merges: [merge(2)] }));
    expect(record).toMatchObject({ merges: [{ number: 1 }, { number: 2 }], review: null });
  });

  it("follows the policy until its start, and not after", () => {
    const longer = { ...planned, end: "2026-12-02T04:00:00.000Z" };
    expect(advanceWindow(progress("2026-12-01T21:00Z", { planned: longer }))?.end).toBe(longer.end);
    expect(advanceWindow(progress("2026-12-01T22:00Z", { planned: longer }))?.end).toBe(planned.end);
  });

  it("changes nothing at a second look, and never settles what was merged without a review", () => {
    const aMoment = fc
      .integer({ min: 0, max: 96 })
      .map((hours) => new Date(Date.parse("2026-11-30T00:00Z") + hours * hour));
    const aLook = fc.record({
      now: aMoment,
      merges: fc.subarray([merge(1), merge(2), merge(3)]),
      planned: fc.constantFrom(planned, null),
      isStillPlanned: fc.constantFrom(true, false, null),
    });
    fc.assert(
      fc.property(fc.array(aLook, { maxLength: 8 }), (looks) => {
        let kept: WindowRecord | null = null;
        for (const look of looks.sort((a, b) => a.now.getTime() - b.now.getTime())) {
          kept = advanceWindow({ ...look, kept });
          expect(advanceWindow({ ...look, kept })).toEqual(kept);
          if (kept !== null && kept.merges.length > 0)
            expect(["planned", "validating", "withdrawn"]).toContain(kept.phase);
        }
      }),
    );
  });
});

describe("when the branch is looked at again", () => {
  const daily: MaintenanceWindow = { name: "daily", cron: "0 22 * * *", duration: hour };
  it.each([
    { why: "at the announcement", at: "2026-11-20T00:00Z", windows: [upgrade], next: "2026-11-29T22:00" },
    { why: "at the start", at: "2026-11-30T00:00Z", windows: [upgrade], next: "2026-12-01T22:00" },
    { why: "at the end", at: "2026-12-01T22:00Z", windows: [upgrade], next: "2026-12-02T02:00" },
    { why: "never again", at: "2026-12-02T02:00Z", windows: [upgrade], next: null },
    { why: "at the first of several", at: "2026-11-30T00:00Z", windows: [upgrade, daily], next: "2026-11-30T22:00" },
  ])("$why", ({ at, windows, next }) => {
    expect(nextScheduleLook(factsAt(at, windows), [])?.toISOString().slice(0, 16) ?? null).toBe(next);
  });

  it("a while after the end of what has an issue", () => {
    const kept = occurrencesToKeep(factsAt("2026-12-01T00:00Z"), []);
    expect(nextScheduleLook(factsAt("2026-12-02T02:00Z"), kept)).toEqual(new Date("2026-12-02T02:15Z"));
  });

  it.each([
    { at: "2026-12-01T21:59:59Z", is: false },
    { at: "2026-12-01T22:00Z", is: true },
    { at: "2026-12-01T22:04Z", is: true },
    { at: "2026-12-01T23:00Z", is: false },
    { at: "2026-12-02T02:00Z", is: true },
    { at: "2026-12-02T02:05Z", is: false },
  ])("its pull requests too, where it has just opened or closed: $at → $is", ({ at, is }) => {
    expect(isAtEdge(factsAt(at))).toBe(is);
  });
});
