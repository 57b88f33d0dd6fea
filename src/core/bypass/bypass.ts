/** A bypass of the gate: who asked for what, what came of it, and what it opens. A label or a command is a request, never the grant. */

import type { Person } from "../snapshot.ts";
import type { BypassBucket } from "./causes.ts";

/** `all`: whatever is open, but errors and what the policy says never opens; else checkpoints by name. */
export type BypassScope = "all" | readonly string[];

export type BypassSource = { kind: "label"; label: string } | { kind: "command"; commentId: number };

export interface BypassRequest {
  /** Stable while the request stands: `label:<name>@<time it was put on>` or `command:<comment id>`
   * (`command:review:<id>` for a review; a further one in the same text ends in `#2`, `#3` …). */
  id: string;
  source: BypassSource;
  scope: BypassScope;
  /** As the policy's labels or the command name it, e.g. `production_issue`. */
  cause: string;
  /** Who put the label on or wrote the command; `null` where no event tells, as after a label was renamed. */
  requester: Person | null;
  at: Date | null;
}

/**
 * Why a request is not granted:
 *
 * - `not_configured`: the policy has no emergency bypass
 * - `no_event`: nobody put the label on; it came by renaming
 * - `bot`: an app or bot asked
 * - `not_authorised`: none of the authorised roles
 * - `before_push`: asked for an earlier head
 * - `no_reason`: no reason within the time for it
 * - `short_reason`: the reason is too short
 * - `ceiling`: what stays closed in every case
 * - `over_budget`: no more bypasses in this period
 * - `unknown_checkpoint`: the command names none that applies
 * - `no_issue`: the review that it owes cannot be written down
 * - `cancelled`: taken back before it was granted
 * - `too_late`: asked for so long ago that it would have ended by now
 */
export type BypassRefusal =
  | "not_configured"
  | "no_event"
  | "bot"
  | "not_authorised"
  | "before_push"
  | "no_reason"
  | "short_reason"
  | "ceiling"
  | "over_budget"
  | "unknown_checkpoint"
  | "no_issue"
  | "cancelled"
  | "too_late";

/** A bypass in force, or one that was. */
export interface GrantedBypass extends BypassRequest {
  outcome: "granted";
  requester: Person;
  at: Date;
  /** The head that it is for; another head is not covered. */
  headSha: string;
  reason: string;
  /** What it was used for, as the verdict told; left out by earlier versions. */
  bucket?: BypassBucket;
  /** Who agreed, where a second person had to. */
  secondPerson: Person | null;
  grantedAt: Date;
  until: Date;
  /** The review that it owes. */
  issue: { number: number; url: string };
  ended: { at: Date; why: BypassEnd } | null;
}

/** A request that was refused for a reason that a later look could not tell. */
export interface RefusedBypass {
  outcome: "refused";
  id: string;
  headSha: string;
  why: BypassRefusal;
  at: Date;
}

export type RememberedBypass = GrantedBypass | RefusedBypass;

/** `authority`: its giver holds none of the authorised roles any more. `policy`: the policy offers none any more. `merged`: it was used. */
export type BypassEnd = "push" | "unlabelled" | "expired" | "cancelled" | "authority" | "policy" | "merged" | "closed";

/**
 * What a request still waits for:
 *
 * - `reason`, `second_person`: a person has to write it, or to agree
 * - `ready`: the pull request is a draft
 * - `open_point`: nothing that it would open is open, so there is nothing to grant
 */
export type BypassWant = "reason" | "second_person" | "ready" | "open_point";

/** What a look makes of one request, or of one grant. */
export type BypassState =
  | { kind: "refused"; request: BypassRequest; why: BypassRefusal }
  /** Something is still to come; refused at `until` where that is a time. */
  | { kind: "awaiting"; request: BypassRequest; missing: BypassWant[]; until: Date | null }
  /** All conditions hold; it opens the gate once the review that it owes is written down. */
  | {
      kind: "grantable";
      request: BypassRequest & { requester: Person; at: Date };
      reason: string;
      secondPerson: Person | null;
      until: Date;
    }
  | { kind: "in_force"; grant: GrantedBypass }
  /** It ends with this look. */
  | { kind: "ending"; grant: GrantedBypass; why: BypassEnd }
  /** A fact that decides it could not be read; nothing is opened and nothing refused. */
  | {
      kind: "unreadable";
      request: BypassRequest;
      reason: string /** When time alone settles it; left out where it does not. */;
      until?: Date;
    };

/** What lets a requirement be passed without being met. */
export type Opening =
  | { kind: "bypass"; grant: GrantedBypass }
  | { kind: "window"; name: string; until: Date }
  | { kind: "test_branch"; pattern: string };

/** An opening with what it covers. */
export interface OpeningInForce {
  opening: Opening;
  scope: BypassScope;
}
