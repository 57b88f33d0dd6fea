/** What every check run of ours has in common: its name, its head, whose it is, and where its words may point. */

import type { Snapshot } from "../snapshot.ts";
import type { CheckRunDraft } from "./check-run.ts";

/** Addresses that the words may point to. */
export interface CheckUrls {
  /** The policy file at its commit, and a line of it (`null`: the file). */
  policyUrl(line: number | null): string | null;
  /** The page that explains a reason code. */
  codeUrl(code: string): string | null;
  /** The page that explains a rule of findings. */
  ruleUrl(rule: string): string | null;
  /** Where more is told about this pull request. */
  details: string | null;
}

/** What names a check: its base branch, its head and whose it is. */
export function checkIdentity({
  repository,
  number,
  base,
  head,
}: Pick<Snapshot, "repository" | "number" | "base" | "head">): Pick<CheckRunDraft, "name" | "headSha" | "externalId"> {
  return {
    name: checkNameOf(base.ref),
    headSha: head.sha,
    externalId: `${repository.id}/${number ?? 0}/${base.ref}`,
  };
}

/** The check of pull requests to a branch: what its rules have to require. */
export function checkNameOf(baseRef: string): string {
  return `holdpoint: ${baseRef}`;
}
