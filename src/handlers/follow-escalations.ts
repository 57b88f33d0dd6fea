/** Reports what a look found stuck, and what no longer is. Where that is known already, nothing is said to anybody. */

import type { OpenEscalation } from "../core/escalation/escalation-state.ts";
import { lookedKinds, stuckIn } from "../core/escalation/overdue.ts";
import { isFailedAgain } from "../core/escalation/report-stuck.ts";
import type { Stuck } from "../core/escalation/stuck.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { FollowUpStep } from "./follow-up.ts";
import type { Ports } from "./ports.ts";
import type { Dossier } from "./store-port.ts";
import { reportStuck } from "./stuck.ts";

export const followEscalations: FollowUpStep = async ({ subject, dossier, judgement, outcome }, ports) => {
  const { verdict, telling } = judgement;
  // Without a verdict nothing is known: what is stuck stays so.
  if (verdict === null || telling === null || outcome === "fenced") return null;
  const { snapshot, document, now } = telling;
  const repository = repositoryOf(subject);
  const stuck = stuckIn({ repository, number: subject.number, snapshot, verdict, policy: document.policy, now });
  await reportNews(subject, dossier, stuck, ports);
  return null;
};

/** Once a pull request is closed, nothing about it is stuck; opened again, it goes on where it was. */
export async function closeEscalations(subject: PullRequestSubject, dossier: Dossier, ports: Ports): Promise<void> {
  await reportNews(subject, dossier, [], ports);
}

async function reportNews(
  subject: PullRequestSubject,
  { escalations }: Pick<Dossier, "escalations">,
  stuck: readonly Stuck[],
  ports: Ports,
): Promise<void> {
  for (const kind of lookedKinds) {
    const now = stuck.filter((one) => one.kind === kind);
    const known = new Map(escalations.filter((one) => one.kind === kind).map((one) => [one.key, one]));
    const isNews = now.length !== known.size || now.some((one) => isNew(one, known.get(one.key)));
    if (isNews) await reportStuck({ repository: repositoryOf(subject), kind, number: subject.number }, now, ports);
  }
}

function isNew(stuck: Stuck, known: OpenEscalation | undefined): boolean {
  return known === undefined || isFailedAgain(stuck, known);
}

function repositoryOf({ installationId, repositoryId, owner, name }: PullRequestSubject) {
  return { installationId, repositoryId, owner, name };
}
