import { z } from "zod";
import { peopleSchema } from "./roles.ts";
import { name, textPattern } from "./values.ts";

export const freshnessModes = ["exact", "same_change", "affected_paths", "sticky"] as const;

export const approvalMethodsSchema = z.strictObject({
  review: z.boolean().optional().describe("An approving GitHub review approves. Default `true`."),
  comments: z
    .array(z.string().min(1).max(200))
    .optional()
    .describe("A comment that is exactly one of these phrases approves."),
  comment_patterns: z.array(textPattern).optional().describe("A comment that matches one of these patterns approves."),
  review_patterns: z
    .array(textPattern)
    .optional()
    .describe("Narrows approving reviews to those whose text matches one of these patterns."),
  body_patterns: z
    .array(textPattern)
    .optional()
    .describe("The description approves in its author's name where it matches (needs `allow_author`)."),
  labels: z.array(z.string().min(1).max(100)).optional().describe("A label approves in the name of whoever put it on."),
  intent: z
    .boolean()
    .optional()
    .describe(
      "A comment in free text counts where it plainly approves or rejects (`approval_loop.phrases`); whatever is ambiguous does not. Default `false`.",
    ),
});
export type ApprovalMethods = z.output<typeof approvalMethodsSchema>;

export const reviewRequestModes = ["fewest", "all", "team", "off"] as const;
const reviewRequestMode = z
  .enum(reviewRequestModes)
  .describe(
    "`fewest` (default): as many people as approvals are missing; `all`: everybody who is known for the role; `team`: the role's whole teams; `off`: nobody.",
  );

/** Whom a requirement asks for a review. */
export const reviewRequestsSchema = z
  .union([
    reviewRequestMode,
    z.strictObject({
      mode: reviewRequestMode.default("fewest"),
      count: z
        .number()
        .int()
        .min(1)
        .max(15)
        .optional()
        .describe("With `fewest`: at least so many. With `all`: at most."),
    }),
  ])
  .transform((value) => (typeof value === "string" ? { mode: value, count: undefined } : value))
  .describe(
    "Who is asked for a review: never the author, spread by how much people have to review already, code owners first.",
  );
export type ReviewRequests = z.output<typeof reviewRequestsSchema>;

/** The options themselves; they may stand in `approvals:`, and one by one in a checkpoint or a workflow. */
export const approvalOptions = {
  freshness: z
    .enum(freshnessModes)
    .optional()
    .describe(
      "What a push does to approvals. `exact`: they hold for one head; `same_change` (default): they survive a rebase or base merge that leaves the change itself as it was; `affected_paths`: they survive where none of the files that the reviewer answers for changed (a code owner's own files, a checkpoint's files); `sticky`: they stay.",
    ),
  invalidate_on_push: z
    .boolean()
    .optional()
    .describe("Synonym: `true` is `freshness: exact`, `false` is `freshness: sticky`."),
  allow_author: z.boolean().optional().describe("The author may approve. Default `false`."),
  allow_contributor: z
    .boolean()
    .optional()
    .describe("The author and everybody with a commit in the change may approve. Default `false`."),
  allow_non_author_contributor: z
    .boolean()
    .optional()
    .describe("Everybody with a commit in the change, except the author, may approve. Default `false`."),
  ignore_edited_comments: z
    .boolean()
    .optional()
    .describe("Comments and reviews edited after they were written do not count. Default `true`."),
  ignore_update_merges: z
    .boolean()
    .optional()
    .describe("Merges of the base branch made on GitHub make nobody a contributor. Default `true`."),
  ignore_commits_by: peopleSchema
    .optional()
    .describe(
      "Commits of these people make nobody a contributor. They drop no approval either, where a verified signature or the pusher's account proves whose they are.",
    ),
  unknown_contributor: z
    .enum(["extra_approver", "block", "ignore"])
    .optional()
    .describe("What a commit costs whose e-mail belongs to no account. Default `extra_approver`: one more approval."),
  distinct_people: z
    .boolean()
    .optional()
    .describe("One person fills one seat only, across all requirements. Default `false`."),
  methods: approvalMethodsSchema.optional().describe("What counts as an approval."),
  request_reviews: reviewRequestsSchema.optional(),
};

export const approvalsSchema = z
  .strictObject({
    ...approvalOptions,
    conditions: z
      .boolean()
      .optional()
      .describe(
        "Whether an approval may come with a list of conditions. Default: where the workflow's process says `approval_with_conditions`.",
      ),
    open_conditions: z
      .enum(["hold", "track"])
      .optional()
      .describe(
        "What becomes of conditions that nobody has ticked. `hold` (default): the change waits for them; `track`: they become issues when it is merged.",
      ),
    veto: z
      .strictObject({
        by: z.array(name).optional().describe("Roles whose objection holds the change. Default: the role `peer`."),
        overrule_by: z
          .array(name)
          .min(1)
          .optional()
          .describe(
            "Roles that may set an objection aside with `/holdpoint overrule @login <reason>`. Default: the role `technical_lead`.",
          ),
        methods: z
          .strictObject({
            review: z.boolean().optional().describe("A review that requests changes objects. Default `true`."),
            comments: z
              .array(z.string().min(1).max(200))
              .optional()
              .describe("A comment that is exactly one of these phrases objects."),
          })
          .optional()
          .describe("What counts as an objection. Default: a review that requests changes."),
      })
      .optional()
      .describe("Objections: each is lifted by the person who gave it, by dismissing it, or by overruling it."),
  })
  .describe("How approvals count.");
export type ApprovalOptions = z.output<z.ZodObject<typeof approvalOptions>>;
