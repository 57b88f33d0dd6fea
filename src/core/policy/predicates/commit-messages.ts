import { textPatterns } from "../blocks/values.ts";
import { matchesText } from "../patterns.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when a commit message matches one of the patterns. */
export const commitMessages = definePredicate({
  key: "commit_messages",
  schema: textPatterns.describe(
    "Globs or `/regular expressions/`, any of which the message of at least one commit matches.",
  ),
  example: ["/^Signed-off-by: /m"],
  reads: ["commits", "incomplete"],
  test: (patterns, facts) => {
    const answers = facts.snapshot.commits.map(({ message }) => ({
      message,
      holds: matchesSome(patterns, (pattern) => matchesText(pattern, message)),
    }));
    const matching = answers.filter((answer) => answer.holds === true);
    const isUnsure = answers.some((answer) => answer.holds === "unknown") || isIncomplete("commits", facts);
    const saw = sample(
      matching.map((answer) => answer.message.split("\n")[0] ?? ""),
      `none of ${answers.length} messages`,
    );
    return { holds: matching.length > 0 || (isUnsure ? "unknown" : false), saw };
  },
});
