/** A real git repository in a directory of its own. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Text or bytes; a link; an executable; `null` to remove. */
export type Entry = string | Buffer | { link: string } | { executable: string } | null;

export interface GitRepository {
  directory: string;
  git(...args: string[]): string;
  write(files: Record<string, Entry>): void;
  /** Writes, adds everything and commits. @returns the commit's id */
  commit(files: Record<string, Entry>, message?: string): string;
  remove(): void;
}

export function aGitRepository(): GitRepository {
  const directory = mkdtempSync(join(tmpdir(), "holdpoint-git-"));
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Maria",
    GIT_AUTHOR_EMAIL: "maria@example.com",
    GIT_COMMITTER_NAME: "Maria",
    GIT_COMMITTER_EMAIL: "maria@example.com",
  };
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: directory, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  git("init", "--quiet", "--initial-branch=main");
  const write = (files: Record<string, Entry>) => {
    for (const [path, entry] of Object.entries(files)) writeEntry(join(directory, path), entry);
  };
  return {
    directory,
    git,
    write,
    commit: (files, message = "change") => {
      write(files);
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function writeEntry(path: string, entry: Entry): void {
  rmSync(path, { force: true });
  if (entry === null) return;
  mkdirSync(dirname(path), { recursive: true });
  if (typeof entry === "string" || Buffer.isBuffer(entry)) writeFileSync(path, entry);
  else if ("link" in entry) symlinkSync(entry.link, path);
  else {
    writeFileSync(path, entry.executable);
    chmodSync(path, 0o755);
  }
}
