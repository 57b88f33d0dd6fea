/** What is left to do once something is no longer stuck: the label comes off, and pagers hear that it is over. */

import type { Escalation } from "../../core/escalation/escalation-state.ts";
import { settledMessage } from "../../core/report/escalation-message.ts";
import type { Ports, RunResult } from "../ports.ts";
import { readDefaultPolicy } from "./read-default-policy.ts";
import { tellBeyondGithub } from "./tell-beyond-github.ts";

export async function cleanUp(escalation: Escalation, ports: Ports): Promise<RunResult> {
  const { escalations } = ports;
  const { stuck, state, closedAt } = escalation;
  if (closedAt === null || (state.label === null && state.pagedKeys.length === 0)) return {};
  await takeLabelOff(escalation, ports);
  await endPaging(escalation, closedAt, ports);
  await escalations.changeEscalations({ repositoryId: stuck.repository.repositoryId, key: stuck.key }, (known) =>
    known
      .filter((one) => one.closedAt !== null)
      .map((one) => ({
        escalation: { ...one, state: { ...one.state, label: null, pagedKeys: [] } },
        entries: [],
        isWoken: false,
      })),
  );
  return {};
}

/** It stays while something else about the same number bears it. */
async function takeLabelOff(
  { stuck: { repository, number }, state: { label } }: Escalation,
  { escalations, github }: Ports,
): Promise<void> {
  if (label === null || number < 1) return;
  const others = await escalations.listEscalations(repository.repositoryId, number);
  if (others.some(({ state }) => state.label === label)) return;
  await github.removeLabel({ ...repository, number }, label);
}

async function endPaging({ stuck, state: { pagedKeys } }: Escalation, closedAt: Date, ports: Ports): Promise<void> {
  if (pagedKeys.length === 0) return;
  const { repository, number } = stuck;
  const read = await readDefaultPolicy(repository, ports);
  if (read === "gone") return;
  const channels = read.policy.notifications?.channels ?? {};
  const pagers = Object.keys(channels).filter((name) => channels[name]?.type === "pagerduty");
  if (pagers.length === 0) return;
  const url = `${ports.urls.server}/${repository.owner}/${repository.name}/issues/${number}`;
  for (const resolves of pagedKeys) {
    const message = settledMessage(stuck, { resolves, closedAt, now: ports.clock.now(), url });
    await tellBeyondGithub({ ...message, channels: pagers }, read.policy, ports);
  }
}
