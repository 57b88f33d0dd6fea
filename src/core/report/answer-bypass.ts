/** What is answered to `/holdpoint bypass …`. */

import type { BypassState } from "../bypass/bypass.ts";
import { emergencyRules } from "../bypass/emergency-rules.ts";
import { unspecifiedCause } from "../bypass/parse-bypass.ts";
import type { BypassEvent } from "../gate/bypass-events.ts";
import { specOf } from "../gate/commands/command-table.ts";
import type { Verdict } from "../gate/verdict.ts";
import { commandFor, stateWords } from "./bypass-words.ts";
import { answer, malformed, type Reply } from "./command-answers.ts";
import type { Telling } from "./telling.ts";
import { formatSpan } from "./times.ts";
import { code, joinList, say } from "./words.ts";

export function answerBypass(event: BypassEvent, verdict: Verdict, telling: Telling): Reply {
  switch (event.kind) {
    case "malformed":
      return {
        reaction: "confused",
        comment: malformed(specOf("bypass"), say`It has to say what should be let through: a checkpoint, or all.`),
      };
    case "asked":
      return answerRequest(event.state, verdict, telling);
    case "agreed":
      return answerAgreement(event.outcome);
    case "cancelled":
      return answerCancelling(event.outcome);
  }
}

function answerRequest(state: BypassState | null, verdict: Verdict, telling: Telling): Reply {
  if (state === null) {
    const why = verdict.isObserved
      ? say`The policy only observes, so that nothing is held and nothing has to be let through.`
      : say`This request was dealt with before.`;
    return { reaction: "confused", comment: answer(why) };
  }
  if (state.kind === "in_force") return { reaction: "+1" };
  if (state.kind === "grantable") return { reaction: "eyes" };
  const comment = answer(stateWords(state, verdict, telling));
  if (state.kind === "refused" || state.kind === "ending") return { reaction: "-1", comment };
  return { reaction: state.kind === "awaiting" ? "eyes" : "confused", comment };
}

function answerAgreement(outcome: Extract<BypassEvent, { kind: "agreed" }>["outcome"]): Reply {
  if (outcome === "counts") return { reaction: "+1" };
  if (outcome === null) {
    return { reaction: "confused", comment: answer(say`No bypass waits for a second person here.`) };
  }
  const why = {
    unknown: say`It could not be read whether you may agree, so that nothing opens; try again later.`,
    requester: say`Whoever asked for a bypass is not the second person.`,
    author: say`The author of a change is not the second person for its bypass.`,
    contributor: say`Whoever has a hand in a change is not the second person for its bypass.`,
    not_authorised: say`Your roles do not entitle you to agree; the check names the role that does.`,
    not_on_head: say`The change was pushed to about when this was written; agree again, for the head that stands now.`,
    before_request: say`This was written before the bypass was asked for, or within the same second; agree again.`,
  }[outcome];
  return { reaction: outcome === "unknown" ? "confused" : "-1", comment: answer(why) };
}

function answerCancelling(outcome: Extract<BypassEvent, { kind: "cancelled" }>["outcome"]): Reply {
  if (outcome === "done") return { reaction: "+1" };
  return outcome === "nothing"
    ? { reaction: "confused", comment: answer(say`There is no bypass to take back.`) }
    : {
        reaction: "-1",
        comment: answer(say`A bypass is taken back by whoever asked for it, or by somebody who may ask for one.`),
      };
}

/** By which the answer to the button is found again among our own comments. */
export const howToBypassMarker = "<!-- holdpoint how to bypass -->";

/** @returns `null` where the policy has no emergency bypass */
export function howToBypass({ document: { policy }, snapshot }: Pick<Telling, "document" | "snapshot">): string | null {
  const rules = emergencyRules(policy);
  if (rules === null) return null;
  const causes = [...new Set(Object.values(rules.labels))].filter((cause) => cause !== unspecifiedCause);
  const cause =
    causes.length === 0
      ? []
      : say` ${code("--cause")} may be ${joinList(
          causes.map((one) => [code(one)]),
          "or",
        )}.`;
  const roles = joinList(
    rules.authorised.map((role) => say`${role}`),
    "or",
  );
  const owed = say`It is for the head ${code(snapshot.head.sha.slice(0, 7))} alone, ends after ${{ kind: "ours", text: formatSpan(rules.expiresAfterMs) }}, and owes a review by ${rules.postReview.approver} within ${{ kind: "ours", text: formatSpan(rules.postReview.withinMs) }}, which is written down as an issue before the gate opens.`;
  return answer(
    say`In an emergency, whoever is ${roles} can let this pass with a comment that says why: ${code(commandFor({ scope: "all", cause: causes[0] ?? unspecifiedCause }))}. A checkpoint's name in the place of ${code("all")} lets that one pass alone.${cause} ${owed}`,
  );
}
