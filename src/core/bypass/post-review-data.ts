/** What is remembered of a review that is owed: by whom and why it is owed, and how far it is. Kept with its issue. */

import { z } from "zod";

export const personData = z.object({ id: z.number(), login: z.string() });

export const reviewVerdicts = ["sound", "follow-up", "revert"] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

/** Why somebody may not do the review: `author` of the pull request, `contributor` to it, or whoever let it through. */
export const handsIn = ["author", "contributor", "requester", "second_person", "merger"] as const;
export type HandIn = (typeof handsIn)[number];

/** What `/holdpoint reviewed` said, and who. */
export const reviewData = z.object({
  verdict: z.enum(reviewVerdicts),
  lessons: z.string(),
  person: personData,
  commentId: z.number(),
  at: z.string(),
});

/** A role as its policy wrote it, where the reviewed change could have rewritten it. */
const people = z.object({
  users: z.array(z.string()).optional(),
  teams: z.array(z.string()).optional(),
  organizations: z.array(z.string()).optional(),
  permission: z.enum(["read", "triage", "write", "maintain", "admin"]).optional(),
  codeowners: z.union([z.boolean(), z.literal("all")]).optional(),
});

const schema = z.object({
  /** `around`: merged although the gate was shut. */
  cause: z.enum(["bypass", "around"]),
  bypassId: z.string().nullable(),
  headSha: z.string(),
  /** When the issue was filed first, ISO 8601. */
  filedAt: z.string(),
  /** As first filed: to file it anew. */
  title: z.string(),
  body: z.string(),
  role: z.string(),
  /**
   * What the role meant when it was filed, `unmapped` where the policy said nothing of it. Kept only where the reviewed change touches the
   * policy; else today's meaning counts.
   */
  meaning: z.union([people, z.literal("unmapped")]).nullable(),
  withinMs: z.number(),
  /** Name of the level that escalation starts at when it is overdue. */
  startsAt: z.string(),
  excluded: z.array(personData.extend({ why: z.enum(handsIn) })),
  heard: z.array(z.number()).default([]),
  review: reviewData.nullable().default(null),
  /** Why nothing is owed; `null` while something is, or was reviewed. */
  dropped: z.enum(["unused", "passed", "orphan"]).nullable().default(null),
  /** People of the role were looked for and assigned. */
  isAssigned: z.boolean().default(false),
  /** How often it was closed early, and the comment that says so. */
  reopened: z.number().default(0),
  /** When it was filed anew, newest last. */
  refiledAt: z.array(z.string()).default([]),
  /** Since when it cannot be filed anew. */
  unfiledSince: z.string().nullable().default(null),
  isVerified: z.boolean().default(false),
  /** Keys of messages that were told, so that nothing is read for them again. */
  told: z.array(z.string()).default([]),
});

/** Plain values only: it is kept as JSON. */
export type PostReviewData = z.infer<typeof schema>;

/** @throws {z.ZodError} when something else stands there: nothing is done about it then, and its work fails where people see it */
export function readPostReviewData(data: unknown): PostReviewData {
  return schema.parse(data);
}
