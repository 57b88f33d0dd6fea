/** The check's buttons, at most three, within GitHub's lengths: label and identifier 20 characters, description 40. */

import type { Verdict } from "../gate/verdict.ts";

export const recheck = {
  label: "Re-evaluate",
  description: "Read everything again and judge anew",
  identifier: "recheck",
};

const explain = { label: "Explain", description: "A comment with the reasons, rule by rule", identifier: "explain" };
const hold = { label: "Hold", description: "Hold this change until it is lifted", identifier: "hold" };
const unhold = { label: "Lift the hold", description: "For its holder and for maintainers", identifier: "unhold" };

/** Beside the first, what fits the state: what is held can be let go. */
export function actionsFor({ requirements }: Pick<Verdict, "requirements">): (typeof recheck)[] {
  const isHeld = requirements.some(({ kind }) => kind === "hold");
  return [recheck, explain, isHeld ? unhold : hold];
}
