/** What each person last said about the change: one approval or one objection each, the newest act decides. */

import type { ApprovalMethods } from "../policy/blocks/approvals.ts";
import { matchesText } from "../policy/patterns.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import { spokenLines } from "./commands/spoken-lines.ts";
import { intentOf } from "./intent.ts";
import type { IntentPhrases } from "./intent-phrases.ts";

/** One decisive act of a person. A dismissed review decides too: it takes away what the person said and revives nothing older. */
export interface Opinion {
  person: Person;
  /** `nothing`: a dismissed review. */
  says: "approve" | "object" | "nothing";
  at: Date;
  method: "review" | "comment" | "label" | "body";
  /** Where it stands; a review that only comments is heard as a comment. Ids are comparable within one source. */
  source: "review" | "comment" | "label" | "body";
  /** The head it was given on, where remembered. */
  headAtSubmission: string | null;
  /** The commit GitHub shows now; no proof, see freshness. */
  commitSha: string | null;
  isEdited: boolean;
  /** Who edited it last, where known. */
  editedBy: Person | null;
  id: number;
}

export interface OpinionMethods {
  approve: ApprovalMethods;
  object: { review: boolean; comments: string[] };
  ignoreEdited: boolean;
  /** Looked at only where the policy lets free text count. */
  phrases: IntentPhrases;
}

export interface Opinions {
  /** The newest decisive act of every person. */
  newest: Opinion[];
  /** Approvals before it that nothing took back, newest first: approving once more takes no earlier approval away. */
  standing: Opinion[];
  /** Approvals that an objection or a dismissal took back. */
  superseded: Opinion[];
  edited: Opinion[];
}

export function collectOpinions(snapshot: Snapshot, methods: OpinionMethods): Opinions {
  const all = [
    ...reviewOpinions(snapshot, methods),
    ...commentOpinions(snapshot, methods),
    ...otherOpinions(snapshot, methods),
  ];
  // An edited approval may say what its author never meant; an edited objection still objects.
  const edited = all.filter((opinion) => opinion.says === "approve" && isTampered(opinion, methods));
  const acts = Map.groupBy(
    all.filter((opinion) => !edited.includes(opinion)),
    (opinion) => opinion.person.id,
  );
  const newest: Opinion[] = [];
  const standing: Opinion[] = [];
  const superseded: Opinion[] = [];
  for (const ofOne of acts.values()) {
    const decisive = decisiveOf(ofOne);
    newest.push(decisive);
    if (decisive.says === "approve") standing.push(...standingBefore(decisive, ofOne));
    const approval =
      decisive.says === "approve"
        ? undefined
        : ofOne
            .filter(({ says }) => says === "approve")
            .sort(byTime)
            .at(-1);
    if (approval) superseded.push(approval);
  }
  return { newest, standing, superseded, edited };
}

function standingBefore(decisive: Opinion, acts: readonly Opinion[]): Opinion[] {
  const standing: Opinion[] = [];
  let rest = acts.filter((act) => act !== decisive);
  while (rest.length > 0) {
    const before = decisiveOf(rest);
    if (before.says !== "approve") break;
    standing.push(before);
    rest = rest.filter((act) => act !== before);
  }
  return standing;
}

/** What somebody else wrote into it is never what its author said, whatever the policy thinks of edits. */
function isTampered({ isEdited, editedBy, person }: Opinion, { ignoreEdited }: OpinionMethods): boolean {
  return isEdited && (ignoreEdited || (editedBy !== null && editedBy.id !== person.id));
}

/**
 * The newest act. GitHub tells times to the second: within one, ids order what was done the same way (a review dismissed and given again),
 * and between ways nothing does, so that an objection decides.
 */
function decisiveOf(acts: readonly Opinion[]): Opinion {
  const weight = { approve: 0, nothing: 1, object: 2 };
  const newestOfEach = [...Map.groupBy(acts, ({ source }) => source).values()].flatMap((same) =>
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
      source: "review" as const,
      headAtSubmission: review.headAtSubmission,
      commitSha: review.commitSha,
      isEdited: review.isEdited,
      editedBy: null,
      id: review.id,
    };
    if (review.state === "approved") {
      // An approving click over words that object is no approval.
      const says = saysPhrase(review.body, methods.object.comments) ? "object" : "approve";
      if (says === "object" || countsAsApproval(review.body, methods)) opinions.push({ ...base, says });
    } else if (review.state === "commented") {
      const says = meaningOf(review.body, methods);
      if (says) opinions.push({ ...base, says, method: "comment" });
    } else {
      const isObjection = review.state === "changes_requested" && methods.object.review;
      opinions.push({ ...base, says: isObjection ? "object" : "nothing" });
    }
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
    const says = meaningOf(comment.body, methods);
    if (!says) continue;
    opinions.push({
      person: comment.user,
      says,
      at: comment.createdAt,
      method: "comment",
      source: "comment",
      headAtSubmission: null,
      commitSha: null,
      isEdited: comment.isEdited,
      editedBy: comment.editedBy,
      id: comment.id,
    });
  }
  return opinions;
}

/** What a text means: phrases of objection weigh more than those of approval, and both more than free text. */
function meaningOf(text: string, { approve, object, phrases }: OpinionMethods): "approve" | "object" | null {
  if (saysPhrase(text, object.comments)) return "object";
  const isApproval =
    saysPhrase(text, approve.comments ?? []) ||
    (approve.comment_patterns ?? []).some((pattern) => matchesText(pattern, text) === true);
  if (isApproval) return "approve";
  if (!approve.intent) return null;
  const intent = intentOf(text, phrases);
  return intent === "approve" ? "approve" : intent === "reject" ? "object" : null;
}

/** Labels count for whoever put them on; the description for its author. */
function otherOpinions(snapshot: Snapshot, { approve }: OpinionMethods): Opinion[] {
  const wanted = new Set((approve.labels ?? []).map((label) => label.toLowerCase()));
  const opinions: Opinion[] = [];
  const base = {
    says: "approve" as const,
    headAtSubmission: null,
    commitSha: null,
    isEdited: false,
    editedBy: null,
    id: 0,
  };
  for (const label of snapshot.labels) {
    if (!wanted.has(label.name.toLowerCase()) || !label.addedBy || !label.addedAt) continue;
    opinions.push({ ...base, person: label.addedBy, at: label.addedAt, method: "label", source: "label" });
  }
  if (
    snapshot.createdAt &&
    (approve.body_patterns ?? []).some((pattern) => matchesText(pattern, snapshot.body) === true)
  ) {
    opinions.push({ ...base, person: snapshot.author, at: snapshot.createdAt, method: "body", source: "body" });
  }
  return opinions;
}

/** A phrase counts when it stands alone on a line, outside quotes and code blocks. */
export function saysPhrase(body: string, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return false;
  const wanted = new Set(phrases.map((phrase) => phrase.trim().toLowerCase()));
  return spokenLines(body).some((line) => wanted.has(line.toLowerCase()));
}
