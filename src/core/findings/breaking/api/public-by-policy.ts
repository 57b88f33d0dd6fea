import { matchesAny } from "../../../policy/patterns.ts";
import { type ClassificationOptions, namesOf, type ReadFile } from "../../detector.ts";

/** Holds for files that the policy calls public, under either name. */
export function isPublicByPolicy(file: ReadFile, options: ClassificationOptions): boolean {
  const globs = options?.breaking_change?.public;
  return globs !== undefined && namesOf(file).some((path) => matchesAny(globs, path));
}
