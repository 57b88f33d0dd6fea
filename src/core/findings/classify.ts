/** What kind of change this is: runs every detector and adds up what they say. */

import { matchesAny } from "../policy/patterns.ts";
import type { Contents, Snapshot } from "../snapshot.ts";
import { assessRisk } from "./assess-risk.ts";
import { isLikelyBreaking, scoreBreaking } from "./breaking/score.ts";
import { type ClassificationOptions, namesOf, type ReadFile, toFinding } from "./detector.ts";
import { isSource, isTest } from "./file-role.ts";
import {
  type ClassAssessment,
  type Classification,
  type Finding,
  type FindingClass,
  findingClasses,
  type SizeCount,
  strengths,
} from "./finding.ts";
import { detectors } from "./index.ts";
import { recogniseKinds } from "./kinds.ts";
import { readFiles } from "./read-files.ts";
import { redactFindings } from "./security/secrets/redact.ts";
import { countSize } from "./size/count-size.ts";
import { loadGrammarsFor } from "./wanted-contents.ts";
import { combineConfidence, combineScore, sizeScore } from "./weights.ts";

export interface ClassifyInput {
  snapshot: Snapshot;
  /** Texts of the files that `wantedContents` named; what is missing is named in `notAnalysed`. */
  contents: Contents;
  /** The policy's `classification:` block. */
  options: ClassificationOptions;
}

/** Pure: the same input gives the same classification. Odd files never throw; they are named in `notAnalysed`. */
export async function classify({ snapshot, contents, options }: ClassifyInput): Promise<Classification> {
  const files = readFiles(snapshot, options, contents);
  await loadGrammarsFor(files);
  const found: Finding[] = [];
  const notAnalysed = unread(files);
  for (const detector of detectors) {
    const detection = await detector.detect({ snapshot, files, contents, options });
    for (const observation of detection.observations) found.push(toFinding(detector, observation));
    for (const { path, why } of detection.notAnalysed ?? []) if (!notAnalysed.has(path)) notAnalysed.set(path, why);
  }
  const findings = await redactFindings(limited(withoutIgnored(found, files, options)), files);
  const size = countSize(files);
  const classes = {
    breaking_change: assessBreaking(findings),
    security: assess("security", findings),
    size: assessSize(findings, size),
    architecture: assess("architecture", findings),
    performance: assess("performance", findings),
  };
  const facts = {
    classes,
    kinds: recogniseKinds(snapshot, files),
    size,
    tests: testsOf(files),
    notAnalysed: [...notAnalysed].map(([path, why]) => ({ path, why })),
  };
  return { ...facts, risk: assessRisk(facts) };
}

/** The findings are ordered, the strongest first. */
function assess(name: FindingClass, all: readonly Finding[]): ClassAssessment {
  const findings = all.filter((finding) => finding.class === name);
  const strength = findings[0]?.strength ?? null;
  return {
    present: strength === "likely" || strength === "proven",
    strength,
    confidence: combineConfidence(findings),
    score: combineScore(findings),
    findings,
  };
}

/** Several hints together may make likely what none of them does alone. */
function assessBreaking(all: readonly Finding[]): ClassAssessment {
  const assessment = assess("breaking_change", all);
  const { findings } = assessment;
  const score = scoreBreaking(findings);
  const isLikely = assessment.present || isLikelyBreaking(findings);
  const strength = isLikely && assessment.strength === "hint" ? "likely" : assessment.strength;
  return { ...assessment, present: isLikely, strength, confidence: score, score };
}

/** Lines are counted, not guessed: confidence is full, and the score is how many there are. */
function assessSize(all: readonly Finding[], { changed }: SizeCount): ClassAssessment {
  return { ...assess("size", all), confidence: 1, score: sizeScore(changed) };
}

/** A file is ignored for a class only when all its names are: moving it out of an ignored folder is not ignored. */
function withoutIgnored(
  findings: readonly Finding[],
  files: readonly ReadFile[],
  options: ClassificationOptions,
): Finding[] {
  const byPath = new Map<string, ReadFile>();
  for (const file of files) for (const path of namesOf(file)) byPath.set(path, file);
  return findings.filter((finding) => {
    const ignore = finding.class === "size" ? undefined : options?.[finding.class]?.ignore;
    if (ignore === undefined || finding.path === null) return true;
    const file = byPath.get(finding.path);
    const names = file ? namesOf(file) : [finding.path];
    return !names.every((path) => matchesAny(ignore, path));
  });
}

/** Findings kept per class: nobody reads more, and a thousand files may each bring hundreds. */
const findingsMax = 1000;

/** Keeps the strongest of each class; the last one then says how many were left out. */
function limited(all: readonly Finding[]): Finding[] {
  return findingClasses.flatMap((name) => {
    const findings = strongestFirst(all.filter((finding) => finding.class === name));
    const last = findings[findingsMax];
    if (last === undefined) return findings;
    const what = `${findings.length - findingsMax} more of this kind were found`;
    const kept = findings.slice(0, findingsMax);
    // Of every rule one stays: what a policy asks about a rule must not hang on how much else was found.
    const rules = new Map(findings.slice(findingsMax).map((finding) => [finding.rule, finding]));
    for (const { rule } of [...kept, last]) rules.delete(rule);
    return [...kept, ...rules.values(), { ...last, what, path: null, line: null, before: null, after: null }];
  });
}

/** Stable: what is equally strong stays in the order of the files. */
function strongestFirst(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => strengths.indexOf(b.strength) - strengths.indexOf(a.strength));
}

/** Files that were changed, and whose changed lines nobody could see. */
function unread(files: readonly ReadFile[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    if (file.status === "removed") continue;
    const stated = file.additions + file.deletions;
    const shown = file.lines.filter(({ kind }) => kind !== "context").length;
    if (file.isBinary) found.set(file.path, "it is a binary file");
    else if (file.patch === null && stated > 0)
      found.set(file.path, "its patch was left out, as is done with large ones");
    else if (shown < stated) found.set(file.path, "its patch is cut off");
  }
  return found;
}

function testsOf(files: readonly ReadFile[]): Classification["tests"] {
  const isChanged = (file: ReadFile) =>
    file.leftOut === null && (file.additions > 0 || file.deletions > 0 || file.lines.length > 0);
  const hasSource = files.some((file) => isChanged(file) && namesOf(file).some(isSource));
  if (!hasSource) return "no_source";
  // Tests that are only taken away test nothing.
  const hasTests = files.some(
    (file) => isChanged(file) && file.status !== "removed" && isTest(file.path) && gains(file),
  );
  return hasTests ? "changed" : "missing";
}

function gains(file: ReadFile): boolean {
  return file.additions > 0 || file.lines.some(({ kind }) => kind === "added");
}
