import { dueAt } from "../../core/escalation/advance-escalation.ts";
import type { EscalationStep } from "../../core/escalation/escalation-state.ts";
import { requiredFailures } from "../../core/escalation/overdue.ts";
import type { EscalationTold } from "../../core/report/escalation-message.ts";
import type { ActionGiven } from "./action.ts";

/** What the words of a level are made from. The history is read where a step asks for it. */
export async function toldOf(
  { escalation, level, levelOf, item, ports }: ActionGiven,
  steps: readonly EscalationStep[],
): Promise<EscalationTold> {
  const { stuck, state } = escalation;
  const isAnalysed = steps.some(({ action }) => action === "detailed_analysis");
  const history = isAnalysed ? await ports.escalations.loadHistory(stuck.repository.repositoryId, stuck.number) : [];
  const judged = item.kind === "pull_request" ? item.judged : null;
  return {
    stuck,
    level,
    reachedAt: state.levels.findLast(({ name }) => name === level.name)?.at ?? ports.clock.now(),
    nextLevel: level.next,
    nextAt: dueAt(state, levelOf),
    steps,
    review: judged === null ? null : { verdict: judged.verdict, telling: judged.telling },
    failed: judged === null ? [] : requiredFailures(judged.verdict.requirements, judged.telling.snapshot),
    history,
    url: `${ports.urls.server}/${stuck.repository.owner}/${stuck.repository.name}/${
      item.kind === "pull_request" ? "pull" : "issues"
    }/${stuck.number}`,
    now: ports.clock.now(),
  };
}
