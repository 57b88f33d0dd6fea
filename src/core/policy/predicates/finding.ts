import { z } from "zod";
import { findingClasses } from "../../findings/finding.ts";
import { rulesNamed } from "../../findings/rule-ids.ts";
import { oneOrMany } from "../blocks/values.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate, type Facts } from "./predicate.ts";

/** Holds when one of these rules found something. */
export const finding = definePredicate({
  key: "finding",
  schema: oneOrMany(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "a rule id such as secret_detected")).describe(
    "Rules, any of which found something; `secret_detected` stands for every rule about committed secrets.",
  ),
  example: ["secret_detected"],
  reads: ["classification", "incomplete"],
  test: (rules, facts) => {
    const wanted = new Set([...rules, ...rules.flatMap(rulesNamed)]);
    const found = findingClasses
      .flatMap((name) => facts.classification.classes[name].findings)
      .filter((candidate) => wanted.has(candidate.rule))
      .map((candidate) => (candidate.path === null ? candidate.rule : `${candidate.rule} in ${candidate.path}`));
    const isUnsure = isIncomplete("files", facts) || isIncomplete("contents", facts) || lacksReview(rules, facts);
    return {
      holds: found.length > 0 || (isUnsure ? "unknown" : false),
      saw: sample(found, lacksReview(rules, facts) ? "dependency review could not be read" : "none of these"),
    };
  },
});

/** What GitHub does not tell of a repository's dependencies is not the same as that nothing is wrong with them. */
function lacksReview(rules: readonly string[], { classification }: Facts): boolean {
  if (!rules.includes("dependency_vulnerable")) return false;
  return classification.classes.security.findings.some(({ rule }) => rule === "dependency_review_unread");
}
