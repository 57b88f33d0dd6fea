/** The last merged pull requests as the handlers see them, within one budget. */

import type { HistoryPort } from "../../handlers/policy-replay-port.ts";
import type { GithubClient } from "../client.ts";
import { BudgetLeft, readMergedChanges, readMergedFiles } from "./merged-changes.ts";

export async function readMergedPulls(
  client: GithubClient,
  ...[repository, { budget, ...wanted }]: Parameters<HistoryPort["readMergedPulls"]>
): ReturnType<HistoryPort["readMergedPulls"]> {
  const left = new BudgetLeft(budget, () => client.now());
  const history = await readMergedChanges(client, repository, { ...wanted, since: null, budget }, left);
  const pulls = history.changes.toReversed().map((merged) => ({
    change: merged.change,
    mergeBaseSha: merged.mergeBaseSha,
    readWhole: () => readMergedFiles(client, repository, merged, left),
  }));
  return { pulls, cutBy: history.cutBy, take: (requests) => left.take(requests) };
}
