import { z } from "zod";
import { duration, glob, name } from "./values.ts";

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

const window = z.strictObject({
  name: name.describe("What it is called."),
  start: z.string().max(40).optional().describe("`YYYY-MM-DD HH:MM` in `zone`."),
  end: z.string().max(40).optional().describe("`YYYY-MM-DD HH:MM` in `zone`."),
  cron: z.string().max(100).optional().describe("Instead of `start` and `end`: a schedule of five fields."),
  duration: duration.optional().describe("How long each window of a schedule lasts."),
  zone: z.string().max(60).optional().describe("IANA time zone. Default UTC."),
  branches: z.array(glob).optional().describe("Base branches it is for. Default all."),
  paths: z.array(glob).optional().describe("Changed files it is for. Default all."),
  environments: z.array(glob).optional().describe("Deployment environments it is for."),
  checkpoints: z.array(name).optional().describe("Checkpoints that it opens. Default all."),
  announce: duration.optional().describe("How long before it is announced."),
  validation: name.optional().describe("The role that looks over afterwards what was merged."),
});

export const bypassSchema = z
  .strictObject({
    emergency: emergency.optional(),
    maintenance_windows: z.array(window).optional().describe("Times at which the gate is open, planned ahead."),
    test_environments: z
      .strictObject({
        branches: z.array(glob).optional().describe("Base branches where the gate stands aside."),
        environments: z.array(glob).optional().describe("Deployment environments where it does."),
        protected: z.array(glob).optional().describe("Branches and environments where it never does."),
      })
      .optional()
      .describe("Where the gate stands aside."),
  })
  .describe("How the gate may be opened without its requirements, and the debt that leaves.");
