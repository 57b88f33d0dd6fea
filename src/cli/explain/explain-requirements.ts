/** Explains what a change waits for: all of it, or one checkpoint or workflow. */

import { checkTitle } from "../../core/report/check-title.ts";
import { renderLines } from "../../core/report/code-frame.ts";
import {
  type ExplainedRequirement,
  explainRequirements,
  requirementNames,
} from "../../core/report/explain-requirements.ts";
import { wrap } from "../../core/report/render-terminal.ts";
import { rowsOf } from "../../core/report/rows.ts";
import type { Io } from "../io.ts";
import type { JudgedChange } from "./judged-change.ts";

/** Holds when the change's verdict has a requirement of that name. */
export function hasRequirement(name: string, { verdict }: JudgedChange): boolean {
  return requirementNames(verdict).includes(name);
}

/** @param name `null`: all of them */
export function explainRequirementsOf(name: string | null, change: JudgedChange, io: Io, isJson: boolean): void {
  const { verdict, telling, texts } = change;
  const all = explainRequirements(verdict, telling);
  const asked = name === null ? all : all.filter((one) => one.name === name);
  const title = checkTitle(verdict, rowsOf(verdict, telling));
  if (isJson) {
    io.write(`${JSON.stringify({ title, requirements: asked.map(({ mark: _, ...one }) => one) }, null, 2)}\n`);
    return;
  }
  const parts = asked.map((one) => requirementText(one, texts, io));
  io.write(`${[...(name === null ? [`${title}\n`] : []), ...parts].join("\n")}`);
}

function requirementText(one: ExplainedRequirement, texts: Record<string, string>, io: Io): string {
  const { mark, name, kind, code, says, holds, why, rule, release, considered, findings } = one;
  const indented = (text: string) => wrap(text, io.width - 6).map((line) => `    ${line}`);
  const part = (heading: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`  ${heading}`, ...lines]);
  const lines = [
    `${mark} ${name} (${kind.replace(/_/g, " ")}${holds ? "" : ", asked for, never holds"}): ${says.charAt(0).toLowerCase()}${says.slice(1)}`,
    ...part("why", why.flatMap(indented)),
    ...part(
      "looked at",
      considered.flatMap(({ name: other, fits, guards }) => [
        ...indented(`${other} ${fits ? "fits" : "does not fit"}`),
        ...guards.flatMap((guard) => indented(guard).map((line) => `  ${line}`)),
      ]),
    ),
    ...part("rule", ruleLines(rule, kind, texts)),
    ...part(
      "what releases it",
      release.flatMap(({ what, who, code: id }) => indented(`${what}: ${who} (${id})`)),
    ),
    ...part("more", indented(`holdpoint explain ${[code, ...findings.slice(0, 3)].join(", holdpoint explain ")}`)),
  ];
  return `${lines.join("\n")}\n`;
}

/** The rule itself, with the lines after it. */
function ruleLines(rule: ExplainedRequirement["rule"], kind: string, texts: Record<string, string>): string[] {
  if (rule === null) {
    const isOfPolicy = kind === "checkpoint" || kind === "workflow";
    return isOfPolicy ? ["    built in, or from a file that the policy builds on (extends:)"] : [];
  }
  const at = rule.commit === null ? "" : ` at ${rule.commit.slice(0, 7)}`;
  const text = Object.hasOwn(texts, rule.file) ? (texts[rule.file] ?? "") : "";
  const lines = text.split(/\r\n|\n|\r/).slice(rule.line - 1, rule.line + 3);
  const frame = text === "" ? [] : renderLines(lines, rule.line, rule.line).split("\n");
  return [`    ${rule.file}:${rule.line}${at}`, ...frame.map((line) => `    ${line}`)];
}
