import { z } from "zod";
import { maintenanceWindowsSchema } from "./maintenance-windows.ts";
import { testEnvironmentsSchema } from "./test-environments.ts";
import { duration, name } from "./values.ts";

const emergency = z
  .strictObject({
    labels: z
      .record(z.string().min(1).max(100), name)
      .optional()
      .describe("Labels that ask for a bypass, each with the cause it stands for."),
    authorised: z.array(name).optional().describe("Roles that may grant one."),
    reason: z
      .strictObject({
        min_length: z.number().int().min(1).max(1000).optional().describe("How many characters it needs at least."),
        within: duration.optional().describe("How long after the label it may be given."),
      })
      .optional()
      .describe("The written reason that a bypass needs."),
    second_person: z
      .union([z.literal(false), name])
      .optional()
      .describe("A role of which a second person must agree; `false` for none."),
    expires_after: duration.optional().describe("A bypass that was not used ends after this."),
    never: z.array(name).optional().describe("Checkpoints or finding rules that stay closed."),
    post_review: z
      .strictObject({
        approver: name.describe("The role that reviews afterwards."),
        escalation: name
          .optional()
          .describe("The level that escalation starts at when it is overdue. Default `level_3`."),
        within: duration.optional().describe("How long it has."),
      })
      .optional()
      .describe("The review that a bypass owes."),
    budget: z
      .strictObject({
        limit: z
          .string()
          .regex(/^\d{1,3}(\.\d+)?%$/, "a share such as 5%")
          .describe("The share of merges that may be bypassed."),
        period: duration.optional().describe("The time over which it is counted."),
        over_budget: z
          .enum(["second_person", "refuse", "warn"])
          .optional()
          .describe("What happens beyond it: a second person must agree, no more are granted, or it is only said."),
      })
      .optional()
      .describe("How much of everything may be bypassed."),
  })
  .describe("Bypasses for emergencies: asked for by a label, granted by a person, owed a review.");

export const bypassSchema = z
  .strictObject({
    emergency: emergency.optional(),
    maintenance_windows: maintenanceWindowsSchema,
    test_environments: testEnvironmentsSchema,
  })
  .describe("How the gate may be opened without its requirements, and the debt that leaves.");
