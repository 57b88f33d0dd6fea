import { z } from "zod";
import { severities } from "../../severity.ts";
import { timeSchema } from "../predicates/time.ts";
import { duration, name } from "./values.ts";

export const escalationActions = [
  "automated_fixes",
  "retries",
  "fallbacks",
  "developer_notification",
  "automated_diagnostics",
  "suggested_solutions",
  "technical_lead_notification",
  "detailed_analysis",
  "manual_intervention",
  "management_notification",
  "resource_allocation",
  "external_support",
] as const;
export type EscalationAction = (typeof escalationActions)[number];

const labelName = z.string().min(1).max(50);

export const escalationLevelSchema = z.strictObject({
  scope: z.string().max(200).optional().describe("A phrase for people: what the level is for."),
  actions: z
    .array(z.enum(escalationActions))
    .max(escalationActions.length)
    .optional()
    .describe("What is done when the level is reached, once, in this order."),
  timeout: duration.optional().describe("How long the level has before the next one. Default `2_hours`."),
  escalation: name
    .optional()
    .describe("The next level, or `continuous_monitoring`: a reminder a day until it is settled. Default that."),
  severity: z
    .enum(severities)
    .optional()
    .describe(
      "How pressing its messages are. Default `low`, `medium`, `high`, `critical` for the four built-in levels, else `high`.",
    ),
  notify: z.array(name).max(20).optional().describe("Channels told, beside those that the routes name."),
  roles: z
    .array(name)
    .max(20)
    .optional()
    .describe(
      "Roles told, assigned and asked; they may also answer. Default `technical_lead` at level_3 and `management` at level_4.",
    ),
  retries: z
    .number()
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How often `retries` runs failed jobs again, in all. Default 2."),
  label: labelName.optional().describe("The label that `manual_intervention` puts on. Default `holdpoint:escalated`."),
  business_hours: timeSchema
    .optional()
    .describe("The level's time counts only while the clock shows these days and hours. Default: always."),
});

export const escalationLevelsSchema = z
  .record(name, escalationLevelSchema)
  .describe(
    "What happens to what is stuck. The four levels of the seed are built in; what stands here replaces keys of theirs or adds levels. Escalation tells people; it never approves.",
  );
