/** What is remembered of a change: its shape. Lines of code stay where they are, and with them whatever secret somebody pushed. */

import type { Change } from "./github-port.ts";

/** The same change with every line of its patches emptied: what was added and removed where can still be counted. */
export function withoutTexts(change: Change): Change {
  return { ...change, files: change.files.map((file) => ({ ...file, patch: outlineOf(file.patch) })) };
}

function outlineOf(patch: string | null): string | null {
  if (patch === null) return null;
  return patch
    .split("\n")
    .map((line) => /^@@ [-+,\d ]{1,60} @@/.exec(line)?.[0] ?? line.slice(0, 1))
    .join("\n");
}
