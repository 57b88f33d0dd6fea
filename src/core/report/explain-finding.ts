/** One finding, explained: what, where, why this strong, what it brought about, what helps, how to leave it out, how to disagree. */

import type { Finding } from "../findings/finding.ts";
import { rules } from "../findings/index.ts";
import { isOpenState } from "../gate/requirements.ts";
import { thresholdsOf } from "../gate/trigger.ts";
import type { Verdict } from "../gate/verdict.ts";
import { releasers } from "./answer-disagreement.ts";
import { findingEffects } from "./finding-effects.ts";
import type { FindingFrames } from "./finding-frames.ts";
import { changeWords, sureWords, whatWords, whereWords } from "./finding-words.ts";
import { ruleLinkOf } from "./findings-list.ts";
import { codeBlock, toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { classEffects } from "./rule-pages/class-effects.ts";
import { strengthWords } from "./rule-pages/rule-page.ts";
import { leftOutWords, refusedWords } from "./suppression-words.ts";
import { spoken, type Telling } from "./telling.ts";
import { code, joinList, ourPhrase, say, toPlain, type Words } from "./words.ts";

export interface ExplainedFinding {
  heading: Words;
  parts: { title: string; items: Words[]; code?: string }[];
}

export function explainFinding(
  finding: Finding,
  frames: FindingFrames,
  verdict: Verdict,
  telling: Telling,
): ExplainedFinding {
  const rule = Object.hasOwn(rules, finding.rule) ? rules[finding.rule] : undefined;
  const where = whereWords(finding);
  const change = changeWords(finding);
  return {
    heading: say`${code(finding.id)}: ${whatWords(finding)}`,
    parts: [
      {
        title: "Where",
        items: [where.length === 0 ? say`in no file: in what is said of the change` : where, change].filter(
          (words) => words.length > 0,
        ),
      },
      ...frameParts(frames),
      { title: "Why it matters", items: [ourPhrase(rule?.why ?? "")] },
      { title: "How sure it is", items: [strengthLine(finding)] },
      { title: "What it brings about", items: effectLines(finding, verdict, telling) },
      { title: "What helps", items: [ourPhrase(rule?.fix ?? classEffects[finding.class].helps)] },
      { title: "Leaving it out, and disagreeing", items: leavingLines(finding) },
      {
        title: "The rule",
        items: [say`${ruleLinkOf(finding.rule, telling)}, ${ourPhrase(rule?.title ?? spoken(finding.rule))}`],
      },
    ],
  };
}

export function explainedMarkdown({ heading, parts }: ExplainedFinding): string {
  const sections = parts.map(({ title, items, code: shown }) => {
    const lines = items.map((words) => `- ${toMarkdown(quietWords(words))}`);
    return [`**${title}**`, "", ...lines, ...(shown === undefined ? [] : [codeBlock(shown)])].join("\n");
  });
  return [toMarkdown(quietWords(heading)), ...sections].join("\n\n");
}

/** @param wrap breaks a text into lines that fit */
export function explainedText({ heading, parts }: ExplainedFinding, wrap: (text: string) => string[]): string {
  const lines = [...wrap(toPlain(heading))];
  for (const { title, items, code: shown } of parts) {
    lines.push("", `  ${title}`);
    for (const words of items) {
      const [first = "", ...rest] = wrap(toPlain(words));
      lines.push(`    ${first}`, ...rest.map((line) => `    ${line}`));
    }
    if (shown !== undefined) lines.push(...shown.split("\n").map((line) => `    ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

function frameParts({ before, after }: FindingFrames): ExplainedFinding["parts"] {
  return [
    ...(before === null ? [] : [{ title: "Before", items: [], code: before }]),
    ...(after === null ? [] : [{ title: "After", items: [], code: after }]),
  ];
}

function strengthLine(finding: Finding): Words {
  return say`${sureWords(finding)}: ${{ kind: "ours", text: strengthWords[finding.strength] }}`;
}

function effectLines(finding: Finding, verdict: Verdict, telling: Telling): Words[] {
  const { suppression } = finding;
  if (suppression !== null && suppression.refused === null)
    return [say`nothing: it is left out ${leftOutWords(suppression)}`];
  const { policy } = telling.document;
  const { checkpoints, criteria } = findingEffects(finding, verdict, policy);
  const lines = checkpoints.map(({ requirement, how }): Words => {
    const name = code(requirement.name);
    if (how === "with_others") return say`${name} applies by stronger findings; this one is shown beside them`;
    if (how === "asks") return say`${name} asks for its review and holds nothing because of it`;
    return isOpenState(requirement.state)
      ? say`${name} holds the change; it can be released by ${releasers(requirement, telling)}`
      : say`${name} held the change, and is met`;
  });
  if (criteria.length > 0)
    lines.push(say`for the workflow it counts in ${joinList(criteria.map((one) => [code(one)]))}`);
  const { holdAt, askAt } = thresholdsOf(policy, finding.class);
  const thresholds =
    finding.class === "size"
      ? []
      : [say`the policy holds from ${code(holdAt)} on and asks from ${code(askAt)} on for this class`];
  const refused = refusedWords(finding);
  return [
    ...(lines.length === 0 ? [say`nothing: it is shown, and asks for nothing`] : lines),
    ...thresholds,
    ...(refused.length > 0 ? [refused] : []),
  ];
}

function leavingLines({ id, rule, path }: Finding): Words[] {
  const only = path === null ? "" : `, paths: [${JSON.stringify(path)}]`;
  return [
    say`in the policy: ${code(`classification: { suppress: [{ rule: ${rule}${only}, reason: "…", until: "…" }] }`)}`,
    say`where it is wrong: ${code(`/holdpoint disagree ${id} <reason>`)} on the pull request; it is counted for the rule, and the finding stays`,
  ];
}
