/** Merges a pull request: at once where GitHub lets it, else through the merge queue, else by GitHub's own auto-merge. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { MergeOutcome, MergeWanted } from "../../handlers/github-port.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import { armAutoMerge } from "./auto-merge.ts";
import { enqueue } from "./merge-queue.ts";
import { readMergeState } from "./merge-state.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Each step names the head, so that GitHub refuses to merge another one. None is sent twice on its own: after an answer that was lost,
 * the next run finds the pull request merged, queued or armed.
 *
 * @throws {GithubError} when GitHub fails
 */
export async function merge(
  client: GithubClient,
  subject: PullRequestSubject,
  wanted: MergeWanted,
): Promise<MergeOutcome> {
  const first = await mergeNow(client, subject, wanted);
  if (first.kind !== "not_yet") return first;
  const state = await readMergeState(client, subject);
  if (state.headSha !== wanted.headSha) return { kind: "refused", reason: "the head of the pull request moved" };
  if (state.mergedAs !== null) return { kind: "merged", sha: state.mergedAs };
  if (state.isQueued) return { kind: "queued" };
  if (state.isArmed) return { kind: "armed" };

  if (state.hasQueue) {
    const refusal = await enqueue(client, subject, state.nodeId, wanted.headSha);
    if (refusal === null) return { kind: "queued" };
    // The queue takes only what could be merged at once; with auto-merge GitHub puts it in when that is so.
    const armed = await armAutoMerge(client, subject, state.nodeId, { ...wanted, method: null });
    return armed === null ? { kind: "armed" } : { kind: "refused", reason: refusal };
  }
  const refusal = await armAutoMerge(client, subject, state.nodeId, wanted);
  if (refusal === null) return { kind: "armed" };
  // Nothing to wait for: what stood in the way a moment ago is settled, or no waiting helps.
  const second = await mergeNow(client, subject, wanted);
  return second.kind === "not_yet" ? { kind: "refused", reason: `${second.reason} (auto-merge: ${refusal})` } : second;
}

type Attempt = Extract<MergeOutcome, { kind: "merged" | "refused" }> | { kind: "not_yet"; reason: string };

/** @see https://docs.github.com/rest/pulls/pulls#merge-a-pull-request (405: cannot be merged now; 409: another head) */
async function mergeNow(
  client: GithubClient,
  { owner, name: repo, number: pull_number, installationId }: PullRequestSubject,
  { headSha: sha, method: merge_method, message }: MergeWanted,
): Promise<Attempt> {
  try {
    const { data } = await client.rest<{ sha: string }>(
      "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
      { owner, repo, pull_number, sha, merge_method, ...(message === undefined ? {} : { commit_message: message }) },
      { installationId, isContent: true, isIdempotent: false },
    );
    return { kind: "merged", sha: data.sha };
  } catch (error) {
    const reason = refusalOf(error, "contents: write");
    return { kind: error instanceof GithubError && error.status === 405 ? "not_yet" : "refused", reason };
  }
}
