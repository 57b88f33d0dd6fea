/** What every detector is: rules it may report, the contents it wants to see, and a pure detection. */

import type { z } from "zod";
import type { classificationSchema } from "../policy/blocks/classification.ts";
import type { ChangedFile, Contents, Snapshot } from "../snapshot.ts";
import type { Finding, FindingClass, Reach, Strength } from "./finding.ts";
import type { PatchLine } from "./patch-lines.ts";
import type { Grammar } from "./syntax/grammars.ts";
import { confidenceOf } from "./weights.ts";

/** The policy's `classification:` block; `undefined` where it has none. */
export type ClassificationOptions = z.output<typeof classificationSchema> | undefined;

/** One rule for people: the check, its documentation page and `holdpoint explain` speak with it. */
export interface Rule {
  /** A few words, starting lower case. */
  title: string;
  /** Why it matters, one sentence. */
  why: string;
  /** What usually helps, where there is something. */
  fix?: string;
  /** What the rule looks at and what it leaves alone, where `title` does not say it all; one to four sentences. */
  looksAt?: string;
  /** A small change that it speaks about: unified lines (`-`, `+`, ` `), in the language named. */
  example?: { language: string; diff: string };
}

/** A changed file with its patch read. */
export interface ReadFile extends ChangedFile {
  lines: PatchLine[];
  /** Vendored, generated, a lock or the like: not written here by hand; `null` otherwise. */
  leftOut: string | null;
}

export interface DetectorInput {
  snapshot: Snapshot;
  files: readonly ReadFile[];
  contents: Contents;
  options: ClassificationOptions;
}

/** A finding as detectors state it; class and confidence are filled in from the detector and the strength. */
export interface Observation {
  rule: string;
  strength: Strength;
  /** Only where the rule knows better than its strength. */
  confidence?: number;
  what: string;
  path?: string | null;
  line?: number | null;
  side?: "base" | "head";
  before?: string | null;
  after?: string | null;
  symbol?: string | null;
  reach?: Reach | null;
  counterLine?: number | null;
  isDeclared?: boolean;
}

export interface Detection {
  observations: Observation[];
  notAnalysed?: { path: string; why: string }[];
}

export interface Detector {
  id: string;
  class: FindingClass;
  title: string;
  why: string;
  rules: Record<string, Rule>;
  /** Grammars that it reads trees with; those of the changed files' languages are loaded before it is asked anything. */
  grammars?: readonly Grammar[];
  /** Of the files in these grammars, those that it may read as trees; all where left out. Loading a grammar costs as much as reading many files. */
  parses?: (file: ReadFile) => boolean;
  /**
   * Paths whose text before and after it needs. Asked again with what came, for paths that only those texts name.
   *
   * @param contents what is there already; at first nothing
   */
  contents?: (files: readonly ReadFile[], options: ClassificationOptions, contents: Contents) => Iterable<string>;
  detect: (input: DetectorInput) => Detection | Promise<Detection>;
}

/** Gives a detector its types; see the table in `index.ts`. */
export function defineDetector(detector: Detector): Detector {
  return detector;
}

/** Fills an observation up to the finding that leaves this room; its id and mark come once all are known. */
export function toFinding(detector: Pick<Detector, "class">, observation: Observation): Finding {
  return {
    id: "",
    rule: observation.rule,
    class: detector.class,
    strength: observation.strength,
    confidence: observation.confidence ?? confidenceOf[observation.strength],
    what: observation.what,
    path: observation.path ?? null,
    line: observation.line ?? null,
    side: observation.side ?? "head",
    before: observation.before ?? null,
    after: observation.after ?? null,
    symbol: observation.symbol ?? null,
    reach: observation.reach ?? null,
    counterLine: observation.counterLine ?? null,
    isDeclared: observation.isDeclared ?? false,
    mark: null,
    suppression: null,
  };
}

/** The name a file had before and the one it has now; rules about paths look at both, so that a move hides nothing. */
export function namesOf(file: ChangedFile): string[] {
  return file.previousPath === null ? [file.path] : [file.path, file.previousPath];
}

/** The name before the change; the one it has now where that is its first. */
export function basePath(file: ChangedFile): string {
  return file.status === "renamed" ? (file.previousPath ?? file.path) : file.path;
}

/** The text before the change, under the name it had then; `null`: did not exist; `undefined`: not fetched. */
export function baseText(contents: Contents, file: ChangedFile): string | null | undefined {
  return contents.base.get(basePath(file));
}

/** The text after the change; `null`: does not exist; `undefined`: not fetched. */
export function headText(contents: Contents, file: ChangedFile): string | null | undefined {
  return contents.head.get(file.path);
}
