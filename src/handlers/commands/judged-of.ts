/** A judgement as commands see it. */

import type { JudgementOrNot } from "../judge-pull-request.ts";
import type { Judged } from "./command.ts";

/** @returns `null` where the pull request is closed, or there is no policy to judge by */
export function judgedOf(judgement: JudgementOrNot): Judged | null {
  if (judgement.kind !== "judged") return null;
  const { verdict, input, telling } = judgement;
  return verdict === null || input === null || telling === null ? null : { verdict, input, telling };
}
