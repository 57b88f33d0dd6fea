/** Tables of code patterns: a change of one file, and what is said about it. */

import { expect, it } from "vitest";
import { codeRules } from "../../../../../src/core/findings/security/code/rules/index.ts";
import { findingsOf } from "../../../../support/changes.ts";

export interface Row {
  name: string;
  path: string;
  before?: string;
  after: string;
  /** `rule strength`, sorted; none for a near miss. */
  says?: string[];
}

const ids = new Set(codeRules.map(({ id }) => id));

export async function codeFindings(files: Record<string, [string | null, string | null]>) {
  return (await findingsOf("security", { files })).filter(({ rule }) => ids.has(rule));
}

/** The file stood before, so that only what the row adds is new. */
export function tellsOf(rows: readonly Row[]): void {
  it.each(rows.map((row) => ({ ...row, says: row.says ?? [] })))(
    "$name → $says",
    async ({ path, before, after, says }) => {
      const found = await codeFindings({ [path]: [before ?? opening(path), after] });
      expect(found.map(({ rule, strength }) => `${rule} ${strength}`).sort()).toEqual(says);
    },
  );
}

function opening(path: string): string {
  return path.endsWith(".php") ? "<?php\n" : "\n";
}
