import { z } from "zod";
import { oneOrMany } from "../blocks/values.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when lines of one of these languages changed. */
export const languages = definePredicate({
  key: "languages",
  schema: oneOrMany(z.string().min(1).max(60)).describe(
    "Languages by their name on GitHub, any of which has changed lines; case does not matter.",
  ),
  example: ["TypeScript", "SQL"],
  reads: ["classification", "incomplete"],
  test: (wanted, facts) => {
    const changed = Object.keys(facts.classification.size.byLanguage);
    const holds = wanted.some((name) => changed.some((language) => language.toLowerCase() === name.toLowerCase()));
    return {
      holds: holds || (isIncomplete("files", facts) ? "unknown" : false),
      saw: sample(changed, "no language recognised"),
    };
  },
});
