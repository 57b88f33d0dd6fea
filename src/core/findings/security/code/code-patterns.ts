import { baseText, defineDetector, headText, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import { isBenchmark, isDocumentation, isFixture, isTest } from "../../file-role.ts";
import type { Strength } from "../../finding.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { grammarOf } from "../../syntax/grammars.ts";
import { readTree } from "../../syntax/read-tree.ts";
import { type Comparison, compareFacts, type Side } from "./compare-facts.ts";
import { codeGrammars, familyOfGrammar } from "./facts.ts";
import { codeRules } from "./rules/index.ts";
import { everyLine, type TouchedLines, touchedLines } from "./touched-lines.ts";
import { treeFacts } from "./tree-facts.ts";

/**
 * Reports what changed lines of source code do to security, by the syntax of eight languages (C2).
 *
 * Only what the change brings or takes: what stands before and after, here or in another file of the change, is not reported. Tests,
 * examples, documentation and code that was not written here are left alone; in scripts and tools a finding is one step weaker.
 */
export const codePatterns = defineDetector({
  id: "code_patterns",
  class: "security",
  title: "security-relevant code",
  why: "These are the lines on which most holes of their kind begin.",
  rules: Object.fromEntries(codeRules.map(({ id, rule }) => [id, rule])),
  grammars: codeGrammars,
  contents: (files) => files.filter(mayMatter).flatMap(namesOf),
  detect: ({ files, contents }) => {
    const base: Side[] = [];
    const head: Side[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of files) {
      if (!mayMatter(file)) continue;
      const touched = file.patch === null ? { base: everyLine, head: everyLine } : touchedLines(file.lines);
      const before = file.status === "added" ? null : baseText(contents, file);
      const after = file.status === "removed" ? null : headText(contents, file);
      for (const [sides, text, lines, grammarPath] of [
        [base, before, touched.base, file.previousPath ?? file.path],
        [head, after, touched.head, file.path],
      ] as const) {
        const side = readSide(file, grammarPath, text, lines);
        if (typeof side === "string") notAnalysed.push({ path: file.path, why: side });
        else if (side !== null) sides.push(side);
      }
    }
    return { observations: compareFacts(codeRules, base, head).flatMap(observe), notAnalysed };
  },
});

const anyOf = (isAboutGone: boolean) => {
  const rules = codeRules.filter(({ when }) => (when === "disappears" || when === "falls") === isAboutGone);
  return new RegExp(rules.map(({ near }) => near.source).join("|"), "i");
};
const nearWhatComes = anyOf(false);
const nearWhatGoes = anyOf(true);

/** Most changes hold nothing of the kind, and reading costs. Lines beside the changed ones count: a call may stand over several. */
function mayMatter(file: ReadFile): boolean {
  if (file.leftOut !== null || file.isBinary) return false;
  if (!namesOf(file).some((path) => familyOfGrammar(grammarOf(path)) !== null && isProduct(path))) return false;
  if (file.patch === null) return file.additions + file.deletions > 0;
  return file.lines.some(({ kind }) => kind !== "context") && file.lines.some(isNear);
}

function isProduct(path: string): boolean {
  return !isTest(path) && !isFixture(path) && !isDocumentation(path) && !isBenchmark(path);
}

function isNear({ kind, text }: PatchLine): boolean {
  const line = text.slice(0, lineCharactersMax);
  return kind === "removed" ? nearWhatGoes.test(line) : nearWhatComes.test(line);
}

/** Longer lines were not written by hand; what stands further on in one is not looked for. */
const lineCharactersMax = 2000;

/** @returns why the side could not be read; `null` where there is none */
function readSide(
  file: ReadFile,
  path: string,
  text: string | null | undefined,
  touched: TouchedLines,
): Side | string | null {
  if (text === undefined) return "its text was not read, so its code was not looked at";
  const grammar = grammarOf(path);
  const family = familyOfGrammar(grammar);
  if (text === null || grammar === null || family === null || !isProduct(path)) return null;
  const facts = readTree(grammar, text, (root) => treeFacts(root, family, touched));
  if (facts === null) return "it is too long or too tangled to be read as code";
  return {
    path: file.path,
    family,
    facts: facts.map((fact) => ({ ...fact, start: touched.firstIn(fact.start, fact.end) })),
    text,
  };
}

function observe({ sighting, side, was }: Comparison): Observation[] {
  const { rule, fact } = sighting;
  const strength = tool.test(side.path) ? weaker[sighting.strength] : sighting.strength;
  if (strength === null) return [];
  const isGone = rule.when === "disappears";
  return [
    {
      rule: rule.id,
      strength,
      what: rule.says(fact),
      path: side.path,
      line: fact.start,
      side: isGone ? "base" : "head",
      before: isGone ? fact.source : (was?.source ?? null),
      after: isGone ? null : fact.source,
      symbol: fact.within === "" ? null : fact.within,
    },
  ];
}

/** Programs of the developers: they meet no strangers. Folders called internal are product code all the same. */
const tool = /(?:^|\/)(?:scripts?|tools?|hack|playground|\.?ci)\//i;

const weaker: Readonly<Record<Strength, Strength | null>> = { proven: "likely", likely: "hint", hint: null };
