import { z } from "zod";
import { definePredicate } from "./predicate.ts";

/** Holds when the pull request's draft state is the one asked for. */
export const draft = definePredicate({
  key: "draft",
  schema: z.boolean().describe("`true`: only drafts; `false`: only pull requests that are ready for review."),
  example: false,
  reads: ["isDraft"],
  test: (wanted, { snapshot }) => ({
    holds: snapshot.isDraft === wanted,
    saw: snapshot.isDraft ? "a draft" : "ready for review",
  }),
});
