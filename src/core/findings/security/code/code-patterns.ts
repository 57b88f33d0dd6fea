import { baseText, defineDetector, headText, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import { isBenchmark, isDocumentation, isFixture, isTest } from "../../file-role.ts";
import type { Strength } from "../../finding.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { grammarOf } from "../../syntax/grammars.ts";
import { type Comparison, compareFacts } from "./compare-facts.ts";
import { codeGrammars, familyOfGrammar } from "./facts.ts";
import { nearLines, shortened } from "./near-lines.ts";
import { type Candidate, type CandidatePair, readSides } from "./read-sides.ts";
import { codeRules } from "./rules/index.ts";
import { everyLine, touchedLines } from "./touched-lines.ts";

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
  parses: mayMatter,
  contents: (files) => files.filter(mayMatter).flatMap(namesOf),
  detect: ({ files, contents }) => {
    const pairs: CandidatePair[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of files) {
      if (!mayMatter(file)) continue;
      const texts = {
        base: file.status === "added" ? null : baseText(contents, file),
        head: file.status === "removed" ? null : headText(contents, file),
      };
      if (texts.base === undefined || texts.head === undefined)
        notAnalysed.push({ path: file.path, why: "its text was not read, so its code was not looked at" });
      pairs.push(pairOf(file, texts));
    }
    const { base, head, unread } = readSides(codeRules, pairs);
    return {
      observations: compareFacts(codeRules, base, head).flatMap(observe),
      notAnalysed: [...notAnalysed, ...unread],
    };
  },
});

/** Most changes hold nothing of the kind, and reading costs. */
function mayMatter(file: ReadFile): boolean {
  if (file.leftOut !== null || file.isBinary) return false;
  if (!namesOf(file).some((path) => familyOfGrammar(grammarOf(path)) !== null && isProduct(path))) return false;
  const { mayCome, mayGo } = nearLines(file);
  return mayCome || mayGo;
}

function isProduct(path: string): boolean {
  return !isTest(path) && !isFixture(path) && !isDocumentation(path) && !isBenchmark(path);
}

type Texts = Record<"base" | "head", string | null | undefined>;

function pairOf(file: ReadFile, texts: Texts): CandidatePair {
  const isUnknown = file.patch === null;
  const touched = isUnknown ? { base: everyLine, head: everyLine } : touchedLines(file.lines);
  const sideOf = (side: "base" | "head", writtenAs: string, other: PatchLine["kind"]): Candidate | null => {
    const text = texts[side];
    if (typeof text !== "string" || familyOfGrammar(grammarOf(writtenAs)) === null || !isProduct(writtenAs))
      return null;
    const rows = file.lines.flatMap((line) => (line.kind === other ? [] : shortened(line.text)));
    return { path: file.path, writtenAs, text, touched: touched[side], rows: isUnknown ? null : rows };
  };
  return {
    base: sideOf("base", file.previousPath ?? file.path, "added"),
    head: sideOf("head", file.path, "removed"),
    ...nearLines(file),
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
const tool =
  /(?:^|\/)(?:scripts?|tools?|hack|playground|\.?ci)\/|(?:^|\/)(?:Gruntfile|gulpfile|Rakefile|noxfile|fabfile)\.[a-z]{2,4}$/i;

const weaker: Readonly<Record<Strength, Strength | null>> = { proven: "likely", likely: "hint", hint: null };
