/** Who has released a deployment: seats of the environment and of its checkpoints, each taken by another person. */

import { seatsOfCheckpoint } from "../gate/checkpoint-requirements.ts";
import { seatDistinct } from "../gate/seats.ts";
import { defaultCheckpointApprover } from "../policy/default-approvers.ts";
import { holdsRole, type RoleFacts } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Person } from "../snapshot.ts";
import type { DeploymentVoice } from "./deployment.ts";
import type { EnvironmentRule } from "./environment-rule.ts";

/** Seats that have to be taken. */
export interface SeatGroup {
  /** `environment`, or `checkpoint:<name>`; several of one checkpoint where its roles are counted apart. */
  id: string;
  /** The checkpoint's name; `null` for the environment's own approvals. */
  checkpoint: string | null;
  roles: string[];
  needed: number;
}

export interface SettledSeats extends SeatGroup {
  given: Person[];
}

/**
 * - `counts`: it takes a seat, or would if one were free
 * - `starter`: who started a deployment does not release it
 * - `not_entitled`: none of the roles
 * - `unreadable`: whether they hold one could not be read
 * - `bot`: apps and bots release nothing
 * - `other`: said before this request, or about another commit
 */
export type VoiceOutcome = "counts" | "starter" | "not_entitled" | "unreadable" | "bot" | "other";

/** @param satisfied checkpoints that every pull request in the deployment has satisfied */
export function seatGroups(
  rule: EnvironmentRule,
  policy: Pick<Policy, "checkpoints">,
  satisfied: ReadonlySet<string>,
): SeatGroup[] {
  const groups: SeatGroup[] = [];
  if (rule.approvals > 0) {
    groups.push({ id: "environment", checkpoint: null, roles: rule.approvers, needed: rule.approvals });
  }
  for (const name of rule.checkpoints) {
    if (satisfied.has(name)) continue;
    // A checkpoint that the policy does not have is none that anybody could satisfy: its default role is asked.
    const checkpoint = Object.hasOwn(policy.checkpoints, name) ? policy.checkpoints[name] : undefined;
    const seats = checkpoint
      ? seatsOfCheckpoint(checkpoint, name)
      : [{ roles: [defaultCheckpointApprover(name)], needed: 1 }];
    for (const [index, seat] of seats.entries()) {
      const needed = Math.max(seat.needed, seats.length === 1 ? 1 : 0);
      if (needed > 0) groups.push({ ...seat, needed, id: `checkpoint:${name}:${index}`, checkpoint: name });
    }
  }
  return groups;
}

export interface VoiceFacts {
  /** As {@link DeploymentVoice.requests} has it. */
  request: string;
  sha: string;
  environment: string;
  /** What was said before the request was there is about another one. */
  requestedAt: Date;
  starters: readonly Person[];
  roles: RoleFacts;
}

/** Whether a voice of somebody of these roles counts for this request. GitHub tells times to the second. */
export function weighVoice(voice: DeploymentVoice, roles: readonly string[], facts: VoiceFacts): VoiceOutcome {
  const { person } = voice;
  const requestedAt = Math.floor(facts.requestedAt.getTime() / 1000) * 1000;
  const isForThis = voice.sha === facts.sha && voice.requests.includes(facts.request);
  if (!isForThis || voice.at.getTime() < requestedAt) return "other";
  if (person.kind !== "user") return "bot";
  // Stopping one's own deployment is nobody's harm.
  if (voice.kind !== "reject" && facts.starters.some(({ id }) => id === person.id)) return "starter";
  const answers = roles.map((role) => holdsRole(person, role, facts.roles));
  if (answers.includes(true)) return "counts";
  return answers.includes("unknown") ? "unreadable" : "not_entitled";
}

/** Nobody sits twice. */
export function settleSeats(
  groups: readonly SeatGroup[],
  voices: readonly DeploymentVoice[],
  facts: VoiceFacts,
): SettledSeats[] {
  const approvals = voices.filter(({ kind }) => kind === "approve");
  const people = new Map(approvals.map(({ person }) => [person.id, person]));
  const needs = groups.map((group) => ({
    id: group.id,
    seats: group.needed,
    people: [
      ...new Set(
        approvals.filter((one) => weighVoice(one, group.roles, facts) === "counts").map(({ person }) => person.id),
      ),
    ],
  }));
  const seated = seatDistinct(needs);
  return groups.map((group) => ({
    ...group,
    given: (seated.get(group.id) ?? []).flatMap((id) => people.get(id) ?? []),
  }));
}
