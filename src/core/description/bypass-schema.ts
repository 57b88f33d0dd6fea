/** Bypasses and merges of before, as a description tells them. */

import { z } from "zod";
import { person, sha, time } from "./values.ts";

export const describedBypass = z.strictObject({
  by: person.describe("Who asked for it."),
  label: z.string().min(1).max(100).optional().describe("The label that asked; left out: a command did."),
  checkpoints: z.array(z.string().min(1).max(64)).min(1).optional().describe("What it is for. Default: everything."),
  cause: z.string().min(1).max(64).optional(),
  reason: z.string().min(1).max(1000).optional(),
  second_person: person.optional().describe("Who agreed."),
  head: sha.optional().describe("The head that it is for. Default: this one."),
  at: time.optional().describe("When it was asked for and granted. Default: an hour ago."),
  until: time.optional().describe("Default: in three hours."),
  issue: z.number().int().min(1).optional().describe("The issue of the review that it owes."),
  ended: z
    .enum(["push", "unlabelled", "expired", "cancelled", "authority", "policy", "merged", "closed"])
    .optional()
    .describe("Why it ended; left out while it has not."),
});
export type DescribedBypass = z.output<typeof describedBypass>;

export const describedMerges = z
  .strictObject({ all: z.number().int().min(0), bypassed: z.number().int().min(0) })
  .nullable()
  .describe("Merges of the budget's period; `null` where nobody counted. Default: none so far.");
