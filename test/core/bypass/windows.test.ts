import { describe, expect, it } from "vitest";
import {
  nextEnvironmentEdge,
  nextWindowEdge,
  openWindows,
  openWindowsFor,
  type WindowFacts,
  windowDigest,
  windowsOf,
} from "../../../src/core/bypass/windows.ts";
import type { ChangedFile } from "../../../src/core/snapshot.ts";
import { aFile, aSnapshot } from "../../support/builders.ts";
import { load } from "../policy/load.ts";

const upgrade = `
bypass:
  maintenance_windows:
    - { name: db-upgrade, start: "2026-12-01 22:00", end: "2026-12-02 02:00", zone: Europe/Berlin, branches: [main, "release/*"] }`;

/** 21:00 to 01:00 in UTC. */
const inside = "2026-12-01T22:30Z";

function facts({
  text = upgrade,
  at = inside,
  base = "main",
  seenOn = "main",
  since = "2026-11-20T00:00Z",
  files = [aFile("src/a.ts")],
  isCut = false,
}: {
  text?: string;
  at?: string;
  base?: string;
  seenOn?: string;
  since?: string;
  files?: ChangedFile[];
  isCut?: boolean;
}): WindowFacts {
  const loaded = load(text);
  if (loaded.kind !== "loaded") throw new Error(JSON.stringify(loaded));
  const { policy } = loaded.document;
  const incomplete = isCut ? [{ what: "files" as const, reason: "more than 3,000" }] : [];
  const windows = windowsOf(policy).map((window) => ({
    baseRef: seenOn,
    digest: windowDigest(window),
    since: new Date(since),
  }));
  const snapshot = { ...aSnapshot({ files, incomplete }), base: { ref: base, sha: "b".repeat(40) } };
  return { policy, snapshot, memory: { windows }, now: new Date(at) };
}

const on = (...keys: string[]) => `
bypass:
  maintenance_windows:
    - { name: w, start: "2026-12-01 22:00", end: "2026-12-02 02:00", zone: Europe/Berlin, ${keys.join(", ")} }`;

