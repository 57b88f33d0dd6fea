/** Blocks about what happens around the gate: notifications, deployments, merging, rounds, failures, feedback. */

import { z } from "zod";
import { duration, name, oneOrMany } from "./values.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 20:00");

export const notificationsSchema = z
  .strictObject({
    channels: z
      .record(
        name,
        z.strictObject({
          type: z.enum(["github", "slack", "teams", "email", "pagerduty", "webhook"]),
          secret: z
            .string()
            .regex(/^[A-Z][A-Z0-9_]*$/, "the name of one of the operator's secrets, e.g. SLACK_LEADS_URL")
            .optional(),
          to: z.array(z.string().max(200)).optional(),
        }),
      )
      .optional(),
    routes: z
      .array(z.strictObject({ severity: z.enum(["low", "medium", "high", "critical"]), to: oneOrMany(name) }))
      .optional(),
    quiet_hours: z
      .strictObject({
        from: clock,
        to: clock,
        zone: z.string().max(60).optional(),
        except: z.array(z.string()).optional(),
      })
      .optional(),
  })
  .describe("Who is told what, where and when. Destinations are names of the operator's secrets, never addresses.");

export const deploymentsSchema = z
  .record(
    z.string().min(1).max(255),
    z.strictObject({
      checkpoints: z.array(name).optional(),
      approver: oneOrMany(name).optional(),
      approvals: z.number().int().min(0).max(50).optional(),
      require: z.array(z.enum(["merged_through_gate", "post_reviews_closed"])).optional(),
    }),
  )
  .describe("What a deployment to an environment waits for.");

export const mergeSchema = z
  .strictObject({ method: z.enum(["merge", "squash", "rebase"]).optional(), update_branch: z.boolean().optional() })
  .describe("How approved changes are merged where a workflow's process asks for it.");

export const approvalLoopSchema = z
  .strictObject({
    max_edit_attempts_warning: z.number().int().min(1).max(1000).optional(),
    session_timeout: duration.optional(),
    max_concurrent_sessions: z.number().int().min(1).max(100_000).optional(),
    version_retention: duration.optional(),
    state_timeouts: z
      .strictObject({
        generating: duration.optional(),
        editing: duration.optional(),
        waiting_approval: duration.optional(),
      })
      .optional(),
    quality_thresholds: z
      .strictObject({
        minimum_score: z.number().min(0).max(1).optional(),
        excellent_score: z.number().min(0).max(1).optional(),
      })
      .optional(),
  })
  .describe("The review loop on one pull request: rounds, reminders, versions.");

export const failuresSchema = z
  .strictObject({
    threshold: z.number().int().min(1).max(1000).optional(),
    within: duration.optional(),
    reopen_within: duration.optional(),
    masks: z.array(z.string().min(1).max(500)).optional(),
  })
  .describe("Recurring CI failures.");

export const feedbackSchema = z
  .strictObject({
    triage: z.strictObject({}).optional(),
    checkpoints: z.strictObject({}).optional(),
    retrospective: z.strictObject({ enabled: z.boolean().optional(), questions: z.boolean().optional() }).optional(),
  })
  .describe("People's feedback and what becomes of it.");
