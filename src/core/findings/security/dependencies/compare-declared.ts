/** Which dependencies came, moved to another version or come from elsewhere. */

import { coerce, compare, major } from "semver";
import type { Observation, ReadFile } from "../../detector.ts";
import type { Declared, Dependencies } from "./declared.ts";

export function compareDeclared(file: ReadFile, base: Dependencies, head: Dependencies): Observation[] {
  const found: Observation[] = [];
  for (const [name, now] of head) {
    const before = base.get(name);
    if (before?.wanted === now.wanted && before.source === now.source) continue;
    const at = {
      path: file.path,
      line: lineOf(file, name),
      before: before?.wanted ?? null,
      after: now.wanted,
      symbol: name,
    };
    const told = judge(name, before, now);
    if (told) found.push({ ...told, ...at });
  }
  return found;
}

function judge(
  name: string,
  before: Declared | undefined,
  now: Declared,
): Pick<Observation, "rule" | "strength" | "what"> | null {
  const dependency = `dependency \`${name}\``;
  if (now.source === "address" || now.source === "registry") {
    // What came from there before is only another version of it.
    if (before?.source === now.source && addressOf(before) === addressOf(now)) return null;
    const what = `${dependency} comes from ${now.source === "address" ? "an address" : "another registry"}`;
    return { rule: "dependency_source_changed", strength: "proven", what };
  }
  if (now.source === "here") return null;
  if (before === undefined) {
    return {
      rule: "dependency_added",
      strength: now.isDevelopment ? "hint" : "likely",
      what: `${dependency} was added`,
    };
  }
  if (before.source !== "usual") return null;
  const [had, has] = [versionOf(before.wanted), versionOf(now.wanted)];
  if (had === null || has === null) return null;
  if (compare(has, had) < 0)
    return { rule: "dependency_downgraded", strength: "likely", what: `${dependency} went back to an older version` };
  if (major(had) === major(has)) return null;
  return { rule: "dependency_major_changed", strength: "hint", what: `${dependency} moved to another major version` };
}

function addressOf({ wanted }: Declared): string {
  // Of a replacement in go.mod the address is in its name.
  if (/^v\d/.test(wanted)) return "";
  return wanted
    .replace(/#.*$/, "")
    .replace(/\.git(?=$|@)/, "")
    .replace(/(?<=[^/])@[^/]{1,200}$/, "");
}

/** The lowest version of a range; bounds from above say nothing of it. */
function versionOf(range: string) {
  const lowest = range.slice(0, 200).split("||")[0] ?? "";
  if (/^\s*[<!]/.test(lowest)) return null;
  // A dot and letters belong to a name, as in an alias to another package.
  return /^[\s^~=>(v]{0,6}\d/.test(lowest) ? coerce(lowest, { includePrerelease: true }) : null;
}

/** Where the name is written: the first added line with it. */
export function lineOf(file: ReadFile, words: string): number | null {
  const name = words
    .replace(/ => .*$/, "")
    .replace(/^patch of /, "")
    .toLowerCase();
  return (
    file.lines.find(
      ({ kind, text }) =>
        kind === "added" && text.toLowerCase().replaceAll("_", "-").includes(name.replaceAll("_", "-")),
    )?.line ?? null
  );
}
