import { z } from "zod";
import { definePredicate } from "./predicate.ts";

/** Holds when the pull request comes, or does not come, from a fork. */
export const fork = definePredicate({
  key: "fork",
  schema: z.boolean().describe("`true`: only from forks; `false`: only from this repository."),
  example: true,
  reads: ["isFork"],
  test: (wanted, { snapshot }) => ({
    holds: snapshot.isFork === wanted,
    saw: snapshot.isFork ? "from a fork" : "from this repository",
  }),
});
