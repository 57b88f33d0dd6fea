/** Reads from changed lines of a manifest which dependencies came, went or changed version, without knowing the format well. */

import type { PatchLine } from "./patch-lines.ts";

/** A version with what stands before it, between delimiters: `"^1.2.3"`, ` v0.4.0`, `== 2.1`. */
const version = /(^|[\s"'=~^<>!,@(])[~^<>=!]{0,2}\s?v?\d+(\.[\w*+-]+){0,6}(?=$|[\s"',;)\]<])/g;

/** Versions of the project itself and of what it runs on: a release or a raised engine is no bump of a dependency. */
const ownVersions =
  /^["']?(version|node|npm|yarn|pnpm|packageManager|python|requires-python|go|toolchain|edition|rust-version|sdk)["']?\s*([:=# ]|$)/i;

/** What a line says beside its versions. */
function withoutVersions(text: string): string {
  const line = text.slice(0, 1000).replace(version, "$1#");
  // Go names the major version in the path: `example.com/a/v2 v2.1.0`.
  return line
    .replace(/\/v\d{1,4}(?=[\s"]|$)/, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Holds when every changed line only changes a version: what is said beside versions is the same before and after. */
export function changesOnlyVersions(lines: readonly PatchLine[]): boolean {
  const open = new Map<string, number>();
  let changed = 0;
  for (const { kind, text } of lines) {
    if (kind === "context") continue;
    changed++;
    // A command may hold a number, but never stands in a pure bump.
    const rest = withoutVersions(text);
    if (rest !== "" && (!rest.includes("#") || ownVersions.test(rest))) return false;
    open.set(rest, (open.get(rest) ?? 0) + (kind === "added" ? 1 : -1));
  }
  return changed > 0 && [...open.values()].every((count) => count === 0);
}

/** Lines that name something with a version and were not there before in another version. */
export function addedDependencyLines(lines: readonly PatchLine[]): PatchLine[] {
  const before = new Set<string>();
  for (const { kind, text } of lines) if (kind === "removed") before.add(withoutVersions(text));
  return lines.filter(({ kind, text }) => {
    if (kind !== "added" || /^\s*(#|\/\/)/.test(text)) return false;
    const rest = withoutVersions(text);
    return rest.includes("#") && /[A-Za-z]/.test(rest) && !before.has(rest) && !ownVersions.test(rest);
  });
}
