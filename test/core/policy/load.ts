import { parsePolicy } from "../../../src/core/policy/parse-policy.ts";
import type { PolicyDocument, PolicyLoad } from "../../../src/core/policy/policy-document.ts";
import type { Problem } from "../../../src/core/problem.ts";

export const aSource = { repository: "acme/api", path: ".github/checkpoints.yml", commit: null, blobSha: null };

/** Parses a policy of acme/api. */
export function load(text: string): PolicyLoad {
  return parsePolicy(text, aSource, "acme");
}

/** @throws with the problems when the policy does not load */
export function loaded(text: string): PolicyDocument {
  const result = load(text);
  if (result.kind === "loaded") return result.document;
  throw new Error(`Broken policy:\n${result.problems.map(brief).join("\n")}`);
}

export function problemsOf(text: string): Problem[] {
  const result = load(text);
  return result.kind === "broken" ? result.problems : result.document.problems;
}

/** `HP-P05 3:5 checkpoints.a.approvr: found; expected …; fix`. */
export function brief({ code, where, found, expected, fix }: Problem): string {
  const place = where.line === undefined ? "-" : `${where.line}:${where.column}`;
  return [`${code} ${place} ${where.key ?? ""}: ${found}`, expected && `expected ${expected}`, fix]
    .filter(Boolean)
    .join("; ");
}
