/** Owners that a change takes off paths. */

import { type CodeOwner, parseCodeowners } from "../../../policy/codeowners.ts";
import type { GuardFile, Loosening } from "./guard-file.ts";

export function isCodeowners(path: string): boolean {
  return /^(\.github\/|docs\/)?CODEOWNERS$/i.test(path);
}

const rule = "code_owner_removed";

/** Pattern by pattern: the last line of a pattern is the one that decides. */
export function lostOwners({ path, before, after }: GuardFile): Loosening[] {
  if (before === null) return [];
  const was = byPattern(before);
  if (was.size === 0) return [];
  if (after === null)
    return [{ rule, strength: "proven", what: `\`${path}\` was removed: no file has code owners by it` }];
  const is = byPattern(after);
  return [...was].flatMap(([pattern, { owners, text }]): Loosening[] => {
    if (owners.length === 0) return [];
    const now = is.get(pattern);
    const at = { rule, symbol: pattern, before: text };
    if (now === undefined) {
      const what = `the line of code owners for \`${pattern}\` was removed`;
      return [{ ...at, strength: "likely", what, side: "base", words: text }];
    }
    const here = { ...at, after: now.text, words: now.text };
    if (now.owners.length === 0)
      return [{ ...here, strength: "proven", what: `\`${pattern}\` has no code owners any more` }];
    const lost = owners.filter((owner) => !now.owners.includes(owner));
    if (lost.length === 0) return [];
    const hasNew = now.owners.some((owner) => !owners.includes(owner));
    const what = `${lost.join(", ")} no longer ${lost.length === 1 ? "owns" : "own"} \`${pattern}\``;
    return [{ ...here, strength: hasNew ? "hint" : "likely", what }];
  });
}

function byPattern(text: string): Map<string, { owners: string[]; text: string }> {
  const lines = text.split(/\r\n|\r|\n/);
  const found = new Map<string, { owners: string[]; text: string }>();
  for (const { line, owners } of parseCodeowners(text).rules) {
    const written = (lines[line - 1] ?? "").trim();
    const pattern = written.match(/^(?:\\.|[^\s\\])+/)?.[0] ?? written;
    found.set(pattern, { owners: owners.map(nameOfOwner), text: written.slice(0, 300) });
  }
  return found;
}

function nameOfOwner(owner: CodeOwner): string {
  switch (owner.kind) {
    case "user":
      return `@${owner.login.toLowerCase()}`;
    case "team":
      return `@${owner.name}`;
    case "email":
      return owner.email;
  }
}
