/** The steps of a level: its actions, and what carries their words. */

import type { EscalationAction } from "../policy/blocks/escalation-levels.ts";
import type { EscalationStep } from "./escalation-state.ts";
import type { Level } from "./levels.ts";

/** `notify`: tells the level's channels where none of its actions does; `comment`: says all that the level has to say, in one. */
export type StepAction = EscalationAction | "notify" | "comment";

/** Actions that send a message. */
export const tellingActions: readonly StepAction[] = [
  "developer_notification",
  "technical_lead_notification",
  "management_notification",
  "external_support",
];

/** Steps that write on GitHub what people are told of, and so have to take turns. */
const writingSteps: readonly string[] = [
  "automated_fixes",
  "fallbacks",
  "manual_intervention",
  "resource_allocation",
  "comment",
] satisfies StepAction[];

export function isWriting(action: string): boolean {
  return writingSteps.includes(action);
}

/** What needs no turn comes first, so that nobody waits for it. */
export function stepsOf(level: Level): EscalationStep[] {
  const tells = level.actions.some((action) => tellingActions.includes(action));
  const actions: StepAction[] = [...level.actions];
  if (level.notify.length > 0 && !tells) actions.push("notify");
  if (actions.length > 0) actions.push("comment");
  const ordered = [...actions.filter((action) => !isWriting(action)), ...actions.filter(isWriting)];
  return ordered.map((action) => ({ action, outcome: "intended", data: null }));
}

/** So many writes its turn stands for. */
export function writesOf(level: Level): number {
  return stepsOf(level).filter(({ action }) => isWriting(action)).length;
}
