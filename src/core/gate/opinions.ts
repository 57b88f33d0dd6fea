/** What each person last said about the change: one approval or one objection each, the newest act decides. */

import type { ApprovalMethods } from "../policy/blocks/approvals.ts";
import { matchesText } from "../policy/patterns.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import { spokenLines } from "./commands/spoken-lines.ts";

/** One decisive act of a person. A dismissed review decides too: it takes away what the person said and revives nothing older. */
export interface Opinion {
  person: Person;
  /** `nothing`: a dismissed review. */
  says: "approve" | "object" | "nothing";
  at: Date;
  method: "review" | "comment" | "label" | "body";
  /** The head it was given on, where remembered. */
  headAtSubmission: string | null;
  /** The commit GitHub shows now; no proof, see freshness. */
  commitSha: string | null;
  isEdited: boolean;
  id: number;
}

export interface OpinionMethods {
  approve: ApprovalMethods;
  object: { review: boolean; comments: string[] };
  ignoreEdited: boolean;
}

/** @returns the newest decisive act of every person, and the approvals that were superseded by it */
export function collectOpinions(
  snapshot: Snapshot,
  methods: OpinionMethods,
): { newest: Opinion[]; superseded: Opinion[]; edited: Opinion[] } {
  const all = [
    ...reviewOpinions(snapshot, methods),
    ...commentOpinions(snapshot, methods),
    ...otherOpinions(snapshot, methods),
  ];
  // An edited approval may say what its author never meant; an edited objection still objects.
  const edited = all.filter((opinion) => opinion.isEdited && methods.ignoreEdited && opinion.says === "approve");
  const acts = Map.groupBy(
    all.filter((opinion) => !edited.includes(opinion)),
    (opinion) => opinion.person.id,
  );
  const newest: Opinion[] = [];
  const superseded: Opinion[] = [];
  for (const ofOne of acts.values()) {
    const decisive = decisiveOf(ofOne);
    newest.push(decisive);
    const approval =
      decisive.says === "approve"
        ? undefined
        : ofOne
            .filter(({ says }) => says === "approve")
            .sort(byTime)
            .at(-1);
    if (approval) superseded.push(approval);
  }
  return { newest, superseded, edited };
}

/**
 * The newest act. GitHub tells times to the second: within one, ids order what was done the same way (a review dismissed and given again),
 * and between ways nothing does, so that an objection decides.
 */
function decisiveOf(acts: readonly Opinion[]): Opinion {
  const weight = { approve: 0, nothing: 1, object: 2 };
  const newestOfEach = [...Map.groupBy(acts, ({ method }) => method).values()].flatMap((same) =>
    [...same].sort(byTime).slice(-1),
  );
  const [decisive] = newestOfEach.sort((a, b) => b.at.getTime() - a.at.getTime() || weight[b.says] - weight[a.says]);
  if (!decisive) throw new Error("Nobody without an act is asked for one");
  return decisive;
}

function byTime(a: Opinion, b: Opinion): number {
  return a.at.getTime() - b.at.getTime() || a.id - b.id;
}

function reviewOpinions(snapshot: Snapshot, methods: OpinionMethods): Opinion[] {
  const opinions: Opinion[] = [];
  for (const review of snapshot.reviews) {
    const base = {
      person: review.user,
      at: review.submittedAt,
      method: "review" as const,
      headAtSubmission: review.headAtSubmission,
      commitSha: review.commitSha,
      isEdited: review.isEdited,
      id: review.id,
    };
    if (review.state === "approved" && countsAsApproval(review.body, methods))
      opinions.push({ ...base, says: "approve" });
    else if (review.state === "changes_requested" && methods.object.review) opinions.push({ ...base, says: "object" });
    else if (review.state === "changes_requested" || review.state === "dismissed")
      opinions.push({ ...base, says: "nothing" });
    else if (review.state === "commented" && saysPhrase(review.body, methods.object.comments))
      opinions.push({ ...base, says: "object" });
  }
  return opinions;
}

function countsAsApproval(body: string, { approve }: OpinionMethods): boolean {
  if (approve.review === false) return false;
  const patterns = approve.review_patterns ?? [];
  return patterns.length === 0 || patterns.some((pattern) => matchesText(pattern, body) === true);
}

function commentOpinions(snapshot: Snapshot, methods: OpinionMethods): Opinion[] {
  const opinions: Opinion[] = [];
  for (const comment of snapshot.comments) {
    const says = saysPhrase(comment.body, methods.object.comments)
      ? "object"
      : saysPhrase(comment.body, methods.approve.comments ?? []) ||
          (methods.approve.comment_patterns ?? []).some((pattern) => matchesText(pattern, comment.body) === true)
        ? "approve"
        : null;
    if (!says) continue;
    opinions.push({
      person: comment.user,
      says,
      at: comment.createdAt,
      method: "comment",
      headAtSubmission: null,
      commitSha: null,
      isEdited: comment.isEdited,
      id: comment.id,
    });
  }
  return opinions;
}

/** Labels count for whoever put them on; the description for its author. */
function otherOpinions(snapshot: Snapshot, { approve }: OpinionMethods): Opinion[] {
  const wanted = new Set((approve.labels ?? []).map((label) => label.toLowerCase()));
  const opinions: Opinion[] = [];
  const base = { says: "approve" as const, headAtSubmission: null, commitSha: null, isEdited: false, id: 0 };
  for (const label of snapshot.labels) {
    if (!wanted.has(label.name.toLowerCase()) || !label.addedBy || !label.addedAt) continue;
    opinions.push({ ...base, person: label.addedBy, at: label.addedAt, method: "label" });
  }
  if (
    snapshot.createdAt &&
    (approve.body_patterns ?? []).some((pattern) => matchesText(pattern, snapshot.body) === true)
  ) {
    opinions.push({ ...base, person: snapshot.author, at: snapshot.createdAt, method: "body" });
  }
  return opinions;
}

/** A phrase counts when it stands alone on a line, outside quotes and code blocks. */
export function saysPhrase(body: string, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return false;
  const wanted = new Set(phrases.map((phrase) => phrase.trim().toLowerCase()));
  return spokenLines(body).some((line) => wanted.has(line.toLowerCase()));
}
