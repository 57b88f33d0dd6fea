/** What GitHub was told to do with a pull request, and what came of it. */

import type { Snapshot } from "../../core/snapshot.ts";
import { personOrNull } from "./map-person.ts";
import type { RawPullRequest } from "./pull-request-query.ts";

type RawMerging = Pick<RawPullRequest, "autoMergeRequest" | "isInMergeQueue" | "mergedAt" | "mergedBy" | "mergeCommit">;

export function mapMerging(raw: RawMerging): Pick<Snapshot, "autoMerge" | "isInMergeQueue" | "merged"> {
  const { autoMergeRequest: armed, mergedAt, mergeCommit } = raw;
  return {
    autoMerge: armed === null ? null : { enabledBy: personOrNull(armed.enabledBy) },
    isInMergeQueue: raw.isInMergeQueue,
    merged:
      mergedAt === null
        ? null
        : { at: new Date(mergedAt), by: personOrNull(raw.mergedBy), commitSha: mergeCommit?.oid ?? null },
  };
}
