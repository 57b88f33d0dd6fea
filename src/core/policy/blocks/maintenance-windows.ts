import { z } from "zod";
import { duration, glob, name } from "./values.ts";

const maintenanceWindow = z.strictObject({
  name: name.describe("What it is called."),
  start: z
    .string()
    .max(40)
    .optional()
    .describe("`YYYY-MM-DD HH:MM` in `zone`; with `rrule`, from when on and at which time of day."),
  end: z.string().max(40).optional().describe("`YYYY-MM-DD HH:MM` in `zone`, not included."),
  cron: z.string().max(100).optional().describe("Instead of `start` and `end`: a schedule of five fields."),
  rrule: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Instead of `cron`, with `start`: `FREQ=DAILY|WEEKLY|MONTHLY` with `INTERVAL`, `BYDAY`, `BYMONTHDAY`, `COUNT` or `UNTIL`.",
    ),
  duration: duration.optional().describe("How long each window of a schedule lasts, by the stopwatch; at most 7 days."),
  zone: z.string().max(60).optional().describe("IANA time zone. Default UTC."),
  branches: z.array(glob).min(1).optional().describe("Base branches it is for. Default all."),
  paths: z.array(glob).min(1).optional().describe("It is only for changes all of whose files match. Default all."),
  environments: z
    .array(glob)
    .min(1)
    .optional()
    .describe("Deployment environments it is for; with this key alone, it opens no pull request."),
  checkpoints: z.array(name).min(1).optional().describe("Checkpoints that it opens. Default all that is open."),
  announce: duration.optional().describe("How long before it is announced, in an issue."),
  validation: name
    .optional()
    .describe("The role that looks over afterwards what was merged. Default `technical_lead`."),
  validation_within: duration.optional().describe("How long it has, from the end. Default 24 hours."),
});

export const maintenanceWindowsSchema = z
  .array(maintenanceWindow)
  .max(50)
  .optional()
  .describe("Times at which the gate is open, planned ahead.");

export type MaintenanceWindow = z.output<typeof maintenanceWindow>;
