import type { BypassEnd, GrantedBypass } from "../../core/bypass/bypass.ts";
import { bypassMarker, renderBypassEnded } from "../../core/report/bypass-comments.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Ports } from "../ports.ts";
import { takeLabelOfGrantOff } from "./take-label-off.ts";

/**
 * Ends a bypass that was not used, after the check was lowered. In this order, so that a run which was cut off goes on: what was said is
 * found again, the end is kept once, and a label that is still on is of no other request.
 */
export async function endBypass(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  grant: GrantedBypass,
  why: BypassEnd,
  ports: Ports,
): Promise<void> {
  await tellEnd(subject, reading, grant, why, ports);
  await keepEnd(subject, grant, why, ports);
  await takeLabelOfGrantOff(subject, reading, grant, ports);
}

/** Once, in one comment. */
export async function tellEnd(
  subject: PullRequestSubject,
  { ownComments }: Pick<PullRequestReading, "ownComments">,
  grant: GrantedBypass,
  why: BypassEnd,
  { github }: Pick<Ports, "github">,
): Promise<void> {
  const marker = bypassMarker("ended", grant.id, grant.headSha);
  if (ownComments.some(({ body }) => body.includes(marker))) return;
  await github.comment(subject, renderBypassEnded(grant, why));
}

/** In the ledger, and to be seen in the issue of the review that it owes. */
export async function keepEnd(
  { installationId, repositoryId, owner, name, number }: PullRequestSubject,
  { id, issue }: GrantedBypass,
  why: BypassEnd,
  { store, clock, meter, log }: Ports,
): Promise<void> {
  const now = clock.now();
  const kept = { kind: "issue", installationId, repositoryId, owner, name, number: issue.number } as const;
  // Looked at also where this run ends before the next lines.
  await store.enqueue([kept], new Date(now.getTime() + lookAgainMs));
  await store.endBypass(repositoryId, number, id, { at: now, why });
  meter.bypassed(why === "merged" ? "used" : "ended");
  log.info({ repositoryId, pr: number, bypass: id, why }, "A bypass has ended");
  await store.enqueue([kept]);
}

const lookAgainMs = 60_000;
