/** What follows a look at bypasses, once the check says how things are: refusals are told, and what has ended is taken off. */

import type { BypassState, GrantedBypass, RememberedBypass } from "../../core/bypass/bypass.ts";
import { bypassMarker, renderBypassRefused } from "../../core/report/bypass-comments.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { Followed, FollowUpStep } from "../follow-up.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Ports } from "../ports.ts";
import { endBypass, tellEnd } from "./end-bypass.ts";
import { takeLabelOff, takeLabelOfGrantOff } from "./take-label-off.ts";

type Refused = Extract<BypassState, { kind: "refused" }>;

/** Nothing is done where the policy only observes: it opens and shuts nothing. */
export const settleBypasses: FollowUpStep = async (followed, ports) => {
  const { judgement, outcome, subject } = followed;
  const { verdict, reading } = judgement;
  if (verdict === null || verdict.isObserved || outcome === "fenced") return null;
  const known = judgement.input?.memory.bypasses ?? [];
  for (const state of verdict.bypasses) {
    if (state.kind === "refused") await refuse(state, known, followed, ports);
    if (state.kind === "ending") await endBypass(subject, reading, state.grant, state.why, ports);
  }
  for (const one of known) {
    if (one.outcome === "granted" && one.ended !== null) await settleEnded(subject, reading, one, one.ended, ports);
  }
  return null;
};

/** What a run left that was cut off, or that ended it where no pull request was looked at. */
async function settleEnded(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  grant: GrantedBypass,
  { at, why }: NonNullable<GrantedBypass["ended"]>,
  ports: Ports,
): Promise<void> {
  const isNews = ports.clock.now().getTime() - at.getTime() < newsMs;
  if (isNews && why !== "merged") await tellEnd(subject, reading, grant, why, ports);
  await takeLabelOfGrantOff(subject, reading, grant, ports);
}

/** Later on a comment that is not there was taken away by somebody. */
const newsMs = 3_600_000;

/** In this order: what was kept and said is found again, and a label that is off asks for nothing any more. */
async function refuse(
  state: Refused,
  known: readonly RememberedBypass[],
  followed: Followed,
  ports: Ports,
): Promise<void> {
  const { subject, judgement } = followed;
  const { request, why } = state;
  const headSha = judgement.reading.snapshot.head.sha;
  const { repositoryId, number } = subject;
  // A command stands in its comment for ever: it is refused once, whatever is pushed after it.
  if (!known.some(({ id }) => id === request.id)) {
    await ports.store.refuseBypass(repositoryId, number, {
      outcome: "refused",
      id: request.id,
      headSha,
      why,
      at: ports.clock.now(),
    });
    ports.meter.bypassed("refused");
    ports.log.info({ repositoryId, pr: number, headSha, why }, "A bypass was refused");
  } else if (request.source.kind === "command") return;
  if (isFlood(known, headSha)) return;
  if (isToldHere(state)) await tell(state, followed, ports);
  if (request.source.kind === "label") await takeLabelOff(subject, request.source.label, ports);
}

/** So many labels are answered and taken off on one head: a workflow that puts its own on again must not keep us at it for ever. */
const refusedLabelsMax = 5;

function isFlood(known: readonly RememberedBypass[], headSha: string): boolean {
  const refused = known.filter((one) => one.outcome === "refused" && one.headSha === headSha);
  return refused.filter(({ id }) => id.startsWith("label:")).length > refusedLabelsMax;
}

/** A command was answered when it was given; what was found out later is told here. */
function isToldHere({ request, why }: Refused): boolean {
  return request.source.kind === "label" || toldLate.includes(why);
}

const toldLate: readonly Refused["why"][] = ["no_issue", "no_reason", "short_reason", "too_late"];

async function tell(state: Refused, { subject, judgement }: Followed, { github }: Ports): Promise<void> {
  const { reading, verdict, telling } = judgement;
  if (verdict === null || telling === null) return;
  const marker = bypassMarker("refused", state.request.id, reading.snapshot.head.sha);
  if (reading.ownComments.some(({ body }) => body.includes(marker))) return;
  const body = renderBypassRefused(state, verdict, telling);
  if (body !== null) await github.comment(subject, body);
}
