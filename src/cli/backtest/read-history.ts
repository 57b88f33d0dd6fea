/** The changes that came onto a branch of a clone, as merges, squashed pull requests or, where asked for, any commit. */

import { commitFormat } from "../git/commit-record.ts";
import { GitError } from "../git/git-error.ts";
import { isShallow, readRepositoryName, resolveRevision, shallowHint } from "../git/read-range.ts";
import type { Git } from "../git/run-git.ts";
import { type CloneCommit, isAutomated, parseCloneCommit } from "./clone-commit.ts";
import type { CloneMerge, CloneRepository } from "./clone-merge.ts";
import { type MergeMessage, parseMergeMessage, parseSquashMessage, squashedMessages } from "./merge-message.ts";
import { readBranchCommits } from "./read-merged-commits.ts";
import { type GitPlace, nulEnd, streamRecords } from "./stream-records.ts";

export interface HistoryOptions {
  /** A branch or commit; left out: the remote's default branch, else what is checked out. */
  branch?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  /** Most changes. */
  last: number;
  /** Also commits that came onto the branch without a merge and without a number. */
  withCommits: boolean;
  withoutBots: boolean;
}

export interface CloneHistory {
  repository: CloneRepository;
  tip: string;
  /** Oldest first. */
  merges: CloneMerge[];
  /** Whatever else came onto the branch since the first of them, oldest first: only looked at for what became of the others. */
  others: CloneMerge[];
  /** Commits that were passed over because they name no pull request. */
  skipped: number;
  /** The moment of the newest commit. */
  until: Date;
  isShallow: boolean;
}

/** @throws {GitError} when there is nothing to look at */
export async function readHistory(git: Git, place: GitPlace, options: HistoryOptions): Promise<CloneHistory> {
  const tip = await resolveRevision(git, options.branch ?? (await defaultBranch(git)));
  const [named, shallow] = await Promise.all([readRepositoryName(git, place.directory), isShallow(git)]);
  const repository = { ...named, branch: tip.ref };
  const found = await walk(place, tip.sha, repository, options);
  if (found.merges.length === 0) throw new GitError(nothingFound(tip.ref, found.seen, options, shallow));
  await addMergedCommits(place, found.merges, tip.sha);
  const merges = found.merges.reverse();
  const oldest = merges[0]?.mergedAt.getTime() ?? 0;
  return {
    repository,
    tip: tip.sha,
    merges,
    others: found.others.reverse().filter(({ mergedAt }) => mergedAt.getTime() >= oldest),
    skipped: found.skipped,
    until: found.until,
    isShallow: shallow,
  };
}

async function defaultBranch(git: Git): Promise<string> {
  const remote = await git.text(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]).catch(() => "");
  return remote.trim() || "HEAD";
}

interface Walked {
  /** Newest first. */
  merges: CloneMerge[];
  others: CloneMerge[];
  skipped: number;
  seen: number;
  until: Date;
}

async function walk(
  place: GitPlace,
  tip: string,
  repository: CloneRepository,
  options: HistoryOptions,
): Promise<Walked> {
  const walked: Walked = { merges: [], others: [], skipped: 0, seen: 0, until: new Date(0) };
  const ids = new Set<string>();
  const args = [
    "log",
    "-z",
    "--first-parent",
    "--no-show-signature",
    "--encoding=UTF-8",
    `--format=${commitFormat}`,
    tip,
    "--",
  ];
  for await (const record of streamRecords(place, args, { findEnd: nulEnd })) {
    const commit = parseCloneCommit(record.toString("utf8"));
    if (walked.seen === 0) walked.until = commit.committedAt;
    // Clocks differ from machine to machine: a day of grace before what is older ends the walk.
    if (options.since && commit.committedAt.getTime() < options.since.getTime() - 86_400_000) break;
    walked.seen += 1;
    if (commit.parents.length === 0) continue; // Nothing to compare it with: the first commit, or where a shallow clone ends.
    const merge = toMerge(commit, -walked.seen, { repository, withCommits: options.withCommits });
    if (merge === null) walked.skipped += 1;
    // A number that comes twice, as after a revert of a revert by hand, is told apart by its commit.
    const known = merge && ids.has(merge.id) ? { ...merge, id: commit.sha.slice(0, 10) } : merge;
    if (known) ids.add(known.id);
    if (known && isWanted(known, options)) walked.merges.push(known);
    else walked.others.push(known ?? plainCommit(commit, -walked.seen));
    if (walked.merges.length >= options.last) break;
  }
  return walked;
}

