/** Descriptions written in JSON or YAML: which changed files may be some, and how a difference in one is told. */

import type { Contents } from "../../../../snapshot.ts";
import type { Observation, ReadFile } from "../../../detector.ts";
import { basePath } from "../../../detector.ts";
import type { Strength } from "../../../finding.ts";
import { isOffered, lineText, readSchemaFiles, type SchemaFile, withReach } from "../schema-files.ts";
import { nearestLine, type ReadDocument, readDocument } from "./read-document.ts";
import type { Part } from "./references.ts";

export interface DocumentPair {
  source: SchemaFile;
  before: ReadDocument;
  after: ReadDocument;
}

export interface DocumentKind {
  /** Names under which such files go. */
  name: RegExp;
  /** Lines of a patch that only such files have. */
  line: RegExp;
  /** Holds for the text of such a file, before it is parsed. */
  mark: RegExp;
  isOne: (value: Record<string, unknown>, path: string) => boolean;
  /** As people call it: `an OpenAPI description`. */
  title: string;
}

const notations = /\.(json|ya?ml)$/i;

/** Fetched only where name or patch speak for it: most JSON and YAML describes nothing. */
export function mayBe(kind: DocumentKind, file: ReadFile): boolean {
  if (!notations.test(file.path) || !isOffered(file) || file.status === "added" || file.status === "copied")
    return false;
  return (
    kind.name.test(file.path) ||
    kind.name.test(basePath(file)) ||
    file.lines.some(({ text }) => kind.line.test(text.slice(0, 500)))
  );
}

/** A description is often kept in several copies: what changed alike in all of them is told once. */
export function toldOnce(observations: readonly Observation[]): Observation[] {
  const told = new Map<string, Observation>();
  for (const one of observations) {
    const key = `${one.rule} ${one.what}`;
    if (!told.has(key)) told.set(key, one);
  }
  return [...told.values()];
}

/** Files that are of the kind before the change and can be read on both sides; a file that is gone is left to the caller. */
export function readDocumentPairs(
  kind: DocumentKind,
  files: readonly ReadFile[],
  contents: Contents,
): { pairs: DocumentPair[]; removed: SchemaFile[]; notAnalysed: { path: string; why: string }[] } {
  const { read: sources, notAnalysed } = readSchemaFiles(files, contents);
  const pairs: DocumentPair[] = [];
  const removed: SchemaFile[] = [];
  for (const source of sources) {
    if (source.before === null || !kind.mark.test(source.before)) continue;
    const before = readDocument(source.before);
    if (before && !kind.isOne(before.value, source.basePath)) continue;
    if (before && source.after === null) removed.push(source);
    if (source.after === null) continue;
    const after = before && readDocument(source.after);
    if (before && after) pairs.push({ source, before, after });
    else
      notAnalysed.push({
        path: source.file.path,
        why: `it looks like ${kind.title} and could not be parsed, or is too long`,
      });
  }
  return { pairs, removed, notAnalysed };
}

export interface DocumentChange {
  rule: string;
  strength: Strength;
  what: string;
  symbol: string;
  base: Part | null;
  head: Part | null;
}

export function observeDocument({ source, before, after }: DocumentPair, change: DocumentChange): Observation {
  const baseLine = change.base && nearestLine(before, change.base.path);
  const headLine = change.head && nearestLine(after, change.head.path);
  const isInHead = change.head !== null;
  const path = isInHead ? source.file.path : source.basePath;
  const observation: Observation = {
    rule: change.rule,
    strength: change.strength,
    what: change.what,
    path,
    line: isInHead ? headLine : baseLine,
    side: isInHead ? "head" : "base",
    before: lineText(before.lines, baseLine),
    after: lineText(after.lines, headLine),
    symbol: change.symbol,
    counterLine: isInHead ? baseLine : null,
  };
  return withReach(observation, path);
}
