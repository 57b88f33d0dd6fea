/**
 * What others may build on: `import { parsePolicy, judge } from "holdpoint"`. Pure but for `judge`, which asks for the texts of files by
 * the function it is given.
 */

export { type JudgeInput, judge } from "./cli/judge.ts";
export {
  type DescribedFacts,
  type DescribingOptions,
  describeToSnapshot,
} from "./core/description/describe-to-snapshot.ts";
export { descriptionJsonSchema } from "./core/description/json-schema.ts";
export { type ParsedDescription, parseDescription } from "./core/description/parse-description.ts";
export { type Description, type DescriptionInput, descriptionSchema } from "./core/description/schema.ts";
export { type ClassifyInput, classify } from "./core/findings/classify.ts";
export {
  type ClassAssessment,
  type Classification,
  type Finding,
  type FindingClass,
  findingClasses,
  type RiskLevel,
  type Strength,
  strengths,
} from "./core/findings/finding.ts";
export { wantedContents } from "./core/findings/wanted-contents.ts";
export { decide } from "./core/gate/decide.ts";
export type { DecideInput } from "./core/gate/facts.ts";
export { engineVersion, type Requirement, type Verdict, type VerdictState } from "./core/gate/verdict.ts";
export { parsePolicy } from "./core/policy/parse-policy.ts";
export type { PolicyDocument, PolicyLoad, PolicySource } from "./core/policy/policy-document.ts";
export { type Policy, type PolicyInput, policySchema } from "./core/policy/schema.ts";
export type { Problem } from "./core/problem.ts";
export { renderTerminal, type TerminalOptions } from "./core/report/render-terminal.ts";
export type { Telling } from "./core/report/telling.ts";
export { verdictJson } from "./core/report/verdict-json.ts";
export {
  type ChangedFile,
  type Comment,
  type Commit,
  type Contents,
  emptyMemory,
  type Memory,
  type Person,
  type Review,
  type Snapshot,
} from "./core/snapshot.ts";
