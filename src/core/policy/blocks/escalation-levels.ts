import { z } from "zod";
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

export const escalationLevelsSchema = z
  .record(
    name,
    z.strictObject({
      scope: z.string().max(200).optional().describe("A phrase for people: what the level is for."),
      actions: z.array(z.enum(escalationActions)).default([]).describe("What is done when the level is reached."),
      timeout: duration.optional().describe("How long the level has before the next one."),
      escalation: name.optional().describe("The next level, or `continuous_monitoring`."),
      notify: z.array(name).optional().describe("Channels told."),
      roles: z.array(name).optional().describe("Roles told."),
    }),
  )
  .describe("What happens to what is stuck. Escalation tells people; it never approves.");
