/** The check's buttons, at most three, within GitHub's lengths: label and identifier 20 characters, description 40. */

import type { Verdict } from "../gate/verdict.ts";
import type { Policy } from "../policy/schema.ts";

export const recheck = {
  label: "Re-evaluate",
  description: "Read everything again and judge anew",
  identifier: "recheck",
};

const explain = { label: "Explain", description: "A comment with the reasons, rule by rule", identifier: "explain" };
const hold = { label: "Hold", description: "Hold this change until it is lifted", identifier: "hold" };
const unhold = { label: "Lift the hold", description: "For its holder and for maintainers", identifier: "unhold" };

const bypass = {
  label: "Request bypass",
  description: "For emergencies: how to ask, and who may",
  identifier: "bypass",
};

/** Beside the first, what fits the state: what is held can be let go, and what is shut need not be held as well. */
export function actionsFor(
  { requirements, isOpen }: Pick<Verdict, "requirements" | "isOpen">,
  policy: Pick<Policy, "bypass">,
): (typeof recheck)[] {
  const isHeld = requirements.some(({ kind }) => kind === "hold");
  if (isHeld) return [recheck, explain, unhold];
  return [recheck, explain, !isOpen && policy.bypass?.emergency !== undefined ? bypass : hold];
}
