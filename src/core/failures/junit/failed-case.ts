/** One test as a report tells it, put into the words of ours. */

import { cleanText, shorten } from "../log-text.ts";
import { reportLimits } from "../report-limits.ts";
import type { FailedCase } from "../run-report.ts";

export interface ReadOutcome {
  element: string;
  type: string | undefined;
  message: string | undefined;
  texts: string[];
}

export interface ReadCase {
  attributes: Record<string, string>;
  outcomes: ReadOutcome[];
  /** No test, but what broke its suite. */
  isOfSuite?: true;
}

interface Suite {
  name: string;
  file: string | null;
}

/** Secrets are cut out afterwards: one that the limit would cut through must still be whole by then. */
const roomForSecrets = 2;

export function failedCaseOf({ attributes, outcomes }: ReadCase, suites: readonly Suite[]): FailedCase {
  const first = outcomes.find(({ element }) => element === "failure" || element === "error");
  const told = outcomes.filter(({ element }) => element === first?.element);
  const details = cleanText(told.flatMap(({ texts }) => [texts.join(""), "\n"]).join(""));
  const suite = suites.map(({ name }) => name.trim()).filter((name) => name !== "");
  return {
    suite: nameOf(suite.join(" › ")),
    class_name: nameOf(attributes.classname ?? attributes.class),
    name: nameOf(attributes.name) ?? "",
    file: nameOf(attributes.file ?? suites.findLast(({ file }) => file !== null)?.file),
    line: numberOf(attributes.line, Number.isInteger),
    kind: first?.element === "error" ? "error" : "failure",
    type: nameOf(first?.type),
    message: textOf(cleanText(first?.message ?? ""), reportLimits.messageCharacters * roomForSecrets),
    details: textOf(details, reportLimits.detailsCharacters * roomForSecrets),
    seconds: numberOf(attributes.time, Number.isFinite),
    reruns: outcomes.filter(({ element }) => element.startsWith("rerun")).length,
  };
}

function nameOf(text: string | undefined | null): string | null {
  return textOf(cleanText(text ?? "").replaceAll("\n", " "), reportLimits.nameCharacters);
}

function textOf(text: string, charactersMax: number): string | null {
  return text === "" ? null : shorten(text, charactersMax);
}

/** Some write `1,234.5`. */
function numberOf(text: string | undefined, isRight: (value: number) => boolean): number | null {
  if (text === undefined || !/^\d[\d,]{0,15}(?:\.\d{1,20})?(?:e-?\d{1,2})?$/i.test(text)) return null;
  const value = Number(text.replaceAll(",", ""));
  return isRight(value) && value <= 1_000_000_000 ? value : null;
}
