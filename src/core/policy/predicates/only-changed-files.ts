import { globs } from "../blocks/values.ts";
import { matchesAny } from "../patterns.ts";
import { isDoubtful, pathsOf, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when at least one file changed and all of them match, renamed ones under both names. */
export const onlyChangedFiles = definePredicate({
  key: "only_changed_files",
  schema: globs.describe(
    "Globs, one of which every changed file matches; `!` excludes. Never holds when no file changed.",
  ),
  example: ["docs/**", "*.md"],
  reads: ["files", "incomplete"],
  test: (wanted, facts) => {
    const paths = facts.snapshot.files.flatMap(pathsOf);
    const others = paths.filter((path) => !matchesAny(wanted, path));
    if (others.length > 0) return { holds: false, saw: `also ${sample(others, "")}` };
    if (isDoubtful(facts)) return { holds: "unknown", saw: "the list of changed files cannot be relied on" };
    return { holds: paths.length > 0, saw: sample(paths, "no file changed") };
  },
});
