/** Branches and environments for testing, where the gate stands aside. What is protected is never one of them, whatever a pattern says. */

import { matchesGlob } from "../policy/patterns.ts";
import type { Policy } from "../policy/schema.ts";
import type { OpeningInForce } from "./bypass.ts";
import type { WindowFacts } from "./windows.ts";

/** Beside the repository's default branch. */
const protectedBranches = ["main", "master", "production", "release/**"];

/** Opens everything on a pull request to a branch for testing. */
export function testBranch({ policy, snapshot }: Pick<WindowFacts, "policy" | "snapshot">): OpeningInForce[] {
  const { branches = [], protected: kept = [] } = policy.bypass?.test_environments ?? {};
  const { ref } = snapshot.base;
  const pattern = patternFor(branches, ref);
  const isProtected = isNamed([...protectedBranches, ...kept], ref) || isSame(ref, snapshot.repository.defaultBranch);
  if (pattern === null || isProtected || !isPlain(ref)) return [];
  return [{ opening: { kind: "test_branch", pattern }, scope: "all" }];
}

/** Holds for an environment where deployments need nothing. */
export function isTestEnvironment(policy: Pick<Policy, "bypass">, environment: string): boolean {
  const { environments = [], protected: kept = [] } = policy.bypass?.test_environments ?? {};
  if (!isPlain(environment) || isProduction(environment) || isNamed(kept, environment)) return false;
  return patternFor(environments, environment) !== null;
}

/** The word stands in the name by itself, and not after `pre` or `non`: `prod`, `eu-production`, but not `preprod`, `pre-prod`, `product`. */
function isProduction(environment: string): boolean {
  return /(?<![a-z0-9]|(?:pre|non)[^a-z0-9])(?:production|prod|live)(?![a-z0-9])/i.test(environment);
}

/** Letters that look like others, and blanks at the ends, are for hiding: a name with them is never one for testing. */
function isPlain(name: string): boolean {
  return /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(name);
}

/** The first pattern that fits, where none that begins with `!` does. */
function patternFor(patterns: readonly string[], name: string): string | null {
  if (patterns.some((pattern) => pattern.startsWith("!") && matchesGlob(pattern.slice(1), name))) return null;
  return patterns.find((pattern) => !pattern.startsWith("!") && matchesGlob(pattern, name)) ?? null;
}

/** Case does not count: `Production` is meant by `production`. */
function isNamed(patterns: readonly string[], name: string): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), lower));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