function isWanted({ mergedAt, author }: CloneMerge, { since, until, withoutBots }: HistoryOptions): boolean {
  if (since && mergedAt < since) return false;
  if (until && mergedAt > until) return false;
  return !(withoutBots && isAutomated(author));
}

function toMerge(
  commit: CloneCommit,
  position: number,
  { repository, withCommits }: { repository: CloneRepository; withCommits: boolean },
): CloneMerge | null {
  const isMerge = commit.parents.length > 1;
  const said = isMerge ? parseMergeMessage(commit.message) : parseSquashMessage(commit.message);
  if (said === null) return withCommits && !isMerge ? plainCommit(commit, position) : null;
  const plain = plainCommit(commit, position);
  return {
    ...plain,
    ...told(said, repository),
    ...(isMerge ? {} : unsquashed(plain, said.body)),
    id: said.id ?? commit.sha.slice(0, 10),
    kind: isMerge ? "merge" : "squash",
  };
}

/** What was squashed came with messages of its own, which are no description. */
function unsquashed({ commits: [only] }: CloneMerge, body: string): Partial<CloneMerge> {
  const messages = squashedMessages(body);
  return only && messages ? { body: "", commits: messages.map((message) => ({ ...only, message })) } : {};
}

function told({ title, body, headRef, headOwner }: MergeMessage, { owner }: CloneRepository) {
  const isFork = headOwner !== null && owner !== "local" && headOwner.toLowerCase() !== owner.toLowerCase();
  return { title, body, headRef, isFork };
}

function plainCommit(commit: CloneCommit, position: number): CloneMerge {
  const [title = "", ...body] = commit.message.split("\n");
  const { committedAt, ...only } = commit;
  return {
    id: commit.sha.slice(0, 10),
    sha: commit.sha,
    parent: commit.parents[0] ?? "",
    kind: "squash",
    title,
    body: body.join("\n").trim(),
    author: commit.author,
    headRef: null,
    isFork: false,
    mergedAt: committedAt,
    position,
    commits: [only],
  };
}

/** What the merges brought: the clone still has it. */
async function addMergedCommits(place: GitPlace, merges: CloneMerge[], tip: string): Promise<void> {
  const real = merges.filter(({ kind }) => kind === "merge");
  const oldest = merges.at(-1);
  if (real.length === 0 || !oldest) return;
  const brought = await readBranchCommits(place, { from: oldest.parent, tip, merges: real.map(({ sha }) => sha) });
  for (const merge of real) {
    const commits = brought.get(merge.sha) ?? [];
    if (commits.length === 0) continue;
    merge.commits = commits;
    // The branch's own author: the commit that merges may be somebody else's.
    merge.author = commits.findLast(({ parents }) => parents.length < 2)?.author ?? merge.author;
  }
}

function nothingFound(
  ref: string,
  seen: number,
  { since, until, withCommits }: HistoryOptions,
  shallow: boolean,
): string {
  if (shallow) return `No merged change stands in what this clone has of ${ref}.${shallowHint}`;
  if (since || until) return `Nothing was merged into ${ref} in that time, as far as this clone knows.`;
  if (seen === 0 || withCommits) return `Nothing was merged into ${ref}: it has ${seen} commits.`;
  return `None of the ${seen} commits of ${ref} is a merge or ends with a pull request's number. To count every commit as a change, add --commits.`;
}
