import { z } from "zod";
import { type CheckState, checkStates } from "../../snapshot.ts";
import { conditionSchema } from "../condition.ts";
import { approvalOptions } from "./approvals.ts";
import { duration, globs, mode, name, oneOrMany } from "./values.ts";

/** Built-in triggers and what each looks at. */
export const triggers = [
  "major_structural_change",
  "api_modification",
  "security_related_change",
  "performance_critical_change",
  "rollback_activated",
] as const;
export type Trigger = (typeof triggers)[number];

/** Checks and statuses of others by name (`*` stands for anything), and how they may have ended. */
export interface CheckMatcher {
  name: string;
  /** Slug of the App that must have written it; `null`: anybody. */
  app: string | null;
  states: CheckState[];
}

/** One piece of evidence that can satisfy a criterion. */
export type Evidence =
  | { section: string }
  | { checkbox: string }
  | { changed_files: string[] }
  | { check: CheckMatcher[] }
  | { label: string }
  | { linked_issue: true }
  | { comment: true }
  | { attested_by: string[] }
  | { approval: true };

const checkName = z.string().min(1).max(200);

const checkMatcher = z
  .union([
    checkName,
    z.strictObject({
      name: checkName.describe("Its name; `*` stands for anything, and case does not count."),
      app: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .describe("Slug of the App that must have written it. Without it, whoever may write checks or statuses can."),
      states: oneOrMany(z.enum(checkStates))
        .default(["success"])
        .describe("How it may have ended; only `success` unless said."),
    }),
  ])
  .transform((value): CheckMatcher => {
    if (typeof value === "string") return { name: value, app: null, states: ["success"] };
    return { ...value, app: value.app ?? null };
  });

const evidenceLeaf = z
  .union([
    z.strictObject({
      section: z
        .string()
        .min(1)
        .max(200)
        .describe("A section of the description with this heading and content of its own."),
    }),
    z.strictObject({
      checkbox: z.string().min(1).max(200).describe("A ticked box in the description with this text."),
    }),
    z.strictObject({ changed_files: globs.describe("The change touches one of these files.") }),
    z.strictObject({
      check: oneOrMany(checkMatcher).describe(
        "Checks or statuses of these names ended well on the head: at least one reported, and none of them otherwise.",
      ),
    }),
    z.strictObject({ label: z.string().min(1).max(100).describe("The pull request bears this label.") }),
    z.strictObject({ linked_issue: z.literal(true).describe("The description links an issue.") }),
    z.strictObject({
      comment: z
        .literal(true)
        .describe(
          "The author, or somebody with write permission, gave it: `/holdpoint evidence <criterion> <link or text>`.",
        ),
    }),
    z.strictObject({
      attested_by: oneOrMany(name).describe("Somebody of this role said so: `/holdpoint attest <criterion>`."),
    }),
    z.strictObject({ approval: z.literal(true).describe("The checkpoint's own approval covers it.") }),
  ])
  .describe("Evidence that satisfies a criterion.");

export type EvidenceTree = Evidence | { any: EvidenceTree[] } | { all: EvidenceTree[] };

const evidence: z.ZodType<EvidenceTree> = z
  .lazy(() =>
    z.union([
      evidenceLeaf,
      z.strictObject({ any: z.array(evidence).min(1).describe("At least one of these.") }),
      z.strictObject({ all: z.array(evidence).min(1).describe("All of these.") }),
    ]),
  )
  .meta({ id: "evidence" }) as z.ZodType<EvidenceTree>;

export const criterionSchema = z
  .union([
    name,
    z.strictObject({
      id: name.describe("What it is called, also in commands."),
      evidence: evidence.optional().describe("What satisfies it; built-in criteria know."),
    }),
  ])
  .transform((value) => (typeof value === "string" ? { id: value, evidence: undefined } : value));

/** How many approvals: a number of any of the approvers, or a number per role. */
const approvalCount = z.union([z.number().int().min(0).max(50), z.record(name, z.number().int().min(1).max(50))]);

export const checkpointSchema = z.strictObject({
  trigger: z.enum(triggers).optional().describe("The built-in kind of change that the checkpoint waits for."),
  when: conditionSchema
    .optional()
    .describe("Instead of `trigger`, or to narrow it: the checkpoint applies only where this holds."),
  conditions: conditionSchema.optional().describe("What must hold besides; while it does not, the checkpoint waits."),
  required: z.boolean().default(true).describe("`false`: shown and asked for, never holds."),
  mode: mode.optional().describe("`observe`: says what it would have done, never holds."),
  description: z.string().max(500).optional().describe("A sentence for the people who meet it."),
  approver: oneOrMany(name).optional().describe("A role, or several: any of them."),
  approvals: approvalCount.optional().describe("How many approvals, or how many per role. Default 1."),
  decision: z
    .enum(["required", "none"])
    .optional()
    .describe(
      "`required`: somebody of the approvers also decides, with a rationale: `/holdpoint decide proceed|partial|abort <rationale>`. Default: `required` where the trigger is `rollback_activated`, else `none`.",
    ),
  criteria: z
    .array(criterionSchema)
    .default([])
    .describe("What there must be evidence for: built-in names, or `{ id, evidence }`."),
  timeout: duration.optional().describe("The review is due after this; then it escalates. Never approves."),
  escalation: name.optional().describe("The level at which escalation starts. Default `level_2`."),
  ...approvalOptions,
});
export type Checkpoint = z.output<typeof checkpointSchema>;

export const checkpointsSchema = z
  .record(name, checkpointSchema)
  .describe("Points where a change is held until named people or evidence release it.");
