/** What is said where GitHub does not let Holdpoint merge, or take auto-merge off. */

import type { Effect } from "../gate/verdict.ts";
import type { CommitPerson, Snapshot } from "../snapshot.ts";
import { escapeMarkdown } from "./markdown.ts";
import { cut, oneLine } from "./words.ts";

/** By which the comment about a head is found again, so that it is said once. */
export function mergeMarker(headSha: string): string {
  return `<!-- holdpoint merge ${headSha} -->`;
}

/** @param reason as GitHub says it */
export function renderMergeRefused(reason: string, headSha: string): string {
  return `The gate is open and the policy has approved changes merged, but GitHub refused: ${quoted(reason)}

${isPermissionMissing(reason) ? grantWords : "Holdpoint tries again whenever something happens here."} It can be merged by hand, too.

${mergeMarker(headSha)}
`;
}

export function renderStillArmed(headSha: string): string {
  return `Auto-merge is on, somebody holds this change or objects to it, and GitHub did not let Holdpoint take auto-merge off. Please disable it by hand: unless Holdpoint's check is required on the base branch, GitHub may merge.

${mergeMarker(headSha)}
`;
}

/** @param reason as GitHub says it, or as the request for it was answered */
export function isPermissionMissing(reason: string): boolean {
  return /contents: write|not accessible by integration/i.test(reason);
}

/** Then a push follows, and is judged: nothing to tell. */
export function isHeadMoved(reason: string): boolean {
  return /head branch was modified|head of the pull request moved/i.test(reason);
}

const grantWords =
  "Holdpoint's GitHub App may not write contents here. Whoever manages the App can grant it *Contents: read and write*; the permission is optional and only merging and decision records in files need it.";

function quoted(reason: string): string {
  const text = escapeMarkdown(cut(reason.trim(), 300));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * The message of a commit that has to tell more than GitHub's own does; `null` where it has not. What GitHub would have written stays: the
 * title below a merge, the people below a squash.
 */
export function mergeMessage(
  { method, trailers }: Pick<Effect & { kind: "merge" }, "method" | "trailers">,
  { title, author, commits }: Pick<Snapshot, "title" | "author" | "commits">,
): string | null {
  if (trailers.length === 0 || method === "rebase") return null;
  if (method === "merge") return `${oneLine(title)}\n\n${trailers.join("\n")}`;
  const people: CommitPerson[] = commits.flatMap(({ author: by, coAuthors }) => [by, ...coAuthors]);
  const others = people.filter(({ account, name, email }) => account?.id !== author.id && name !== "" && email !== "");
  const credits = others.map(({ name, email }) => `Co-authored-by: ${oneLine(name)} <${oneLine(email)}>`);
  return [...trailers, ...new Set(credits)].join("\n");
}
