import { z } from "zod";
import type { ChangedFile } from "../../snapshot.ts";
import { globs } from "../blocks/values.ts";
import { matchesAny } from "../patterns.ts";
import { isDoubtful, pathsOf, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Whether a file counts as added, removed or renamed; a rename also adds its new name and removes the old one. */
const namesUnder = {
  added: (file: ChangedFile) =>
    file.status === "added" || file.status === "renamed" || file.status === "copied" ? [file.path] : [],
  removed: (file: ChangedFile) =>
    file.status === "removed" ? [file.path] : file.status === "renamed" ? pathsOf(file).slice(1) : [],
  renamed: (file: ChangedFile) => (file.status === "renamed" ? pathsOf(file) : []),
};

/** Holds when, for every status that is named, a file of that status matches. */
export const fileStatus = definePredicate({
  key: "file_status",
  schema: z
    .strictObject({
      added: globs.optional().describe("A file of these was added, or something was renamed to it."),
      removed: globs.optional().describe("A file of these was removed, or renamed to something else."),
      renamed: globs.optional().describe("A file was renamed from or to one of these."),
    })
    .refine((value) => value.added ?? value.removed ?? value.renamed, {
      message: "this names no status",
      params: { expected: "at least one of added, removed, renamed" },
    })
    .describe("Files that were added, removed or renamed; each status that is named must be met."),
  example: { removed: ["migrations/**"] },
  reads: ["files", "incomplete"],
  test: (wanted, facts) => {
    const saw: string[] = [];
    let isMissing = false;
    for (const status of ["added", "removed", "renamed"] as const) {
      const patterns = wanted[status];
      if (!patterns) continue;
      const paths = facts.snapshot.files.flatMap(namesUnder[status]).filter((path) => matchesAny(patterns, path));
      if (paths.length === 0) isMissing = true;
      saw.push(`${status}: ${sample(paths, "none of these")}`);
    }
    return { holds: !isMissing || (isDoubtful(facts) ? "unknown" : false), saw: saw.join("; ") };
  },
});
