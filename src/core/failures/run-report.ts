/** What a workflow hands over about a run of one of its jobs: the only declaration, for types, for the API's document and for whoever checks. */

import { z } from "zod";
import { reportLimits } from "./report-limits.ts";

const text = (most: number) => z.string().max(most);
const name = text(reportLimits.nameCharacters);
const count = z.number().int().min(0).max(1_000_000_000);
const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is not a commit's id");
const time = z.iso.datetime({ offset: true });

const failedCase = z.strictObject({
  suite: name.nullable().describe("Suites that it is in, from the outside, joined by ` › `."),
  class_name: name.nullable(),
  name,
  file: name.nullable().describe("As the report of the tests names it."),
  line: count.nullable(),
  kind: z.enum(["failure", "error"]).describe("`failure`: an expectation did not hold; `error`: it broke off."),
  type: name.nullable().describe("The exception's type, where it was told."),
  message: text(reportLimits.messageCharacters).nullable(),
  details: text(reportLimits.detailsCharacters).nullable().describe("As a rule the stack trace."),
  seconds: z.number().min(0).nullable(),
  reruns: count.describe("How often it was tried again, and failed again."),
});
export type FailedCase = z.infer<typeof failedCase>;

const junit = z.strictObject({
  files: count,
  tests: count,
  failed: count,
  errored: count,
  skipped: count,
  flaky: count.describe("Tests that failed and passed when they were tried again; they are not among the failed ones."),
  seconds: z.number().min(0),
  cases: z.array(failedCase).max(reportLimits.cases).describe("Those that failed, in the order of the files."),
  cases_left_out: count.describe("Failed cases beyond the limits."),
  problems: z
    .array(z.strictObject({ file: name, line: count.nullable(), what: text(reportLimits.messageCharacters) }))
    .max(reportLimits.problems)
    .describe("Files that could not be read, or not to their end."),
});
export type JunitSummary = z.infer<typeof junit>;

const log = z.strictObject({
  source: name.describe("The file that it was read from."),
  lines: z
    .array(text(reportLimits.lineCharacters))
    .max(reportLimits.logLines)
    .describe("The end of it, without colours, time stamps and overwritten lines."),
  lines_left_out: count.describe("Lines before those."),
});
export type LogTail = z.infer<typeof log>;

export const runReportSchema = z.strictObject({
  version: z.literal(1),
  repository: z.strictObject({ id, full_name: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/) }),
  run: z.strictObject({ id, attempt: count.min(1), workflow: name }),
  job: z.strictObject({
    key: name.describe("As the workflow file names it."),
    name: name.nullable().describe("As GitHub shows it, with its matrix."),
    status: z.enum(["failure", "cancelled", "success"]),
  }),
  step: z
    .strictObject({ number: count.nullable(), name })
    .nullable()
    .describe("The step that failed, where it is known."),
  command: text(reportLimits.messageCharacters).nullable().describe("What the failed step ran."),
  exit_code: z.number().int().min(-2_147_483_648).max(4_294_967_295).nullable(),
  logs: z.array(log).max(reportLimits.logs),
  junit: junit.nullable().describe("`null` where the workflow names no test reports."),
  runner: z.strictObject({
    os: name.nullable(),
    arch: name.nullable(),
    name: name.nullable(),
    environment: name.nullable().describe("`github-hosted` or `self-hosted`."),
    image: name.nullable(),
    image_version: name.nullable(),
  }),
  tools: z
    .record(z.string().max(60), text(100))
    .refine((tools) => Object.keys(tools).length <= reportLimits.tools, `names more than ${reportLimits.tools} tools`)
    .describe("Versions by name."),
  commit: z.strictObject({
    sha: sha.describe("What was checked out: for pull requests the trial merge."),
    head_sha: sha.nullable().describe("The pull request's own head."),
    ref: name,
    event: name,
    pull_request: id.nullable(),
  }),
  started_at: time.nullable(),
  finished_at: time,
  redacted: count.describe("How many secrets were cut out before it was sent."),
});

export type RunReport = z.infer<typeof runReportSchema>;
