/** Splits the output of `git diff` into the hunks of each file, in git's order. */

/** Longest patch of one file that is kept: beyond it GitHub gives none either, and nobody reads it. */
export const patchBytesMax = 1024 * 1024;

/** @returns one entry per `diff --git` header; `null` where there are no hunks (binary, mode or name only) or too many */
export function splitPatches(output: string): (string | null)[] {
  const patches: (string | null)[] = [];
  // Lines of content start with a blank, `+`, `-` or `\`, so that a header cannot be forged inside a file. Only LF ends a line for git:
  // with the flag `m`, a lone CR inside a line would be taken for an end too.
  for (const section of output.split(/\n(?=diff --git )/)) {
    if (!section.startsWith("diff --git ")) continue;
    const hunks = section.indexOf("\n@@ ");
    const patch = hunks < 0 ? null : section.slice(hunks + 1).replace(/\n$/, "");
    patches.push(patch !== null && patch.length > patchBytesMax ? null : patch);
  }
  return patches;
}
