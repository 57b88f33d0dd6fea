import { describe, expect, it } from "vitest";
import type { ScanAlert } from "../../../src/sandbox/state/repository.ts";
import { aStage } from "../stage.ts";

const anAlert = (number: number, more: Partial<ScanAlert> = {}): ScanAlert => ({
  number,
  tool: "CodeQL",
  rule: "js/path-injection",
  description: "A path from outside",
  message: "It depends on a value from outside.",
  severity: "high",
  state: "open",
  path: "src/list.ts",
  line: 1,
  ...more,
});

async function read(found: Record<string, ScanAlert[]> | null) {
  await using stage = await aStage();
  const files = { "src/list.ts": "export const list = [1];\n" };
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files });
  pull.repository.codeScanning = found === null ? null : new Map(Object.entries(found));
  const where = { baseRef: "main", paths: new Set(["src/list.ts"]) };
  const alerts = await stage.github.readCodeScanningAlerts(stage.subject(pull.number), where);
  return { alerts, requests: stage.asked().length };
}

describe("readCodeScanningAlerts", () => {
  it("brings what is open at the pull request in changed files, and what of it the base branch has", async () => {
    const found = [anAlert(1), anAlert(2), anAlert(3, { state: "dismissed" }), anAlert(4, { path: "src/other.ts" })];
    const { alerts, requests } = await read({ "refs/pull/1/merge": found, "refs/heads/main": [anAlert(2)] });
    const value = alerts.kind === "read" ? alerts.value : [];
    expect(value.map(({ number, isOnBase }) => [number, isOnBase])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(value[0]).toMatchObject({
      ...{ tool: "CodeQL", rule: "js/path-injection", severity: "high", path: "src/list.ts", startLine: 1, endLine: 1 },
      ...{ message: "It depends on a value from outside.", url: expect.stringContaining("/security/code-scanning/1") },
    });
    expect(requests).toBe(2);
  });

  it("spares the second request where nothing was found in changed files", async () => {
    expect(await read({ "refs/pull/1/merge": [anAlert(4, { path: "src/other.ts" })] })).toEqual({
      alerts: { kind: "read", value: [] },
      requests: 1,
    });
  });

  it("says where it could not tell what the base branch has", async () => {
    const { alerts } = await read({ "refs/pull/1/merge": [anAlert(1)] });
    expect(alerts).toMatchObject({ kind: "read", value: [{ number: 1, isOnBase: null }] });
  });

  it("reads on where there are more than a page holds", async () => {
    const many = Array.from({ length: 101 }, (_, at) => anAlert(at + 1));
    const { alerts, requests } = await read({ "refs/pull/1/merge": many, "refs/heads/main": [] });
    expect(alerts.kind === "read" && alerts.value.length).toBe(101);
    expect(requests).toBe(3);
  });

  it.each<{ name: string; found: Record<string, ScanAlert[]> | null; reason: string }>([
    { name: "code scanning is off", found: null, reason: "GitHub answered 403" },
    { name: "the pull request was not scanned", found: {}, reason: "GitHub answered 404" },
    {
      name: "there are too many",
      found: { "refs/pull/1/merge": Array.from({ length: 1_000 }, (_, at) => anAlert(at + 1)) },
      reason: "there are more than 1000 alerts",
    },
  ])("says why it could not read: $name", async ({ found, reason }) => {
    expect((await read(found)).alerts).toEqual({ kind: "unreadable", reason });
  });
});
