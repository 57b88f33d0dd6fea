/** The findings, by class and rule, the strongest first: why each rule exists, and where it spoke. */

import { type Finding, findingClasses, type Strength, strengths } from "../findings/finding.ts";
import type { Verdict } from "../gate/verdict.ts";
import { changeWords, sureWords, whatWords, whereWords } from "./finding-words.ts";
import { toMarkdown } from "./markdown.ts";
import { classEffects } from "./rule-pages/class-effects.ts";
import { ruleWords } from "./rule-words.ts";
import { leftOutWords, refusedWords } from "./suppression-words.ts";
import { count, type Telling } from "./telling.ts";
import { code, link, type Piece, phrase, say, strong, type Words } from "./words.ts";

/** So many places of one rule are shown; nobody reads more of the same. */
const placesMax = 10;

/** What stands on the closed section, and its lines. */
interface FindingsList {
  title: string;
  lines: string[];
}

export function findingsList({ classification }: Pick<Verdict, "classification">, telling: Links): FindingsList {
  const classes = findingClasses
    .map((name) => ({ name, findings: classification.classes[name].findings }))
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => rankOf(b.findings) - rankOf(a.findings));
  const findings = classes.flatMap((one) => one.findings);
  return {
    title: `${count(findings.length, "finding")} in ${filesOf(findings)}: ${strengthsOf(findings)}`,
    lines: classes.flatMap(({ name, findings: found }) => [
      `- ${toMarkdown(say`${strong(say`${ours(classEffects[name].title)}`)}: ${ours(strengthsOf(found))}`)}`,
      ...Map.groupBy(found, ({ rule }) => rule)
        .values()
        .flatMap((ofRule) => ruleLines(ofRule, telling)),
    ]),
  };
}

/** What was found and left out, each with the reason. */
export function suppressedList(
  { classification: { suppressed } }: Pick<Verdict, "classification">,
  telling: Links,
): FindingsList {
  const lines = suppressed.map((finding) => {
    const by = finding.suppression === null ? [] : leftOutWords(finding.suppression);
    return `- ${toMarkdown(say`${placed(finding)} (${ruleLinkOf(finding.rule, telling)}, ${finding.strength}, ${code(finding.id)}), ${by}`)}`;
  });
  return { title: `${count(suppressed.length, "finding")} left out`, lines };
}

type Links = Pick<Telling, "ruleUrl">;

function ours(text: string): Piece {
  return { kind: "ours", text };
}

function rankOf([strongest]: readonly Finding[]): number {
  return strongest === undefined ? -1 : strengths.indexOf(strongest.strength);
}

function filesOf(findings: readonly Finding[]): string {
  return count(new Set(findings.map(({ path }) => path).filter((path) => path !== null)).size, "file");
}

const strengthPlurals: Record<Strength, [one: string, many: string]> = {
  proven: ["proven", "proven"],
  likely: ["likely", "likely"],
  hint: ["hint", "hints"],
};

/** `1 proven, 3 likely, 8 hints`. */
function strengthsOf(findings: readonly Finding[]): string {
  return strengths
    .toReversed()
    .flatMap((strength) => {
      const amount = findings.filter((finding) => finding.strength === strength).length;
      return amount === 0 ? [] : [count(amount, ...strengthPlurals[strength])];
    })
    .join(", ");
}

function ruleLines(found: readonly Finding[], telling: Links): string[] {
  const [first] = found;
  if (first === undefined) return [];
  const { title, why } = ruleWords(first.rule);
  // A hint asks for nothing; why its rule is there, the rule's page says.
  const isTold = why !== "" && (first.strength !== "hint" || telling.ruleUrl(first.rule) === null);
  const head = say`${phrase(title)} (${ruleLinkOf(first.rule, telling)})${isTold ? say`: ${phrase(why)}` : []}`;
  const rest = found.length - placesMax;
  return [
    `  - ${toMarkdown(head)}`,
    ...found.slice(0, placesMax).flatMap(findingLines),
    ...(rest > 0 ? [`    - and ${count(rest, "place")} more`] : []),
  ];
}

/** The rule's id, linked to its page where there is one. */
export function ruleLinkOf(rule: string, { ruleUrl }: Links): Words {
  return link([code(rule)], ruleUrl(rule));
}

function findingLines(finding: Finding): string[] {
  const lines = [`    - ${toMarkdown(say`${placed(finding)} (${sureWords(finding)}, ${code(finding.id)})`)}`];
  for (const words of [changeWords(finding), refusedWords(finding)])
    if (words.length > 0) lines.push(`      - ${toMarkdown(words)}`);
  return lines;
}

function placed(finding: Finding): Words {
  // Some phrases name their file themselves.
  const isNamed = finding.line === null && finding.path !== null && finding.what.includes(finding.path);
  const where = isNamed ? [] : whereWords(finding);
  return where.length === 0 ? whatWords(finding) : say`${where}: ${whatWords(finding)}`;
}
