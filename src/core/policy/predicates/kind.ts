import { z } from "zod";
import { changeKinds } from "../../findings/finding.ts";
import { oneOrMany } from "../blocks/values.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the change is of one of these kinds. */
export const kind = definePredicate({
  key: "kind",
  schema: oneOrMany(z.enum(changeKinds)).describe("Kinds of change as a whole, any of which this is."),
  example: ["documentation_only"],
  reads: ["classification", "incomplete"],
  test: (wanted, facts) => {
    const { kinds } = facts.classification;
    // A file that was not read may be of any kind.
    const isUnsure = isIncomplete("files", facts);
    return {
      holds: isUnsure ? "unknown" : wanted.some((candidate) => kinds.includes(candidate)),
      saw: sample(kinds, "no particular kind"),
    };
  },
});
