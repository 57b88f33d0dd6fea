import { z } from "zod";
import { duration, glob, name } from "./values.ts";

const emergency = z.strictObject({
  labels: z
    .record(z.string().min(1).max(100), name)
    .optional()
    .describe("Labels that ask for a bypass, each with the cause it stands for."),
  authorised: z.array(name).optional().describe("Roles that may grant one."),
  reason: z
    .strictObject({ min_length: z.number().int().min(1).max(1000).optional(), within: duration.optional() })
    .optional(),
  second_person: z
    .union([z.literal(false), name])
    .optional()
    .describe("A role of which a second person must agree."),
  expires_after: duration.optional(),
  never: z.array(name).optional().describe("Checkpoints or finding rules that stay closed."),
  post_review: z.strictObject({ approver: name, within: duration.optional() }).optional(),
  budget: z
    .strictObject({
      limit: z.string().regex(/^\d{1,3}(\.\d+)?%$/, "a share such as 5%"),
      period: duration.optional(),
      over_budget: z.enum(["second_person", "refuse", "warn"]).optional(),
    })
    .optional(),
});

const window = z.strictObject({
  name,
  start: z.string().optional().describe("`YYYY-MM-DD HH:MM` in `zone`."),
  end: z.string().optional(),
  cron: z.string().max(100).optional(),
  duration: duration.optional(),
  zone: z.string().max(60).optional().describe("IANA time zone. Default UTC."),
  branches: z.array(glob).optional(),
  paths: z.array(glob).optional(),
  environments: z.array(glob).optional(),
  checkpoints: z.array(name).optional(),
  announce: duration.optional(),
  validation: name.optional(),
});

export const bypassSchema = z
  .strictObject({
    emergency: emergency.optional(),
    maintenance_windows: z.array(window).optional(),
    test_environments: z
      .strictObject({
        branches: z.array(glob).optional(),
        environments: z.array(glob).optional(),
        protected: z.array(glob).optional(),
      })
      .optional(),
  })
  .describe("How the gate may be opened without its requirements, and the debt that leaves.");
