/** The findings, by rule: why each rule exists, and where it spoke. */

import { type Finding, findingClasses } from "../findings/finding.ts";
import type { Verdict } from "../gate/verdict.ts";
import { toMarkdown } from "./markdown.ts";
import { ruleWords } from "./rule-words.ts";
import { count } from "./telling.ts";
import { classNames, placeOf } from "./trigger-words.ts";
import { code, phrase, say } from "./words.ts";

/** What stands on the closed section, and its lines. */
export function findingsList({ classification }: Pick<Verdict, "classification">): { title: string; lines: string[] } {
  const findings = findingClasses.flatMap((name) => classification.classes[name].findings);
  const files = new Set(findings.map((finding) => finding.path).filter((path) => path !== null)).size;
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return {
    title: `${count(findings.length, "finding")} in ${count(files, "file")}`,
    lines: [...byRule].flatMap(([rule, found]) => [ruleLine(rule, found), ...found.flatMap(findingLines)]),
  };
}

function ruleLine(rule: string, [first]: readonly Finding[]): string {
  const { title, why } = ruleWords(rule);
  const ofClass = first ? `${classNames[first.class]}, ` : "";
  return `- ${toMarkdown(say`${title} (${ofClass}${code(rule)})${why === "" ? [] : say`: ${phrase(why)}`}`)}`;
}

function findingLines(finding: Finding): string[] {
  const place = placeOf(finding);
  const where = place === null ? [] : say`${code(place)}${finding.side === "base" ? " before the change" : ""}: `;
  const sure = finding.isDeclared ? "the author says so" : finding.strength;
  const lines = [`  - ${toMarkdown(say`${where}${phrase(finding.what)} (${sure})`)}`];
  if (finding.before === null && finding.after === null) return lines;
  const before = finding.before === null ? say`nothing` : [code(finding.before)];
  const after = finding.after === null ? say`nothing` : [code(finding.after)];
  return [...lines, `    - ${toMarkdown(say`${before} → ${after}`)}`];
}
