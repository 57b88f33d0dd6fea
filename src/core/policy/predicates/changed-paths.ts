/** Names of the changed files, and what their list can and cannot prove. */

import type { ChangedFile, Incomplete } from "../../snapshot.ts";
import { isSuspiciousPath, matchesAny } from "../patterns.ts";
import type { Facts } from "./predicate.ts";

/** Both names of a renamed or copied file: a rule about a folder also minds what leaves it. */
export function pathsOf(file: ChangedFile): string[] {
  return file.previousPath === null ? [file.path] : [file.path, file.previousPath];
}

export function matchingPaths(globs: readonly string[], facts: Facts): string[] {
  return facts.snapshot.files.flatMap(pathsOf).filter((path) => matchesAny(globs, path));
}

/** Whether the list of files may lack some, or has names that pretend to be others: then "no file matches" proves nothing. */
export function isDoubtful(facts: Facts): boolean {
  return isIncomplete("files", facts) || facts.snapshot.files.flatMap(pathsOf).some(isSuspiciousPath);
}

export function isIncomplete(what: Incomplete["what"], facts: Facts): boolean {
  return facts.snapshot.incomplete.some((part) => part.what === what);
}

/** A few of many, for people. */
export function sample(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const shown = [...new Set(items)];
  return shown.length > 3 ? `${shown.slice(0, 3).join(", ")} and ${shown.length - 3} more` : shown.join(", ");
}
