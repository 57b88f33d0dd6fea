/** A judged pull request, ready to be told. */

import { decide } from "../../../src/core/gate/decide.ts";
import { worstState } from "../../../src/core/gate/requirements.ts";
import type { Requirement } from "../../../src/core/gate/verdict.ts";
import type { CheckUrls } from "../../../src/core/report/check-identity.ts";
import { renderCheck } from "../../../src/core/report/render-check.ts";
import type { Telling } from "../../../src/core/report/telling.ts";
import { anInput } from "../../support/builders.ts";

const file = "https://github.com/acme/api/blob/5c6d7e8/.github/checkpoints.yml";

export const urls: CheckUrls = {
  policyUrl: (line) => (line === null ? file : `${file}#L${line}`),
  codeUrl: (code) => `https://holdpoint.example/docs/codes/${code}`,
  ruleUrl: (rule) => `https://holdpoint.example/docs/rules/${rule}`,
  details: "https://holdpoint.example/r/acme/api/pull/42",
};

/** Lines of the rules in the policy file, by dotted key. */
export const lines: Record<string, number> = {
  "checkpoints.security_review": 12,
  "checkpoints.breaking_change": 20,
  "checkpoints.architecture_review": 31,
};

export function judged(input: Parameters<typeof anInput>[0] = {}, also: readonly Requirement[] = []) {
  const asked = anInput(input);
  const document = {
    ...asked.document,
    source: { ...asked.document.source, commit: "5c6d7e8".padEnd(40, "0"), blobSha: "5c6d7e8".padEnd(40, "1") },
    lineOf: (path: readonly (string | number)[]) => lines[path.join(".")] ?? null,
  };
  const decided = decide({ ...asked, document });
  const requirements = [...also, ...decided.requirements];
  const verdict = also.length === 0 ? decided : { ...decided, requirements, state: worstState(requirements) };
  const telling: Telling = { ...asked, ...urls, document };
  return { verdict, telling };
}

/** @param also what people said by command, beside what the policy asks for */
export function rendered(input: Parameters<typeof anInput>[0] = {}, also: readonly Requirement[] = []) {
  const { verdict, telling } = judged(input, also);
  return renderCheck({ verdict, ...telling, urls });
}
