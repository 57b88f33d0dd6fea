import { z } from "zod";
import { runningScans } from "../../code-scanning.ts";
import { type Classification, findingClasses } from "../../findings/finding.ts";
import { rulesNamed } from "../../findings/rule-ids.ts";
import { oneOrMany } from "../blocks/values.ts";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate, type Facts } from "./predicate.ts";

/** Holds when one of these rules found something. */
export const finding = definePredicate({
  key: "finding",
  schema: oneOrMany(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "a rule id such as secret_detected")).describe(
    "Rules, any of which found something; `secret_detected` stands for every rule about committed secrets, `code_scanning_alert` for alerts of code scanning of every severity.",
  ),
  example: ["secret_detected"],
  reads: ["classification", "incomplete", "checks"],
  test: (rules, facts) => {
    const wanted = new Set([...rules, ...rules.flatMap(rulesNamed)]);
    const found = findingClasses
      .flatMap((name) => facts.classification.classes[name].findings)
      .filter((candidate) => wanted.has(candidate.rule))
      .map((candidate) => (candidate.path === null ? candidate.rule : `${candidate.rule} in ${candidate.path}`));
    const unread = unreadReview(rules, facts) ?? unreadScan([...wanted], facts);
    const isUnsure = isIncomplete("files", facts) || isIncomplete("contents", facts) || unread !== null;
    return { holds: found.length > 0 || (isUnsure ? "unknown" : false), saw: sample(found, unread ?? "none of these") };
  },
});

/** What GitHub does not tell of a repository's dependencies is not the same as that nothing is wrong with them. */
function unreadReview(rules: readonly string[], { classification }: Facts): string | null {
  if (!rules.includes("dependency_vulnerable")) return null;
  return speaks(classification, "dependency_review_unread") ? "dependency review could not be read" : null;
}

/** No more do alerts that could not be read, or that a scan under way may still raise. */
function unreadScan(rules: readonly string[], facts: Facts): string | null {
  if (!rulesNamed("code_scanning_alert").some((rule) => rules.includes(rule))) return null;
  if (speaks(facts.classification, "code_scanning_unread")) return "alerts of code scanning could not be read";
  if (isIncomplete("checks", facts)) return "whether a scan has ended could not be read";
  return runningScans(facts.snapshot.checks).length > 0 ? "code scanning is still under way" : null;
}

function speaks({ classes }: Classification, rule: string): boolean {
  return classes.security.findings.some((finding) => finding.rule === rule);
}
