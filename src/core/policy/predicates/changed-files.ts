import { globs } from "../blocks/values.ts";
import { isDoubtful, matchingPaths, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when a changed file matches; a renamed file counts under both names. */
export const changedFiles = definePredicate({
  key: "changed_files",
  schema: globs.describe(
    "Globs, any of which a changed file matches; `!` excludes. A renamed file counts under both names.",
  ),
  example: ["billing/**", "!billing/docs/**"],
  reads: ["files", "incomplete"],
  test: (wanted, facts) => {
    const paths = matchingPaths(wanted, facts);
    const holds = paths.length > 0 || (isDoubtful(facts) ? "unknown" : false);
    return { holds, saw: sample(paths, "no such file changed") };
  },
});
