/** How a secret is told: its type, its place and a fingerprint, never its value. */

import type { Observation, ReadFile } from "../../detector.ts";
import { isDocumentation, isFixture, isTest } from "../../file-role.ts";
import type { Strength } from "../../finding.ts";
import type { Place } from "./added-batches.ts";
import type { AssignedSecret } from "./assigned-secret.ts";
import { fingerprintOf, type Secret } from "./secret-scan.ts";

export function observeKnown(rule: string, strength: Strength, { file, line }: Place, secret: Secret): Observation {
  const article = /^[aeiou]/i.test(secret.type) ? "an" : "a";
  return {
    rule,
    strength,
    what: `${article} ${secret.type} was added`,
    path: file.path,
    line,
    after: `[${secret.type}, fingerprint ${fingerprintOf(secret.value)}]`,
  };
}

export function observeAssigned(
  rule: string,
  strength: Strength,
  { file, line }: Place,
  { name, value }: AssignedSecret,
): Observation {
  return {
    rule,
    strength,
    what: `\`${name}\` is given a value that reads as a secret`,
    path: file.path,
    line,
    after: `${name} = [redacted, fingerprint ${fingerprintOf(value)}]`,
    symbol: name,
  };
}

/** Made to be seen, or an example where examples belong. */
export function isOnlyPossible({ grade, type }: Secret, isExample: boolean): boolean {
  return grade === "public" || (isExample && (grade === "example" || type === "web token (JWT)"));
}

export function isExampleFile({ path }: ReadFile): boolean {
  return (
    isTest(path) || isFixture(path) || isDocumentation(path) || /[._-](example|sample|template|dist)\b/i.test(path)
  );
}

/** Written here, and meant to be used. */
export function isOwnCode(file: ReadFile): boolean {
  return file.leftOut === null && !isExampleFile(file);
}

export function withoutDoubles(observations: readonly Observation[]): Observation[] {
  const known = new Set<string>();
  return observations.filter(({ rule, path, line, after }) => {
    const key = `${rule}\n${path}\n${line}\n${after}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
