/** Changed files with their patches read, once for all detectors. */

import type { Contents, Snapshot } from "../snapshot.ts";
import { type ClassificationOptions, headText, type ReadFile } from "./detector.ts";
import { parsePatch } from "./patch-lines.ts";
import { leftOutReason } from "./size/left-out.ts";

export function readFiles(snapshot: Snapshot, options: ClassificationOptions, contents: Contents): ReadFile[] {
  return snapshot.files.map((file) => {
    const lines = parsePatch(file.patch);
    return { ...file, lines, leftOut: leftOutReason(file, lines, options, headText(contents, file)) };
  });
}
