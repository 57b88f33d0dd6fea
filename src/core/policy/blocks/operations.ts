/** Blocks about what happens around the gate: merging, rounds, failures, feedback. */

import { z } from "zod";
import { phrasesSchema } from "./phrases.ts";
import { duration } from "./values.ts";

export const mergeSchema = z
  .strictObject({
    method: z
      .enum(["merge", "squash", "rebase"])
      .optional()
      .describe(
        "How the change is merged; the repository has to allow it. Default `merge`. A merge queue has its own.",
      ),
    update_branch: z
      .boolean()
      .optional()
      .describe("Bring the base branch into the change first where it has moved on. Default `false`."),
  })
  .describe("How approved changes are merged where a workflow's process asks for it.");

const branchName = z
  .string()
  .max(200)
  .regex(
    /^(?!\/)(?!.*(?:\.\.|\/\/|@\{|\.lock$|[/.]$))[A-Za-z0-9._/-]+$/,
    "the name of a branch, e.g. `holdpoint/records`",
  );

const recordPath = z
  .string()
  .max(200)
  .regex(
    /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]*\{number\}[A-Za-z0-9._/-]*\.md$/,
    "a path with `{number}` in it that ends in `.md`, e.g. `docs/decisions/pr-{number}.md`",
  );

/** Off unless asked for: a comment on every merged pull request would call everybody who took part. */
export const recordsSchema = z
  .strictObject({
    to: z
      .enum(["comment", "file", "both", "off"])
      .default("off")
      .describe("Where it goes when a change is merged: a comment, a file of the repository, both, or nowhere."),
    path: recordPath.default("docs/decisions/pr-{number}.md").describe("The file, with the pull request's number."),
    branch: branchName
      .default("holdpoint/records")
      .describe("The branch that the file is committed to; made where it does not exist."),
  })
  .describe("Decision records: what was asked of a merged change, who released it, when and why.");

export const approvalLoopSchema = z
  .strictObject({
    max_edit_attempts_warning: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe("After this many rounds, ways out are offered; again after as many more. Default 5."),
    session_timeout: duration
      .optional()
      .describe(
        "After this long without anything happening, a review counts as abandoned; whatever happens revives it, and the verdict stays as it is. Default 24 h.",
      ),
    max_concurrent_sessions: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe(
        "How many open pull requests of a repository are followed with reminders and offers, the oldest first; every one is judged. Default 100.",
      ),
    version_retention: duration
      .optional()
      .describe(
        "How long versions of a change are kept; the first, the best and the present one always are. Default 30 d.",
      ),
    state_timeouts: z
      .strictObject({
        generating: duration.optional().describe("While it waits for checks alone: beyond, it is shown as slow."),
        editing: duration.optional().describe("While its author revises it: beyond, it is shown as slow."),
        waiting_approval: duration
          .optional()
          .describe("While it waits for people: then they are reminded, once. Default 12 h."),
      })
      .optional()
      .describe("How long each state may last."),
    quality_thresholds: z
      .strictObject({
        minimum_score: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe("Below this, a version is called unready. Default 0.7."),
        excellent_score: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe("From this on, it is called excellent. Default 0.9."),
      })
      .optional()
      .describe("How versions are graded, from 0 to 1."),
    phrases: phrasesSchema.optional(),
  })
  .describe("The review loop on one pull request: rounds, reminders, versions.");

export const failuresSchema = z
  .strictObject({
    threshold: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe("How often the same failure must be seen before an issue is opened."),
    within: duration.optional().describe("The time in which it must be seen so often."),
    reopen_within: duration
      .optional()
      .describe("A failure seen again this soon after its issue was closed reopens it."),
    masks: z
      .array(z.string().min(1).max(500))
      .optional()
      .describe("Regular expressions (RE2) of what differs between two runs of the same failure."),
  })
  .describe("Recurring CI failures.");

export const feedbackSchema = z
  .strictObject({
    triage: z.strictObject({}).optional().describe("How feedback is sorted."),
    checkpoints: z.strictObject({}).optional().describe("Feedback about checkpoints."),
    retrospective: z
      .strictObject({
        enabled: z.boolean().optional().describe("Write one at all."),
        questions: z.boolean().optional().describe("Ask the people involved."),
      })
      .optional()
      .describe("A look back after the merge."),
  })
  .describe("People's feedback and what becomes of it.");
