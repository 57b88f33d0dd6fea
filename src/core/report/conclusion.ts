/** The verdict as GitHub's check status. Success and neutral let a merge through, so both are spelt out; everything else stays shut. */

import type { Verdict } from "../gate/verdict.ts";
import type { CheckRunDraft } from "./check-run.ts";

export function conclude({
  state,
  isOpen,
  isObserved,
}: Pick<Verdict, "state" | "isOpen" | "isObserved">): Pick<CheckRunDraft, "status" | "conclusion"> {
  if (isOpen && isObserved) return { status: "completed", conclusion: "neutral" };
  if (isOpen && state === "bypassed") return { status: "completed", conclusion: "neutral" };
  if (isOpen && state === "approved") return { status: "completed", conclusion: "success" };
  if (state === "waiting") return { status: "in_progress", conclusion: null };
  return { status: "completed", conclusion: "failure" };
}
