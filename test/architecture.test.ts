/** Holds the walls between the rooms of src/ and action/; the table is in support/rooms.ts. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rooms } from "./support/rooms.ts";
import { findBreaches, linesMax, type SourceFile } from "./support/walls.ts";

const root = join(import.meta.dirname, "..");

it("finds no breach in src/ and action/", { timeout: 120_000 }, () => {
  expect(findBreaches(readSources())).toEqual([]);
});

it("names each room once", () => {
  const names = rooms.map((room) => room.of);
  expect(new Set(names).size).toBe(names.length);
});

it.each([
  {
    path: "src/core/gate/a.ts",
    text: 'import { readFileSync } from "node:fs";',
    says: ["src/core/gate/a.ts:1 imports node:fs"],
  },
  {
    path: "src/core/a.ts",
    text: '\nimport { randomUUID } from "node:crypto";',
    says: ["src/core/a.ts:2 imports node:crypto"],
  },
  { path: "src/core/a.ts", text: 'import { createHash } from "node:crypto";', says: [] },
  { path: "src/core/a.ts", text: 'import { Octokit } from "@octokit/rest";', says: ["Octokit belongs to github/"] },
  { path: "src/core/a.ts", text: 'import pg from "pg";', says: ["SQL belongs to store/"] },
  { path: "src/core/a.ts", text: 'import type pg from "pg";', says: ["SQL belongs to store/"] },
  { path: "src/core/a.ts", text: 'const pg = await import("pg");', says: ["SQL belongs to store/"] },
  { path: "src/core/a.ts", text: 'import leftPad from "left-pad";', says: ["may import these packages alone"] },
  {
    path: "src/core/policy/a.ts",
    text: 'import { decide } from "../gate/decide.ts";',
    says: ["imports ../gate/decide.ts"],
  },
  {
    path: "src/core/policy/a.ts",
    text: 'export { decide } from "../gate/decide.ts";',
    says: ["imports ../gate/decide.ts"],
  },
  {
    path: "src/core/policy/a.ts",
    text: 'import type { Verdict } from "../gate/verdict.ts";',
    says: ["imports ../gate/verdict.ts"],
  },
  { path: "src/core/policy/a.ts", text: 'import type { Finding } from "../findings/finding.ts";', says: [] },
  {
    path: "src/core/findings/a.ts",
    text: 'import { renderCheck } from "../report/render-check.ts";',
    says: ["imports ../report/"],
  },
  {
    path: "src/core/gate/a.ts",
    text: 'import { renderCheck } from "../report/render-check.ts";',
    says: ["is core/report's"],
  },
  { path: "src/core/report/a.ts", text: 'import { codes } from "../gate/codes.ts";', says: [] },
  {
    path: "src/core/a.ts",
    text: 'import { createGithub } from "../github/github.ts";',
    says: ["imports ../github/github.ts"],
  },
  {
    path: "src/github/a.ts",
    text: 'import { openStore } from "../store/store.ts";',
    says: ["src/github/a.ts:1 imports ../store/store.ts"],
  },
  {
    path: "src/store/a.ts",
    text: 'import { createGithub } from "../github/github.ts";',
    says: ["src/store/a.ts:1 imports ../github/github.ts"],
  },
  {
    path: "src/notify/a.ts",
    text: 'import { openStore } from "../store/store.ts";',
    says: ["src/notify/a.ts:1 imports ../store/store.ts"],
  },
  { path: "src/store/a.ts", text: 'import type { StorePort } from "../handlers/store-port.ts";', says: [] },
  {
    path: "src/store/a.ts",
    text: 'import { routes } from "../handlers/routes.ts";',
    says: ["imports ../handlers/routes.ts"],
  },
  { path: "src/handlers/a.ts", text: 'import { openStore } from "../store/store.ts";', says: ["through the ports"] },
  {
    path: "src/handlers/a.ts",
    text: 'import { readFile } from "node:fs/promises";',
    says: ["imports node:fs/promises"],
  },
  { path: "src/web/a.ts", text: 'import { openStore } from "../store/store.ts";', says: ["imports ../store/store.ts"] },
  { path: "src/web/a.ts", text: 'import { run } from "../cli/main.ts";', says: ["imports ../cli/main.ts"] },
  { path: "action/a.ts", text: 'import { decide } from "../src/core/gate/decide.ts";', says: [] },
  {
    path: "action/gate/a.ts",
    text: 'import { openStore } from "../../src/store/store.ts";',
    says: ["action/gate/a.ts:1 imports ../../src/store/store.ts"],
  },
  { path: "action/a.ts", text: 'import { Probot } from "probot";', says: ["Octokit belongs to github/"] },
  { path: "src/web/a.ts", text: 'import { setFailed } from "@actions/core";', says: ["belongs to action/"] },
  { path: "src/sandbox/a.ts", text: 'import { codes } from "../core/gate/codes.ts";', says: ["knows GitHub alone"] },
  {
    path: "src/app.ts",
    text: 'import { startSandbox } from "./sandbox/main.ts";',
    says: ["imports ./sandbox/main.ts"],
  },
  { path: "src/new-room/a.ts", text: "", says: ["is in no room"] },
  { path: "src/core/a.ts", text: "const at = Date.now();", says: ["uses Date.now()"] },
  { path: "src/core/a.ts", text: "const at = new Date();", says: ["uses new Date() without an argument"] },
  { path: "src/core/a.ts", text: "const at = new Date(0);", says: [] },
  { path: "src/core/a.ts", text: "const dice = Math.random();", says: ["uses Math.random()"] },
  { path: "src/core/a.ts", text: "\n\nconst home = process.env.HOME;", says: ["src/core/a.ts:3 uses process"] },
  { path: "src/core/a.ts", text: "const steps = workflow.process.length;", says: [] },
  { path: "src/core/a.ts", text: "setTimeout(() => {}, 1);", says: ["uses a timer"] },
  { path: "src/store/a.ts", text: "const at = Date.now();", says: [] },
] satisfies (SourceFile & { says: string[] })[])("$path with $text → $says", ({ path, text, says }) => {
  const breaches = findBreaches([{ path, text }]);
  expect(breaches).toEqual(says.map((part) => expect.stringContaining(part)));
});

it("asks for a new room above the line limit, not at it", () => {
  const ofLines = (lines: number) => [{ path: "src/core/a.ts", text: "// a line\n".repeat(lines) }];
  expect(findBreaches(ofLines(linesMax))).toEqual([]);
  expect(findBreaches(ofLines(linesMax + 1))).toEqual([expect.stringContaining("has 301 lines")]);
});

it("tells an import cycle with every file in it, but not one of types alone", () => {
  const ring = (kind: string): SourceFile[] => [
    { path: "src/core/a.ts", text: 'import { b } from "./b.ts";' },
    { path: "src/core/b.ts", text: 'import { c } from "./c.ts";' },
    { path: "src/core/c.ts", text: `${kind} { a } from "./a.ts";` },
  ];
  expect(findBreaches(ring("import"))).toEqual([
    "import cycle: src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts",
  ]);
  expect(findBreaches(ring("import type"))).toEqual([]);
});

it("tells a knot of several cycles once", () => {
  const knot = [
    { path: "src/core/a.ts", text: 'import { b } from "./b.ts";\nimport { c } from "./c.ts";' },
    { path: "src/core/b.ts", text: 'import { a } from "./a.ts";' },
    { path: "src/core/c.ts", text: 'import { a } from "./a.ts";' },
  ];
  expect(findBreaches(knot)).toEqual([
    "import cycle: src/core/a.ts → src/core/b.ts → src/core/a.ts (and with them src/core/c.ts)",
  ]);
});

/** Our own sources; what was generated or taken over as it is (`vendor/`) is not held to them. */
function readSources(): SourceFile[] {
  return ["src", "action"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (path) => `${folder}/${path.replaceAll("\\", "/")}`,
      ),
    )
    .filter((path) => path.endsWith(".ts") && !path.includes("/vendor/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
