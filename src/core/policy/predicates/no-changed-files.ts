import { globs } from "../blocks/values.ts";
import { isDoubtful, matchingPaths, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when no changed file matches, under either name of a renamed one. */
export const noChangedFiles = definePredicate({
  key: "no_changed_files",
  schema: globs.describe("Globs, none of which a changed file may match; `!` excludes."),
  example: ["migrations/**"],
  reads: ["files", "incomplete"],
  test: (wanted, facts) => {
    const paths = matchingPaths(wanted, facts);
    const holds = paths.length > 0 ? false : isDoubtful(facts) ? "unknown" : true;
    return { holds, saw: sample(paths, "no such file changed") };
  },
});
