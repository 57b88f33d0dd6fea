/** Judges one merged pull request of GitHub by each policy, with the texts that its detectors ask for. */

import type { HistoricChange } from "../../core/backtest/historic-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import { replay } from "../../core/backtest/replay.ts";
import { classify } from "../../core/findings/classify.ts";
import type { Classification } from "../../core/findings/finding.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import { type Contents, emptyMemory } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { Github } from "../../github/github.ts";
import type { MergedChange } from "../../github/read/map-merged.ts";
import type { BudgetLeft } from "../../github/read/merged-changes.ts";
import { withPeople } from "../../handlers/read-people.ts";
import { allContents } from "../judge.ts";

interface Merged {
  github: Github;
  subject: PullRequestSubject;
  merged: MergedChange;
  change: HistoricChange;
  documents: readonly PolicyDocument[];
  left: BudgetLeft;
}

const nothing: Contents = { base: new Map(), head: new Map() };
const unread = "Its files were not read whole: their patches are all that was looked at.";

/** @throws {GithubError} when GitHub fails */
export async function replayMerged({ github, subject, merged, change, documents, left }: Merged): Promise<Outcome[]> {
  let assumed = change.assumed;
  const { mergeBaseSha: base } = merged;
  const head = change.snapshot.head.sha;
  const readContents = async (paths: readonly string[]): Promise<Contents> => {
    // A file is asked for on both sides, a hundred sides in one request.
    if (base === null || left.take(Math.ceil(paths.length / 50)) !== null) {
      assumed = [...change.assumed, unread];
      const none = new Map<string, string | null>();
      return { base: none, head: none };
    }
    return github.readContents(subject, { base, head }, [...paths]);
  };
  const classified = new Map<string, Classification>();
  const outcomes: Outcome[] = [];
  for (const document of documents) {
    const { policy } = document;
    const key = JSON.stringify(policy.classification ?? null);
    const options = policy.classification;
    const contents = classified.has(key) ? nothing : await allContents(change.snapshot, options, readContents);
    const classification = classified.get(key) ?? (await classify({ snapshot: change.snapshot, contents, options }));
    classified.set(key, classification);
    const snapshot = await withPeople(subject, change.snapshot, { policy, memory: emptyMemory }, { github }, false);
    outcomes.push(replay(document, { ...change, snapshot, assumed }, classification));
  }
  return outcomes;
}
