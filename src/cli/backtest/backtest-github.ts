/** Replays the history that GitHub has: with the reviews, labels and comments of then, and the teams of today. */

import { type Backtest, makeBacktest } from "../../core/backtest/backtest.ts";
import type { HistoricChange } from "../../core/backtest/historic-change.ts";
import { type LaterChange, touchedLines } from "../../core/backtest/later-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import { looksAtChecks } from "../../core/policy/looks-at.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import { count } from "../../core/report/telling.ts";
import type { PullRequestSubject, RepositoryRef } from "../../core/subject.ts";
import { isGithubError } from "../../github/errors.ts";
import { createGithub, type Github } from "../../github/github.ts";
import type { MergedChange } from "../../github/read/map-merged.ts";
import { BudgetLeft, type MergedHistory } from "../../github/read/merged-changes.ts";
import type { Io } from "../io.ts";
import { githubAccess, repositoryOf } from "../people/github-access.ts";
import { policyPath } from "../policy-path.ts";
import { progress } from "../progress.ts";
import { UsageError } from "../usage-error.ts";
import { type BacktestPolicy, loadBacktestPolicy, type PolicyPlace } from "./load-backtest-policy.ts";
import { type BacktestOptions, type Prepared, printBroken } from "./prepare-backtest.ts";
import { replayMerged } from "./replay-merged.ts";

export interface GithubBacktestOptions extends BacktestOptions {
  /** `owner/name` */
  github: string;
  maxRequests: number;
}

/** So long may reading take, whatever the requests. */
const timeMax = 3_600_000;

/** So many changes at once: the latency of one hides behind the others. */
const atOnce = 4;

/** @throws {UsageError} without a token or a name. @throws {GithubError} when GitHub fails */
export async function prepareGithubBacktest(options: GithubBacktestOptions, io: Io): Promise<Prepared> {
  const github = createGithub(...githubAccess(io.env));
  const { owner, name } = await repositoryOf(options.github, ".");
  const place = policiesOnGithub(github, { owner, name }, options.branch ?? "HEAD", io);
  const policy = await loadBacktestPolicy(options.policy, place);
  const against = options.against === undefined ? null : await loadBacktestPolicy(options.against, place);
  if (policy.kind === "broken" || against?.kind === "broken") {
    printBroken([policy, against], options, io);
    return { kind: "broken" };
  }
  return { kind: "ready", run: () => backtestGithub({ github, owner, name, policy, against }, options, io) };
}

function policiesOnGithub(
  github: Github,
  { owner, name }: { owner: string; name: string },
  branch: string,
  io: Io,
): PolicyPlace {
  return {
    branch,
    owner,
    io,
    readAt: async (ref) => {
      const subject = { installationId: 0, repositoryId: 0, owner, name };
      const found = await github.readPolicyFile(subject, { owner, name, path: policyPath, ref });
      if (found.kind === "read") return { text: found.value.text, commit: found.value.commit };
      return found.kind === "missing" ? null : "unknown";
    },
  };
}

interface Reading {
  github: Github;
  owner: string;
  name: string;
  policy: BacktestPolicy & { kind: "loaded" };
  against: (BacktestPolicy & { kind: "loaded" }) | null;
}

async function backtestGithub(reading: Reading, options: GithubBacktestOptions, io: Io): Promise<Backtest> {
  const { github, owner, name, policy, against } = reading;
  const documents = [policy.document, ...(against ? [against.document] : [])];
  const budget = { requests: options.maxRequests, until: new Date(Date.now() + timeMax) };
  const left = new BudgetLeft(budget, () => new Date());
  const history = await github.readMergedChanges(
    { installationId: 0, owner, name },
    {
      baseRef: options.branch ?? null,
      last: options.last,
      since: options.since ?? null,
      withChecks: documents.some(({ policy: rules }) => looksAtChecks(rules)),
      budget,
    },
    left,
  );
  const wanted = history.changes.filter(
    ({ change }) => !(options.withoutBots && change.isBot) && (!options.until || change.mergedAt <= options.until),
  );
  if (wanted.length === 0) throw new UsageError(`No pull request of ${owner}/${name} was merged in that time.`);
  const repository: RepositoryRef = { installationId: 0, repositoryId: history.repositoryId, owner, name };
  const bar = progress(io, { label: "Replaying", total: wanted.length });
  const replayed = await replayAll(wanted, { github, repository, documents, left, tick: bar.tick }).finally(bar.done);
  const cutBy = history.cutBy ?? replayed.cutBy;
  const read = replayed.read.sort((a, b) => wanted.indexOf(a.merged) - wanted.indexOf(b.merged));
  const outcomesOf = (index: number) => read.flatMap(({ outcomes }) => outcomes[index] ?? []);
  return makeBacktest({
    repository: `${owner}/${name}`,
    branch: options.branch ?? history.defaultBranch,
    source: "github",
    policy: policy.name,
    outcomes: outcomesOf(0),
    against: against && { policy: against.name, outcomes: outcomesOf(1) },
    history: read.map(laterChange),
    until: new Date(),
    fixWithinMs: options.fixWithin,
    notes: cutBy === null ? [] : [cutNote(cutBy, wanted.length, read.length)],
  });
}

interface ReplayedMerge {
  change: HistoricChange;
  merged: MergedChange;
  outcomes: Outcome[];
}

/** Several at once, the newest first: where the budget ends, the oldest are left out. */
async function replayAll(
  wanted: readonly MergedChange[],
  { github, repository, documents, left, tick }: Replaying,
): Promise<{ read: ReplayedMerge[]; cutBy: MergedHistory["cutBy"] }> {
  const queue = wanted.toReversed();
  const read: ReplayedMerge[] = [];
  let cutBy: MergedHistory["cutBy"] = null;
  const work = async () => {
    for (let merged = queue.shift(); merged !== undefined && cutBy === null; merged = queue.shift()) {
      const change = await github.readMergedFiles(repository, merged, left);
      if (typeof change === "string") {
        cutBy = change;
        return;
      }
      const subject: PullRequestSubject = { ...repository, kind: "pull_request", number: change.snapshot.number ?? 0 };
      read.push({ change, merged, outcomes: await replayMerged({ github, subject, merged, change, documents, left }) });
      tick();
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } catch (error) {
    if (!isGithubError(error, "rate_limited") || read.length === 0) throw error;
    cutBy = "rate_limit";
  }
  return { read, cutBy };
}

interface Replaying {
  github: Github;
  repository: RepositoryRef;
  documents: readonly PolicyDocument[];
  left: BudgetLeft;
  tick: () => void;
}

function laterChange({ change, merged }: { change: HistoricChange; merged: MergedChange }): LaterChange {
  return {
    id: change.id,
    commitShas: [...(change.commitSha === null ? [] : [change.commitSha]), ...merged.commitShas],
    title: change.title,
    message: change.snapshot.body,
    at: change.mergedAt,
    touched: touchedLines(change.snapshot.files),
  };
}

const cutWords: Record<NonNullable<MergedHistory["cutBy"]>, string> = {
  requests: "the requests that --max-requests allows were spent",
  time: "it took too long",
  rate_limit: "GitHub's limit of requests was spent",
};

function cutNote(cutBy: NonNullable<MergedHistory["cutBy"]>, wanted: number, read: number): string {
  return `Only ${count(read, "change")} of ${wanted} or more could be read: ${cutWords[cutBy]}.`;
}
