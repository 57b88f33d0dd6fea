/** What one look at a pull request tells the loop. */

import { createHash } from "node:crypto";
import { findingClasses } from "../findings/finding.ts";
import { intentPhrases } from "../gate/intent-phrases.ts";
import { isOpenState, withParts } from "../gate/requirements.ts";
import type { Requirement, Verdict } from "../gate/verdict.ts";
import type { PhrasesBlock } from "../policy/blocks/phrases.ts";
import type { CheckFact, Person, RememberedCommand, Snapshot } from "../snapshot.ts";
import { asksIn, type SeenAsk } from "./asks.ts";
import { qualityOf } from "./quality.ts";
import type { Version } from "./session.ts";
import type { SessionEvent } from "./transitions.ts";

/** What the present head comes to. */
export type Present = Omit<Version, "number" | "at">;

export interface Observation {
  author: Pick<Person, "id" | "login" | "kind">;
  /** The event, but for idleness and for what somebody asked of the present head, which take the session to tell. */
  event: Exclude<SessionEvent, "fell_idle">;
  present: Present;
  /** Whether the gate judged it; else the figures of `present` say nothing. */
  isJudged: boolean;
  headFirstSeenAt: Date | null;
  createdAt: Date | null;
  asks: SeenAsk[];
  /** The newest review by somebody else than the author. */
  reviewedAt: Date | null;
  /** The newest time that anything bears. */
  activeAt: Date | null;
  /** Digest of what can change without leaving a time. */
  shape: string;
  requestedReviewers: Person[];
  /** Who could release it, where nobody was asked. */
  fastestWay: Person[];
  commands: RememberedCommand[];
}

export interface Look {
  snapshot: Snapshot;
  /** `null` where there was no policy to judge by, or it is closed. */
  verdict: Verdict | null;
  headFirstSeenAt: Date | null;
  commands: readonly RememberedCommand[];
  /** The policy's own phrases of free text. */
  phrases?: PhrasesBlock | undefined;
}

/** Kept: how phrases are looked up is worked out once for each list of them. */
const builtInPhrases = intentPhrases();

export function observe({ snapshot, verdict, headFirstSeenAt, commands, phrases }: Look): Observation {
  const { author } = snapshot;
  const others = snapshot.reviews.filter(({ user }) => user.kind === "user" && user.id !== author.id);
  return {
    author: { id: author.id, login: author.login, kind: author.kind },
    event: eventOf(snapshot, verdict),
    present: presentOf(snapshot, verdict),
    isJudged: verdict !== null && verdict.state !== "error",
    headFirstSeenAt,
    createdAt: snapshot.createdAt,
    asks: asksIn(snapshot, verdict?.approvals ?? [], phrases === undefined ? builtInPhrases : intentPhrases(phrases)),
    reviewedAt: newest(others.map(({ submittedAt }) => submittedAt)),
    activeAt: newest([...timesIn(snapshot), headFirstSeenAt, snapshot.createdAt]),
    shape: shapeOf(snapshot),
    requestedReviewers: snapshot.requestedReviewers,
    fastestWay: verdict?.fastestWay ?? [],
    commands: [...commands],
  };
}

function eventOf(snapshot: Snapshot, verdict: Verdict | null): Observation["event"] {
  if (snapshot.state !== "open") return "closed";
  if (snapshot.isDraft) return "drafted";
  if (verdict === null || verdict.state === "error") return "unreadable";
  if (verdict.state === "approved") return "gate_opened";
  if (verdict.state === "bypassed") return "bypass_granted";
  const open = leaves(verdict.requirements).filter(isOpen);
  // An objection is the objector's to lift; whether the author owes something for it, the asks tell.
  if (open.some((one) => one.state === "must_change" && one.kind !== "objection")) return "changes_asked";
  return open.every(({ kind }) => kind === "conditions") ? "checks_awaited" : "review_awaited";
}

/** What holds the gate or would, innermost. */
function leaves(requirements: readonly Requirement[]): Requirement[] {
  return [...withParts(requirements)].filter(
    (one) => one.holds && one.state !== "not_needed" && !("parts" in one && one.parts.length > 0),
  );
}

function isOpen({ state }: Requirement): boolean {
  return isOpenState(state);
}

function presentOf(snapshot: Snapshot, verdict: Verdict | null): Present {
  const checks = countChecks(snapshot.checks);
  const { openThreads } = snapshot;
  const heads = { headSha: snapshot.head.sha, baseSha: snapshot.base.sha };
  if (verdict === null) {
    const approvals = { counting: 0, kept: 0, dropped: 0 };
    return { ...heads, findings: {}, checks, approvals, openThreads, verdict: "error", quality: 0 };
  }
  const held = leaves(verdict.requirements);
  const open = held.filter((one) => isOpen(one) && one.kind !== "objection").length;
  const findings = findingClasses.flatMap((name) => verdict.classification.classes[name].findings);
  const ofClass = (name: string) => findings.filter((finding) => finding.class === name).length;
  return {
    ...heads,
    findings: Object.fromEntries(
      findingClasses.filter((name) => ofClass(name) > 0).map((name): [string, number] => [name, ofClass(name)]),
    ),
    checks,
    approvals: countApprovals(verdict.approvals),
    openThreads,
    verdict: verdict.state,
    quality: qualityOf({
      checks,
      requirements: { met: held.filter((one) => !isOpen(one)).length, open },
      objections: held.filter((one) => one.kind === "objection" && isOpen(one)).length,
      openThreads,
      provenFindings: findings.filter(({ strength }) => strength === "proven").length,
      linesChanged: verdict.classification.size.changed,
    }),
  };
}

function countChecks(checks: readonly CheckFact[]): Version["checks"] {
  const counted = { passed: 0, failed: 0, pending: 0 };
  for (const { state } of checks) {
    if (state === "success" || state === "neutral" || state === "skipped") counted.passed += 1;
    else if (state === "pending" || state === "stale") counted.pending += 1;
    else counted.failed += 1;
  }
  return counted;
}

function countApprovals(approvals: Verdict["approvals"]): Version["approvals"] {
  const counted = { counting: 0, kept: 0, dropped: 0 };
  for (const { outcome } of approvals) {
    if (outcome.kind === "stale") counted.dropped += 1;
    if (outcome.kind !== "counts") continue;
    counted.counting += 1;
    if (outcome.freshness !== "same_head") counted.kept += 1;
  }
  return counted;
}

function timesIn({ reviews, comments, labels, commits }: Snapshot): (Date | null)[] {
  return [
    ...reviews.map(({ submittedAt }) => submittedAt),
    ...comments.filter(({ user }) => user.kind === "user").map(({ createdAt }) => createdAt),
    ...labels.map(({ addedAt }) => addedAt),
    ...commits.map(({ pushedAt }) => pushedAt),
  ];
}

function newest(moments: readonly (Date | null)[]): Date | null {
  const times = moments.filter((moment) => moment !== null).map((moment) => moment.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

function shapeOf({ title, body, state, isDraft, base, head, labels, reviews }: Snapshot): string {
  const dismissed = reviews.filter((review) => review.state === "dismissed").map(({ id }) => id);
  const names = labels.map(({ name }) => name).sort();
  const facts = [title, body, state, isDraft, base.ref, head.sha, names, dismissed.sort((a, b) => a - b)];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}
