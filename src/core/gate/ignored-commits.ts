/** Whether all that came after a head are commits that the policy says to ignore, so that an approval given there still holds. */

import type { Commit, Memory, Person, Snapshot } from "../snapshot.ts";
import { isUpdateMerge } from "./contributors.ts";

export interface IgnoringOptions {
  ignores: (person: Person) => boolean | "unknown";
  /** Update merges that left the change as it was are ignored as well. */
  ignoreUpdateMerges: boolean;
}

/**
 * Walks from the head back to where the approval was given: whatever is met on the way came after it, on whichever side of a merge.
 * A commit's e-mail is anybody's claim, so each needs proof of who made it: a verified signature, or the account that pushed it.
 *
 * @param given the head that was approved
 */
export function isOnlyIgnoredSince(
  given: string,
  snapshot: Snapshot,
  memory: Memory,
  options: IgnoringOptions,
): boolean {
  const bySha = new Map(snapshot.commits.map((commit, index) => [commit.sha, { commit, index }]));
  if (!bySha.has(given) || !bySha.has(snapshot.head.sha)) return false;
  const parentsOf = (sha: string): string[] => {
    const found = bySha.get(sha);
    if (!found) return []; // The base branch's own: it was there without this change.
    if (found.commit.parents.length > 0) return found.commit.parents;
    const before = snapshot.commits[found.index - 1];
    return before ? [before.sha] : [];
  };
  const known = reach([given], parentsOf, new Set());
  const since = reach([snapshot.head.sha], parentsOf, known);
  // Reached from the head, and not merely beside it: a history that was rewritten does not lead back.
  const leadsBack = [...since].some((sha) => parentsOf(sha).includes(given));
  return (
    leadsBack &&
    [...since].every((sha) => {
      const commit = bySha.get(sha)?.commit;
      if (!commit) return true;
      return isProvenBy(commit, options) || (options.ignoreUpdateMerges && isUpdateMerge(commit, memory));
    })
  );
}

function reach(
  from: readonly string[],
  parentsOf: (sha: string) => string[],
  except: ReadonlySet<string>,
): Set<string> {
  const met = new Set<string>();
  const open = [...from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (met.has(sha) || except.has(sha)) continue;
    met.add(sha);
    open.push(...parentsOf(sha));
  }
  return met;
}

function isProvenBy(
  { author, committer, isViaWeb, signature, pushedBy }: Commit,
  { ignores }: IgnoringOptions,
): boolean {
  const isOf = (person: Person | null) => person !== null && ignores(person) === true;
  // What is made on GitHub itself bears GitHub's name as its committer.
  if (!isOf(author.account) || (!isViaWeb && !isOf(committer.account))) return false;
  if (signature?.isValid) return isViaWeb || isOf(signature.signer);
  return author.account?.kind === "user" && !isViaWeb && isOf(pushedBy);
}
