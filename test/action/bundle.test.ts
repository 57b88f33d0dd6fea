/** The committed bundle of the Action is what its sources make, byte for byte, and small enough to be fetched by every job. */

import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it, onTestFinished } from "vitest";

const root = join(import.meta.dirname, "../..");
const committed = join(root, "action/dist");
const packages = join(realpathSync(join(root, "node_modules/zod")), "../..");
let names: string[] = [];

beforeAll(async () => {
  names = (await readdir(committed)).sort();
});

it("is what `npm run build:action` writes now", { timeout: 180_000 }, async () => {
  const built = await mkdtemp(join(tmpdir(), "dist-"));
  onTestFinished(() => rm(built, { recursive: true, force: true }));
  await promisify(execFile)(process.execPath, [join(root, "scripts/build-action.ts"), built], { cwd: tmpdir() });
  expect((await readdir(built)).sort()).toEqual(names);
  for (const name of names) {
    const [was, is] = await Promise.all([readFile(join(committed, name)), readFile(join(built, name))]);
    expect(was.equals(is), `${name} is older than its sources: run npm run build:action and commit action/dist`).toBe(
      true,
    );
  }
});

it("names no folder of the machine that built it", async () => {
  for (const name of names.filter((one) => one.endsWith(".mjs"))) {
    const text = await readFile(join(committed, name), "utf8");
    expect(text.includes(root), name).toBe(false);
    expect(text.includes(packages), name).toBe(false);
  }
});

it("starts with less than 3 MB of code, and has at most 10 MB with every parser", async () => {
  const sizes = await Promise.all(
    names.map(async (name) => ({ name, size: (await stat(join(committed, name))).size })),
  );
  const sum = (of: typeof sizes) => of.reduce((total, { size }) => total + size, 0);
  expect(sum(sizes.filter(({ name }) => name.endsWith(".mjs")))).toBeLessThan(3_000_000);
  expect(sum(sizes)).toBeLessThan(10_000_000);
});

it("loads nothing that is not beside it or part of Node", async () => {
  for (const name of names.filter((one) => one.endsWith(".mjs"))) {
    const text = await readFile(join(committed, name), "utf8");
    const specifiers = [...text.matchAll(/(?:^|[;}\n])import(?:[^"'();]*from)?["']([^"']+)["']/g)].map(
      ([, from]) => from ?? "",
    );
    const dynamic = [...text.matchAll(/\bimport\(["'`]([^"'`]+)["'`]\)/g)].map(([, from]) => from ?? "");
    for (const from of [...specifiers, ...dynamic]) {
      expect(
        from.startsWith("node:") || names.includes(from.replace(/^\.\//, "")) || isBuiltin(from),
        `${name}: ${from}`,
      ).toBe(true);
    }
  }
});

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}
