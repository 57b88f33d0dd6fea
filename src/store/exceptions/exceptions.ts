/** Exceptions from the gate in the words of the handlers. */

import type pg from "pg";
import type { ExceptionsStore } from "../../handlers/exceptions-port.ts";
import { endBypass, keepBypass } from "./bypasses.ts";
import { keepIssue, listIssues, loadIssue, recordIssue } from "./kept-issues.ts";
import { countMerges, listWindowMerges, loadMerges, saveMerge } from "./merges.ts";
import { loadWindows, saveWindows } from "./windows-seen.ts";

export function createExceptions(pool: pg.Pool, now: () => Date): ExceptionsStore {
  return {
    grantBypass: (repositoryId, number, grant) => keepBypass(pool, repositoryId, number, grant, now()),
    refuseBypass: (repositoryId, number, refusal) => keepBypass(pool, repositoryId, number, refusal, now()),
    endBypass: (repositoryId, number, id, ended) => endBypass(pool, repositoryId, number, id, ended),
    countMerges: (repositoryId, since) => countMerges(pool, repositoryId, since),
    saveMerge: (merge) => saveMerge(pool, merge),
    loadMerges: (repositoryId, commitShas) => loadMerges(pool, repositoryId, commitShas),
    saveWindows: (repositoryId, baseRef, digests, at) => saveWindows(pool, repositoryId, baseRef, digests, at),
    loadWindows: (repositoryId) => loadWindows(pool, repositoryId),
    listWindowMerges: (where) => listWindowMerges(pool, where),
    keepIssue: (issue) => keepIssue(pool, issue),
    recordIssue: (issue, entry) => recordIssue(pool, issue, entry, now()),
    loadIssue: (repositoryId, number) => loadIssue(pool, repositoryId, { number }),
    loadIssueByKey: (repositoryId, key) => loadIssue(pool, repositoryId, { key }),
    listIssues: (query) => listIssues(pool, query),
  };
}
