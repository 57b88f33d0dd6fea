/** Which commits a local check is about: base, head, and where they parted. */

import { stat } from "node:fs/promises";
import { GitError } from "./git-error.ts";
import { type Git, gitIn } from "./run-git.ts";

export interface Range {
  git: Git;
  base: { ref: string; sha: string };
  head: { ref: string; sha: string };
  /** What the change is compared with: the newest commit that both sides share. */
  mergeBase: string;
  repository: { owner: string; name: string };
}

/** @throws {GitError} when the directory is no repository, a revision does not exist, or the two share no history */
export async function readRange(
  directory: string,
  env: NodeJS.ProcessEnv,
  baseRevision: string,
  headRevision: string,
): Promise<Range> {
  const git = await openRepository(directory, env);
  const [base, head] = await Promise.all([resolveRevision(git, baseRevision), resolveRevision(git, headRevision)]);
  const [mergeBase, repository] = await Promise.all([
    findMergeBase(git, base, head),
    readRepositoryName(git, directory),
  ]);
  return { git, base, head, mergeBase, repository };
}

/** @throws {GitError} when the directory is no repository that git reads */
export async function openRepository(directory: string, env: NodeJS.ProcessEnv): Promise<Git> {
  const found = await stat(directory).catch(() => null);
  if (!found) throw new GitError(`There is no directory ${directory}.`);
  if (!found.isDirectory()) throw new GitError(`${directory} is not a directory.`);
  const git = gitIn(directory, env);
  await git.run(["rev-parse", "--git-dir"]).catch((error: GitError) => {
    throw new GitError(notARepository(directory, error.message));
  });
  return git;
}

function notARepository(directory: string, complaint: string): string {
  if (complaint.includes("dubious ownership")) {
    return `${directory} belongs to another user, so git refuses it. Allow it with: git config --global --add safe.directory <path>`;
  }
  return complaint.includes("not a git repository")
    ? `${directory} is not a git repository.`
    : `git cannot read ${directory}: ${complaint}`;
}

/** The commit that a revision names, and the branch or tag where it is one. */
export async function resolveRevision(git: Git, revision: string): Promise<{ ref: string; sha: string }> {
  // A revision that starts with a dash would be an option.
  if (revision.startsWith("-") || revision === "") throw new GitError(`"${revision}" is not a revision.`);
  const sha = await git
    .text(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`])
    .then((text) => text.trim())
    .catch(() => "");
  if (!/^[0-9a-f]{40,64}$/.test(sha)) {
    throw new GitError(`There is no commit "${revision}" in this repository.${await hintFor(git, revision)}`);
  }
  const full = await git.text(["rev-parse", "--symbolic-full-name", "--end-of-options", revision]).catch(() => "");
  const name = full.trim().split("\n").at(-1) ?? "";
  const branch = /^refs\/(?:heads|tags|remotes\/[^/]+)\/(.+)$/.exec(name)?.[1];
  return { ref: branch ?? revision, sha };
}

async function findMergeBase(
  git: Git,
  base: { ref: string; sha: string },
  head: { ref: string; sha: string },
): Promise<string> {
  const found = await git.text(["merge-base", base.sha, head.sha]).catch(() => "");
  if (found.trim() !== "") return found.trim();
  const hint = (await isShallow(git)) ? shallowHint : "";
  throw new GitError(`${base.ref} and ${head.ref} share no history here, so there is nothing to compare.${hint}`);
}

export const shallowHint =
  " This clone is shallow: in a workflow, check out with `fetch-depth: 0`; elsewhere, fetch the rest with: git fetch --unshallow";

/** What else could have been meant: a branch that only the remote has, as in most clones that a workflow makes. */
async function hintFor(git: Git, revision: string): Promise<string> {
  const has = async (name: string) =>
    (await git.text(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]).catch(() => "")) !==
    "";
  if (await has(`refs/remotes/origin/${revision}`)) return ` There is origin/${revision}.`;
  if (await isShallow(git)) return shallowHint;
  const commits = await git.text(["rev-list", "--all", "--max-count=1"]).catch(() => "");
  return commits.trim() === "" ? " It has no commits yet." : "";
}

export async function isShallow(git: Git): Promise<boolean> {
  return (await git.text(["rev-parse", "--is-shallow-repository"]).catch(() => "")).trim() === "true";
}

/** From the address of `origin`; a clone without one goes by its directory. */
export async function readRepositoryName(git: Git, directory: string): Promise<{ owner: string; name: string }> {
  const url = (await git.text(["config", "--get", "remote.origin.url"]).catch(() => "")).trim();
  const match = /[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url);
  if (/^[a-z+]+:\/\/|^[\w.-]+@/.test(url) && match?.[1] && match[2]) return { owner: match[1], name: match[2] };
  return {
    owner: "local",
    name:
      directory
        .split(/[\\/]/)
        .filter((part) => part !== "" && part !== ".")
        .at(-1) ?? "repository",
  };
}
