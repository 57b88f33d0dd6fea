/** One piece of evidence about what kind of change this is, and what the pieces add up to. */

export const findingClasses = ["breaking_change", "security", "size", "architecture", "performance"] as const;
export type FindingClass = (typeof findingClasses)[number];

/** How sure a rule is, weakest first. */
export const strengths = ["hint", "likely", "proven"] as const;
export type Strength = (typeof strengths)[number];

/** Whether people outside can use the thing: `public` is seen, `unknown` could not be told; what is seen to be private makes no finding. */
export const reaches = ["public", "unknown"] as const;
export type Reach = (typeof reaches)[number];

/** What keeps a comment `holdpoint-ignore` from acting: see `ignore-marks.ts`. */
export type MarkFault = "new" | "elsewhere" | "incomplete" | "secret";

/** A comment beside the line that asks for the finding to be left out; whether it acts is judged when the verdict is. */
export interface IgnoreMark {
  /** From 1, on the finding's side. */
  line: number;
  /** The last day on which it acts, `2027-01-31`; `null` where it names none. */
  until: string | null;
  reason: string;
  /** `null`: nothing but time can keep it from acting. */
  fault: MarkFault | null;
}

/** What asks for a finding to be left out, and what came of it. */
export interface Suppression {
  by: "policy" | "code";
  reason: string;
  /** The last day on which it acts; `null` for always. */
  until: string | null;
  /** Of the comment, from 1 on the finding's side; `null` for the policy. */
  line: number | null;
  /** Why it does not act; `null`: the finding is left out by it. */
  refused: MarkFault | "expired" | null;
}

export interface Finding {
  /** `F-` and six or more characters: the same for the same thing as long as its file, rule and symbol are, whatever its line. */
  id: string;
  /** The rule's id in the table of detectors, e.g. `package_entry_removed`. */
  rule: string;
  class: FindingClass;
  strength: Strength;
  /** 0 to 1. */
  confidence: number;
  /** What happened, as a short phrase that starts lower case and names the symbol in back-ticks: `exported function \`parse\` was removed`. */
  what: string;
  /** `null` for evidence that stands in no file: a title, a label. */
  path: string | null;
  /** From 1, on `side`; `null` for the whole file. */
  line: number | null;
  side: "base" | "head";
  /** One line of text each, secrets already redacted. */
  before: string | null;
  after: string | null;
  /** The thing it speaks of, as its users write it: `Client.connect`, `--output`, `GET /users`; `null` where there is none. */
  symbol: string | null;
  /** `null` where the question makes no sense. */
  reach: Reach | null;
  /** The line on the other side, from 1, where the thing stands on both. */
  counterLine: number | null;
  /** The author said so (title, trailer, label) rather than the code. */
  isDeclared: boolean;
  mark: IgnoreMark | null;
  /** Filled in when the verdict is judged, since it may end by time alone. */
  suppression: Suppression | null;
}

export interface ClassAssessment {
  /** At least one finding of strength `likely` or more (for `size`: over the policy's line limit is not asked here; see SizeCount). */
  present: boolean;
  /** The strongest strength met; `null` without findings. */
  strength: Strength | null;
  /** 0 to 1: how sure we are that the class applies. */
  confidence: number;
  /** 0 to 1: how much of it there is. */
  score: number;
  findings: Finding[];
}

export const changeKinds = ["documentation_only", "tests_only", "dependency_bump", "revert"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const riskLevels = ["low", "medium", "high"] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** Lines that a person has to read: without generated, vendored, lock, snapshot and binary files, moved lines counted once. */
export interface SizeCount {
  added: number;
  removed: number;
  /** `added + removed` after moved lines were taken off. */
  changed: number;
  files: number;
  byLanguage: Record<string, number>;
  leftOut: { path: string; why: string; lines: number }[];
}

export interface Classification {
  classes: Record<FindingClass, ClassAssessment>;
  /** Findings left out by the policy or by a comment: they count for nothing, and are shown apart. */
  suppressed: Finding[];
  /** What else of the change bears on the score of its findings: how much of what it touches. No evidence by itself. */
  circumstances: string[];
  kinds: ChangeKind[];
  risk: { level: RiskLevel; reasons: string[] };
  size: SizeCount;
  /** Whether changed source comes with changed tests; `no_source` when no source file changed. */
  tests: "changed" | "missing" | "no_source";
  /** Files that no detector could read, each with the reason: named, never silently skipped. */
  notAnalysed: { path: string; why: string }[];
}
