/** `holdpoint check` from nothing: a new process on a small change of a small clone. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ms, printTable } from "./support/figures.ts";

const program = fileURLToPath(new URL("../bin/holdpoint.mjs", import.meta.url));
const rounds = 15;

export async function run(): Promise<void> {
  const repo = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  try {
    createClone(repo);
    const check = () => timed([program, "check", "--repo", repo, "--base", "HEAD~1", "--head", "HEAD", "--json"]);
    const bare = () => timed(["--eval", "0"]);
    check(); // Fills the compile cache, as the first run after an update does.
    const times = Array.from({ length: rounds }, check);
    const empty = Array.from({ length: rounds }, bare);
    printTable(
      ["command", "median", "fastest", "slowest"],
      [
        ["holdpoint check", ms(median(times)), ms(Math.min(...times)), ms(Math.max(...times))],
        ["node --eval 0, for comparison", ms(median(empty)), ms(Math.min(...empty)), ms(Math.max(...empty))],
      ],
    );
  } finally {
    rmSync(repo, { recursive: true, force: true });
  }
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
