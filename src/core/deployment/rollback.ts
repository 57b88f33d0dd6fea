/** A decision about taking an environment back: when it is asked for, what counts as one, and when the question is settled by itself. */

import { rationaleMin } from "../gate/decision.ts";
import type { Checkpoint } from "../policy/blocks/checkpoints.ts";
import { decisionRoles, needsDecision } from "../policy/decision-roles.ts";
import { holdsRole, type RoleFacts } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Comment } from "../snapshot.ts";
import { type PastDeployment, type RollbackChoice, rollbackChoices } from "./deployment.ts";
import type { EnvironmentRule } from "./environment-rule.ts";

export interface RollbackAsk {
  roles: string[];
  timeoutMs: number;
  escalation: string;
}

/** Who decides and until when: as the policy's checkpoint for rollbacks says, else a technical lead and whoever is on call. */
export function rollbackAsk(policy: Policy, rule: EnvironmentRule): RollbackAsk {
  const found = Object.entries(policy.checkpoints).find(([name, checkpoint]) => needsDecision(name, checkpoint));
  const [name, checkpoint] = found ?? ["rollback_decision", {} as Partial<Checkpoint>];
  return {
    roles: decisionRoles(name, checkpoint as Checkpoint, policy),
    timeoutMs: checkpoint.timeout ?? rule.timeoutMs,
    escalation: checkpoint.escalation ?? rule.escalation,
  };
}

/** The newest deployment of the environment that began; what still waits, or was stopped before, has changed nothing. */
export function newestOf(past: readonly PastDeployment[]): PastDeployment | null {
  const begun = past.filter(({ state }) => state !== "waiting" && state !== "stopped");
  return begun.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id)[0] ?? null;
}

/** The newest that ran and is not the one in question: what to go back to. */
export function lastGood(past: readonly PastDeployment[], sha: string | null): PastDeployment | null {
  const ran = past.filter((one) => one.state === "ran" && one.sha !== sha);
  return ran.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0] ?? null;
}

/** A deployment that ran after the question came up answers it: the failed one run again, an older one, or a newer. */
export function settledBy(
  past: readonly PastDeployment[],
  about: { deploymentId: number | null; openedAt: Date },
): PastDeployment | null {
  const newest = newestOf(past);
  if (newest === null || newest.state !== "ran") return null;
  if (newest.id === about.deploymentId) return newest;
  return newest.createdAt > about.openedAt ? newest : null;
}

export type DecisionOutcome =
  | { kind: "decided"; choice: RollbackChoice; rationale: string }
  | { kind: "malformed"; why: "choice" | "rationale" }
  | { kind: "not_entitled"; roles: string[] }
  | { kind: "unreadable" }
  | { kind: "bot" };

/** @param rest what follows `/holdpoint decide` */
export function weighDecision(
  rest: string,
  { user }: Pick<Comment, "user">,
  roles: readonly string[],
  facts: RoleFacts,
): DecisionOutcome {
  if (user.kind !== "user") return { kind: "bot" };
  const [word = "", ...others] = rest.split(" ");
  const choice = rollbackChoices.find((one) => one === word.toLowerCase().replace(/[:,.]$/, ""));
  const rationale = others.join(" ").replace(/^(?:[-–—:]|because:?)\s+/i, "");
  if (choice === undefined) return { kind: "malformed", why: "choice" };
  if ([...rationale].length < rationaleMin) return { kind: "malformed", why: "rationale" };
  const answers = roles.map((role) => holdsRole(user, role, facts));
  if (answers.includes(true)) return { kind: "decided", choice, rationale };
  return answers.includes("unknown") ? { kind: "unreadable" } : { kind: "not_entitled", roles: [...roles] };
}