describe("a window opens the gate", () => {
  it.each([
    { why: "inside", is: {}, open: true },
    { why: "in the last moment before", is: { at: "2026-12-01T20:59:59.999Z" }, open: false },
    { why: "from its first moment", is: { at: "2026-12-01T21:00Z" }, open: true },
    { why: "until its last moment", is: { at: "2026-12-02T00:59:59.999Z" }, open: true },
    { why: "not at its end", is: { at: "2026-12-02T01:00Z" }, open: false },
    { why: "on another branch that it is for", is: { base: "release/1", seenOn: "release/1" }, open: true },
    { why: "not on a branch that it is not for", is: { base: "next", seenOn: "next" }, open: false },
    {
      why: "not where only another branch's policy has had it",
      is: { base: "release/1", seenOn: "main" },
      open: false,
    },
    { why: "where it was written at the moment of its start", is: { since: "2026-12-01T21:00Z" }, open: true },
    { why: "not where it was written a moment later", is: { since: "2026-12-01T21:00:00.001Z" }, open: false },
    {
      why: "for a change within its paths",
      is: { text: on('paths: ["db/**"]'), files: [aFile("db/a.sql")] },
      open: true,
    },
    {
      why: "not for a change that also touches something else",
      is: { text: on('paths: ["db/**"]'), files: [aFile("db/a.sql"), aFile("src/a.ts")] },
      open: false,
    },
    {
      why: "not for a file that was brought in from elsewhere",
      is: {
        text: on('paths: ["db/**"]'),
        files: [aFile("db/a.sql", { previousPath: "src/a.sql", status: "renamed" })],
      },
      open: false,
    },
    {
      why: "not where some files are not known",
      is: { text: on('paths: ["db/**"]'), files: [aFile("db/a.sql")], isCut: true },
      open: false,
    },
    {
      why: "not for a change without files, where it is for some",
      is: { text: on('paths: ["db/**"]'), files: [] },
      open: false,
    },
    { why: "not where it is for environments alone", is: { text: on("environments: [production]") }, open: false },
    {
      why: "where it is for environments and branches",
      is: { text: on("environments: [production]", "branches: [main]") },
      open: true,
    },
  ])("$why", ({ is, open }) => {
    expect(openWindows(facts(is)).length > 0).toBe(open);
  });

  it("names itself, its end, and what it opens", () => {
    const until = new Date("2026-12-02T01:00Z");
    expect(openWindows(facts({}))).toEqual([{ opening: { kind: "window", name: "db-upgrade", until }, scope: "all" }]);
    const scoped = facts({ text: `${on("checkpoints: [slow]")}\ncheckpoints: { slow: { approver: peer } }` });
    expect(openWindows(scoped)).toMatchObject([{ scope: ["slow"] }]);
  });

  it("for each occurrence of a schedule by itself: one that began before it was written stays closed, the next opens", () => {
    const text = "\nbypass: { maintenance_windows: [{ name: weekly, cron: 0 22 * * SUN, duration: 2h }] }";
    const since = "2026-11-29T22:30Z";
    expect(openWindows(facts({ text, since, at: "2026-11-29T23:00Z" }))).toEqual([]);
    expect(openWindows(facts({ text, since, at: "2026-12-06T23:00Z" }))).toHaveLength(1);
  });

  it("is another window once a word of it has changed", () => {
    const [before] = windowsOf(facts({}).policy);
    const [after] = windowsOf(facts({ text: upgrade.replace("02:00", "02:30") }).policy);
    const [same] = windowsOf(facts({ text: `${upgrade}  # agreed with the operators` }).policy);
    if (!before || !after || !same) throw new Error("No windows");
    expect(windowDigest(after)).not.toBe(windowDigest(before));
    expect(windowDigest(same)).toBe(windowDigest(before));
  });

  it("several are open together, and the first to close is told, or a while after the next start", () => {
    const text = `${upgrade}
    - { name: weekly, cron: 0 22 * * TUE, duration: 2h }`;
    const both = facts({ text });
    expect(openWindows(both).map(({ opening }) => opening.kind === "window" && opening.name)).toEqual([
      "db-upgrade",
      "weekly",
    ]);
    expect(nextWindowEdge(both)).toEqual(new Date("2026-12-02T00:00Z"));
    expect(nextWindowEdge(facts({ at: "2026-12-01T20:00Z" }))).toEqual(new Date("2026-12-01T21:10Z"));
    expect(nextWindowEdge(facts({ at: "2026-12-01T21:05Z", since: "2026-12-01T21:01Z" }))).toEqual(
      new Date("2026-12-01T21:10Z"),
    );
    expect(nextWindowEdge(facts({ at: "2026-12-02T01:00Z" }))).toBeNull();
    expect(nextWindowEdge(facts({ at: "2026-12-01T20:00Z", base: "next", seenOn: "next" }))).toBeNull();
  });
});

describe("a window for deployments", () => {
  it.each([
    { keys: 'environments: ["prod*"]', environment: "production", open: true },
    { keys: "environments: [production]", environment: "Production", open: false },
    { keys: "environments: [production]", environment: "staging", open: false },
    { keys: "branches: [main]", environment: "production", open: false },
  ])("$keys: $environment → $open", ({ keys, environment, open }) => {
    const { policy, memory, now } = facts({ text: on(keys) });
    const windows = openWindowsFor(environment, { policy, baseRef: "main", windows: memory.windows, now });
    expect(windows).toEqual(open ? [{ name: "w", until: new Date("2026-12-02T01:00Z") }] : []);
  });

  it.each([
    { name: "before it", keys: "environments: [production]", at: "2026-12-01T20:00Z", edge: "2026-12-01T21:00Z" },
    { name: "within it", keys: "environments: [production]", at: "2026-12-01T22:00Z", edge: "2026-12-02T01:00Z" },
    { name: "after it", keys: "environments: [production]", at: "2026-12-02T01:00Z", edge: null },
    { name: "for another", keys: "environments: [staging]", at: "2026-12-01T20:00Z", edge: null },
    { name: "for pull requests", keys: "branches: [main]", at: "2026-12-01T20:00Z", edge: null },
  ])("$name the next edge is $edge", ({ keys, at, edge }) => {
    const { policy, memory, now } = facts({ text: on(keys), at });
    const next = nextEnvironmentEdge("production", { policy, baseRef: "main", windows: memory.windows, now });
    expect(next).toEqual(edge === null ? null : new Date(edge));
  });
});
