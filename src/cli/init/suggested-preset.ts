/** Which of Holdpoint's own policies was made for such a repository. */

import type { Survey } from "./survey-repository.ts";

/** @returns `null` where none fits better than a policy that is written out */
export function presetFor({ kind, isOpen, teams, hasCodeowners }: Survey): string | null {
  if (isOpen && (kind === "library" || kind === "monorepo") && teams.length === 0) return "open-source";
  if (kind === "other" && !hasCodeowners) return "startup";
  return null;
}
