/** The record of one review session: what the loop remembers of a pull request between two looks. */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

/** Bumped when a row of before can no longer be read as it is; fields that came later have a default, so that older rows are read on. */
export const sessionVersion = 1;

export const sessionStates = [
  "drafting",
  "evaluating",
  "awaiting_review",
  "revising",
  "approved",
  "bypassed",
  "abandoned",
  "closed",
  "error",
] as const;
export type SessionState = (typeof sessionStates)[number];

const moment = z.iso.datetime().transform((text) => new Date(text));
const count = z.number().int().min(0);
const account = z.object({ id: z.number().int(), login: z.string() });

const askSchema = z.object({
  /** Where it was said: `review:7` or `comment:7`. */
  source: z.string(),
  person: account,
  at: moment,
  /** The head it was asked on, as far as known. */
  headSha: z.string(),
  /** The beginning of what was written, on one line; other people's text. */
  excerpt: z.string(),
});
/** Somebody asked for a change. */
export type Ask = z.output<typeof askSchema>;

const roundSchema = z.object({
  number: count,
  startedAt: moment,
  /** When a head was pushed after somebody had asked for changes; `null` while it lasts. */
  endedAt: moment.nullable(),
  asks: z.array(askSchema),
});
export type Round = z.output<typeof roundSchema>;

const versionSchema = z.object({
  number: count,
  headSha: z.string(),
  baseSha: z.string(),
  /** Since when it was the head, the first time. */
  at: moment,
  /** Findings by class. */
  findings: z.record(z.string(), count),
  checks: z.object({ passed: count, failed: count, pending: count }),
  /** `kept`: given on an earlier head and still counting; `dropped`: no longer counting because of what was pushed since. */
  approvals: z.object({ counting: count, kept: count, dropped: count }),
  openThreads: count.nullable(),
  verdict: z.enum(["approved", "bypassed", "waiting", "must_change", "error"]),
  /** From 0 to 1, see `quality.ts`. */
  quality: z.number().min(0).max(1),
});
export type Version = z.output<typeof versionSchema>;

const sessionSchema = z.object({
  schema: z.number().int().min(1).max(sessionVersion),
  state: z.enum(sessionStates),
  stateSince: moment,
  /** The head now, and since when it is. */
  head: z.object({ sha: z.string(), since: moment }),
  versions: z.array(versionSchema).min(1),
  /** The last version's number; older versions may have been dropped. */
  lastVersion: count,
  /** The last one is the present one. */
  rounds: z.array(roundSchema).min(1),
  lastActivityAt: moment,
  /** Digest of what can change without leaving a time. */
  shape: z.string(),
  /** The wait for people: a stopwatch that pushes, drafts and closing do not set back; only somebody's review does. */
  wait: z
    .object({ startedAt: moment, spentMs: count, runningSince: moment.nullable(), remindedAt: moment.nullable() })
    .nullable()
    .default(null),
  /** How many rounds had ended when ways out were last offered, or declined. */
  offeredAfter: count.default(0),
  /** Somebody put it aside by `schedule`. */
  putAside: z.object({ until: moment, by: account }).nullable().default(null),
  /** Commands up to this comment are done. */
  lastCommand: count.default(0),
  /** Its row was damaged and it was begun anew then. */
  recoveredAt: moment.nullable().default(null),
});
export type Session = z.output<typeof sessionSchema>;

const rowSchema = z.object({ data: sessionSchema });

export type SavedSession =
  | { kind: "none" }
  | { kind: "read"; session: Session }
  /** Not of a shape that this version understands: begun anew from what GitHub tells. */
  | { kind: "damaged" };

/** @param row the session's row, `{ state, data }`; `null` where there is none */
export function readSession(row: unknown): SavedSession {
  if (row === null || row === undefined) return { kind: "none" };
  const parsed = rowSchema.safeParse(row);
  return parsed.success ? { kind: "read", session: parsed.data.data } : { kind: "damaged" };
}

/** Holds when there is something to save. The time of the last activity alone is read again from GitHub. */
export function isNews(before: Session | null, after: Session): boolean {
  if (before === null) return true;
  return !isDeepStrictEqual({ ...before, lastActivityAt: null }, { ...after, lastActivityAt: null });
}
