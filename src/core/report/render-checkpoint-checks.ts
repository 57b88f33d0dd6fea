/** Each checkpoint as a check run of its own, in the words of the whole check. They stand beside it and are written only where the policy asks. */

import { isOpenState } from "../gate/requirements.ts";
import type { Standing } from "../gate/standing.ts";
import type { CheckpointRequirement, Requirement, Verdict, VerdictState } from "../gate/verdict.ts";
import { recheck } from "./check-actions.ts";
import { checkIdentity } from "./check-identity.ts";
import type { CheckRunDraft } from "./check-run.ts";
import { footer, rowBlocks } from "./check-summary.ts";
import { checkTitle } from "./check-title.ts";
import { conclude } from "./conclusion.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import type { RenderCheckInput } from "./render-check.ts";
import { renderNothingToHold, type SpecialInput } from "./render-special-checks.ts";
import { isOpenRow, type Row, rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { whyApplies, whyNotApplies } from "./trigger-words.ts";
import { code, say, strong, toPlain, type Words } from "./words.ts";

/** One check run and what its verdict comes to for a merge. */
export interface StandingCheck {
  draft: CheckRunDraft;
  standing: Standing;
}

/** Branch names hold no space, so that ` / ` ends the branch. */
export function checkpointCheckName(baseRef: string, checkpoint: string): string {
  return `${checkpointChecksPrefix(baseRef)}${checkpoint}`;
}

export function checkpointChecksPrefix(baseRef: string): string {
  return `holdpoint: ${baseRef} / `;
}

/** One for each checkpoint that applies. While a fact could not be read none of them is green: it might apply otherwise. */
export function renderCheckpointChecks(input: RenderCheckInput): StandingCheck[] {
  const { verdict } = input;
  const isUnread = verdict.requirements.some((one) => one.kind === "reading" && one.holds && one.state === "error");
  return verdict.requirements.flatMap((one) =>
    one.kind === "checkpoint" && one.state !== "not_needed" ? [renderOne(one, input, isUnread)] : [],
  );
}

function renderOne(checkpoint: CheckpointRequirement, input: RenderCheckInput, isUnread: boolean): StandingCheck {
  const { snapshot, document, now, urls, escalations = [] } = input;
  const telling: Telling = { ...urls, snapshot, document, now, escalations };
  const part = partOf(checkpoint, input, isUnread);
  const rows = rowsOf(part, telling);
  const title = isUnread ? checkTitle(input.verdict, rowsOf(input.verdict, telling)) : checkTitle(part, rows);
  const draft: CheckRunDraft = {
    ...checkIdentity(snapshot),
    name: checkpointCheckName(snapshot.base.ref, checkpoint.name),
    ...conclude(part),
    title,
    summary: summaryOf(checkpoint, part, rows, telling),
    text: "",
    annotations: [],
    actions: [recheck],
    detailsUrl: urls.details,
  };
  return { draft, standing: part.isObserved ? "observed" : part.state };
}

/** The verdict as if the policy asked for nothing else. */
function partOf(
  checkpoint: CheckpointRequirement,
  { verdict, document }: RenderCheckInput,
  isUnread: boolean,
): Verdict {
  const isObserved = verdict.isObserved || document.policy.checkpoints[checkpoint.name]?.mode === "observe";
  const state: VerdictState = isUnread ? "error" : stateOf(checkpoint);
  const asked = new Set(
    checkpoint.parts.flatMap((part) => (part.kind === "approvals" ? part.candidates.map(({ id }) => id) : [])),
  );
  return {
    ...verdict,
    state,
    isOpen: isObserved || state === "approved" || state === "bypassed",
    isObserved,
    workflow: checkpoint.name,
    // By itself it asks for all it names, also where the gate does not wait for it.
    requirements: [holding(checkpoint)],
    approvals: checkpoint.parts.flatMap((part) => (part.kind === "approvals" ? part.given : [])),
    fastestWay: verdict.fastestWay.filter(({ id }) => asked.has(id)),
    codes: [...new Set(openCodes(checkpoint))].sort(),
  };
}

function stateOf({ state }: CheckpointRequirement): VerdictState {
  return state === "satisfied" || state === "not_needed" ? "approved" : state;
}

function holding<One extends Requirement>(requirement: One): One {
  const parts = "parts" in requirement ? { parts: requirement.parts.map(holding) } : {};
  return { ...requirement, ...parts, holds: true };
}

function* openCodes(requirement: Requirement): Generator<string> {
  if (!isOpenState(requirement.state)) return;
  const open = "parts" in requirement ? requirement.parts.flatMap((part) => [...openCodes(part)]) : [];
  if (open.length > 0) yield* open;
  else yield requirement.code;
}

function summaryOf(checkpoint: CheckpointRequirement, part: Verdict, rows: readonly Row[], telling: Telling): string {
  const keep = (words: Words): Block => ({ text: `\n${toMarkdown(words)}\n`, expendable: 0, name: "" });
  const why = whyApplies(checkpoint.trigger);
  const first = say`${strong(say`${checkpoint.name} applies${why.length > 0 ? say`: ${why}` : []}.`)} ${whatNext(checkpoint, part, rows)}`;
  const way = fastestWayWords(part, telling);
  const whole = say`All that this change waits for stands in ${code(checkIdentity(telling.snapshot).name)}.`;
  return fitBytes([
    { text: `${toMarkdown(first)}\n\n`, expendable: 0, name: "" },
    ...rowBlocks(rows),
    ...(way.length > 0 ? [keep(way)] : []),
    keep(whole),
    keep(footer(part, telling)),
  ]);
}

function whatNext(checkpoint: CheckpointRequirement, { state, isObserved }: Verdict, rows: readonly Row[]): Words {
  if (isObserved) return say`The policy only observes it: nothing is held.`;
  const advice = checkpoint.holds ? [] : say` The gate does not wait for it.`;
  if (state === "approved") return say`All it asks for is met.${advice}`;
  if (state === "bypassed") return say`It is let through without being met.${advice}`;
  if (state === "error") return say`It stays open, because not everything it must know could be read.${advice}`;
  const open = rows.filter(isOpenRow).length;
  return say`It is met once ${open === 1 ? say`the open point below is` : say`the ${open} open points below are`}.${advice}`;
}

/** A run that stands from before, of a checkpoint that asks for nothing any more: finished, so that nobody waits for it. */
export function renderNotNeeded(
  name: string,
  { verdict, document, ...input }: SpecialInput & Pick<RenderCheckInput, "verdict" | "document">,
): StandingCheck {
  const checkpoint = verdict.requirements.find((one) => one.kind === "checkpoint" && one.name === name);
  const why =
    checkpoint?.kind === "checkpoint" && checkpoint.state === "not_needed"
      ? say`the checkpoint does not apply: ${whyNotApplies(checkpoint.trigger)}`
      : checkpoint === undefined
        ? say`the policy has no checkpoint of this name any more`
        : say`the policy keeps no check runs of single checkpoints any more`;
  const draft = renderNothingToHold({ ...input, reason: toPlain(why) });
  const isObserved = document.policy.mode === "observe";
  return {
    draft: {
      ...draft,
      name: checkpointCheckName(input.subject.base.ref, name),
      title: draft.title.replace(/^Nothing to hold: /, "Not needed: "),
      conclusion: isObserved ? "neutral" : "success",
    },
    standing: isObserved ? "observed" : "approved",
  };
}

/** A run that stands from before, while nothing can be judged: it says what the whole check says. */
export function renderShut(name: string, whole: StandingCheck): StandingCheck {
  return { draft: { ...whole.draft, name, annotations: [] }, standing: whole.standing };
}
