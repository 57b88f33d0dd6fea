/** What the policy says of the loop, with its defaults. */

import type { z } from "zod";
import type { approvalLoopSchema } from "../policy/blocks/operations.ts";
import type { Policy } from "../policy/schema.ts";

export interface LoopOptions {
  /** Rounds after which ways out are offered, and again after as many more. */
  roundsMax: number;
  /** Without anything happening for so long, a session is abandoned. */
  idleMs: number;
  sessionsMax: number;
  retentionMs: number;
  /** How long a state may last before it counts as slow; `awaiting_review`: then people are reminded. */
  stateMs: { evaluating: number | null; revising: number | null; awaiting_review: number };
  grades: { unreadyBelow: number; excellentFrom: number };
  /** Whether reminders and offers are written. */
  writes: boolean;
}

const hourMs = 3_600_000;

export function loopOptions(policy: Pick<Policy, "approval_loop" | "comments">): LoopOptions {
  const loop: z.output<typeof approvalLoopSchema> = policy.approval_loop ?? {};
  return {
    roundsMax: loop.max_edit_attempts_warning ?? 5,
    idleMs: loop.session_timeout ?? 24 * hourMs,
    sessionsMax: loop.max_concurrent_sessions ?? 100,
    retentionMs: loop.version_retention ?? 30 * 24 * hourMs,
    stateMs: {
      evaluating: loop.state_timeouts?.generating ?? null,
      revising: loop.state_timeouts?.editing ?? null,
      awaiting_review: loop.state_timeouts?.waiting_approval ?? 12 * hourMs,
    },
    grades: {
      unreadyBelow: loop.quality_thresholds?.minimum_score ?? 0.7,
      excellentFrom: loop.quality_thresholds?.excellent_score ?? 0.9,
    },
    writes: policy.comments === "sticky" || (policy.comments !== "off" && policy.approval_loop !== undefined),
  };
}
