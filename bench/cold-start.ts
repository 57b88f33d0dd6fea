/** `holdpoint check` from nothing: a new process on a small change of a small clone, from the sources and from the npm package. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPackage } from "../scripts/build-package.ts";
import { median, ms, printTable } from "./support/figures.ts";

const program = fileURLToPath(new URL("../bin/holdpoint.mjs", import.meta.url));
const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = 15;

export async function run(): Promise<void> {
  const repo = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  const installed = mkdtempSync(join(tmpdir(), "holdpoint-bench-package-"));
  try {
    createClone(repo);
    const packed = await install(installed);
    const check = ["check", "--repo", repo, "--base", "HEAD~1", "--head", "HEAD", "--json"];
    printTable(
      ["command", "median", "fastest", "slowest"],
      [
        row("holdpoint check, from the sources", [program, ...check]),
        row("holdpoint check, from the npm package", [packed, ...check]),
        row("holdpoint --help, from the sources", [program, "--help"]),
        row("holdpoint --help, from the npm package", [packed, "--help"]),
        row("node --eval 0, for comparison", ["--eval", "0"]),
      ],
    );
  } finally {
    for (const folder of [repo, installed]) rmSync(folder, { recursive: true, force: true });
  }
}

function row(name: string, args: readonly string[]): string[] {
  timed(args); // Fills the compile cache, as the first run after an update does.
  const times = Array.from({ length: rounds }, () => timed(args));
  return [name, ms(median(times)), ms(Math.min(...times)), ms(Math.max(...times))];
}

/** As npm lays it out: the package, and beside it the one that it depends on. @returns its program */
async function install(folder: string): Promise<string> {
  const modules = join(folder, "node_modules");
  await buildPackage(join(modules, "holdpoint"));
  for (const name of ["oxc-parser", "@oxc-parser"]) symlinkSync(join(root, "node_modules", name), join(modules, name));
  return join(modules, "holdpoint/bin/holdpoint.mjs");
}

function timed(args: readonly string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}

function createClone(repo: string): void {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=maria", "-c", "user.email=maria@example.com", ...args], { cwd: repo });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  };
  git("init", "--quiet", "--initial-branch=main");
  write(".github/checkpoints.yml", "version: 1\n");
  write("src/list.ts", "export const list = [1, 2, 3];\n");
  git("add", ".");
  git("commit", "--quiet", "--message", "Start");
  write("src/list.ts", "export const list = [1, 2, 3, 4];\n");
  git("commit", "--quiet", "--all", "--message", "Count on");
}
