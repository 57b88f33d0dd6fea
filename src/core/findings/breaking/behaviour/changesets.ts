/** Changeset files, by which authors say what the next version will be. @see https://github.com/changesets/changesets */

import type { Observation, ReadFile } from "../../detector.ts";

/** @returns what a new changeset declares, `null` for other files and lesser versions */
export function changesetOf(file: ReadFile): Observation | null {
  if (!/(^|\/)\.changeset\/[^/]{1,200}\.md$/.test(file.path) || /\/README\.md$/i.test(file.path)) return null;
  const added = file.lines.filter(({ kind }) => kind === "added");
  const end = added.findIndex(({ text }, at) => at > 0 && text.trim() === "---");
  const header = end === -1 ? [] : added.slice(0, end);
  const line = header.find(({ text }) =>
    /^\s{0,4}["']?[@\w./-]{1,214}["']?\s{0,4}:\s{0,4}["']?major["']?\s{0,4}$/.test(text),
  );
  if (line === undefined) return null;
  return {
    rule: "changeset_major",
    strength: "proven",
    what: "a changeset asks for a major version",
    path: file.path,
    line: line.line,
    after: line.text.trim().slice(0, 200),
    isDeclared: true,
  };
}
