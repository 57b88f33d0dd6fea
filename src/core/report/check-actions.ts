/** The check's buttons, within GitHub's lengths: label and identifier 20 characters, description 40. */

import { assertNever } from "../assert-never.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { CheckRunDraft } from "./check-run.ts";

export const recheck = {
  label: "Re-evaluate",
  description: "Read everything again and judge anew",
  identifier: "recheck",
};
const explain = { label: "Explain", description: "Say why, rule by rule, in a comment", identifier: "explain" };

export function checkActions(state: Verdict["state"]): CheckRunDraft["actions"] {
  switch (state) {
    case "approved":
      return [recheck];
    case "waiting":
    case "must_change":
    case "error":
      return [recheck, explain];
    default:
      return assertNever(state);
  }
}
