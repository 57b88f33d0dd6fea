/** The changed files that describe an interface, each with its text on both sides. */

import type { Contents } from "../../../snapshot.ts";
import { basePath, baseText, headText, type Observation, type ReadFile } from "../../detector.ts";
import { isBenchmark, isFixture, isInternal, isTest } from "../../file-role.ts";
import type { Reach, Strength } from "../../finding.ts";

/** Beyond this many characters a description is named as not analysed: reading it would hold up the others. Ours. */
export const textMax = 3_000_000;

export interface SchemaFile {
  file: ReadFile;
  /** The name it had before the change. */
  basePath: string;
  /** `null`: it was not there. */
  before: string | null;
  after: string | null;
}

export interface SchemaFiles {
  read: SchemaFile[];
  notAnalysed: { path: string; why: string }[];
}

/**
 * Holds for what people offer to others. Generated descriptions stay in: printed from code, they are the interface all the same.
 */
export function isOffered(file: ReadFile): boolean {
  const path = asDescription(basePath(file));
  const isGenerated = file.leftOut === "says that it is generated";
  return (file.leftOut === null || isGenerated) && !isTest(path) && !isFixture(path) && !isBenchmark(path);
}

/** Where all of them are new there is nothing to compare, so nothing is asked for. */
export function pathsToRead(files: readonly ReadFile[]): string[] {
  return files.every(isNew) ? [] : files.flatMap((file) => [file.path, basePath(file)]);
}

function isNew({ status }: ReadFile): boolean {
  return status === "added" || status === "copied";
}

/** Texts of the files asked for; those that were not fetched or are too long are named. */
export function readSchemaFiles(files: readonly ReadFile[], contents: Contents): SchemaFiles {
  const read: SchemaFile[] = [];
  const notAnalysed: { path: string; why: string }[] = [];
  if (files.every(isNew)) return { read, notAnalysed };
  for (const file of files) {
    const before = isNew(file) ? null : baseText(contents, file);
    const after = file.status === "removed" ? null : headText(contents, file);
    if (before === undefined || after === undefined) {
      notAnalysed.push({ path: file.path, why: "its text was not read, so what it offers is unknown" });
    } else if (Math.max(before?.length ?? 0, after?.length ?? 0) > textMax) {
      notAnalysed.push({ path: file.path, why: `it is longer than ${textMax / 1_000_000} million characters` });
    } else {
      read.push({ file, basePath: basePath(file), before, after });
    }
  }
  return { read, notAnalysed };
}

/** What is known of who uses a description: seen to be public, unless it lies where internals do. */
export function reachOf(path: string): Reach {
  return isInternal(asDescription(path)) ? "unknown" : "public";
}

/** Descriptions lie among docs, and `spec` in their names stands for a specification where it stands for a test elsewhere. */
function asDescription(path: string): string {
  const outside = path.replace(/(^|\/)(docs?|documentation|website)\//gi, "$1");
  if (!/\.(json|ya?ml)$/i.test(outside)) return outside;
  return outside.replace(/(^|\/)specs?\/(?=[^/]+$)/i, "$1").replace(/[._-]specs?(?=\.[a-z]{2,5}$)/i, "");
}

/** A rule's strength where something speaks against it. */
export function atMost(most: Strength, strength: Strength): Strength {
  if (most === "hint" || strength === "hint") return "hint";
  return most === "likely" ? "likely" : strength;
}

/** Caps an observation whose users may all live in the same repository. */
export function withReach(observation: Observation, path: string): Observation {
  const reach = reachOf(path);
  return {
    ...observation,
    reach,
    strength: reach === "public" ? observation.strength : atMost("likely", observation.strength),
  };
}

/** One line of a text, trimmed and short enough to show; `null` where there is none. */
export function lineText(lines: readonly string[], line: number | null): string | null {
  const text = line === null ? undefined : lines[line - 1]?.slice(0, 500).trim();
  return text === undefined || text === "" ? null : text.slice(0, 200);
}
