/** What became of one `/holdpoint bypass …`, for the answer to it. The gate weighs the comment itself; nothing is decided here. */

import { isAuthorised } from "../bypass/authority.ts";
import type { BypassState } from "../bypass/bypass.ts";
import type { SaidBypass } from "../bypass/facts.ts";
import { parseBypass } from "../bypass/parse-bypass.ts";
import { type AgreementFault, judgeAgreement } from "../bypass/second-person.ts";
import { secondPersonRoles } from "../bypass/weigh.ts";
import { saidBypasses } from "./bypass-said.ts";
import { type DecideInput, prepareFacts } from "./facts.ts";
import { bypassFacts, rulesFound } from "./open-gate.ts";
import type { Verdict } from "./verdict.ts";

export type BypassEvent =
  | { kind: "malformed" }
  /** What a look made of the request; `null`: it was granted or ended before, or nothing is held here. */
  | { kind: "asked"; state: BypassState | null }
  /** `null`: nothing waits for a second person. */
  | { kind: "agreed"; outcome: "counts" | "unknown" | AgreementFault | null }
  | { kind: "cancelled"; outcome: "done" | "nothing" | "not_authorised" };

/** @param comment that it stands in @param rest what follows the verb */
export function bypassEvent(
  comment: { id: number; personId: number },
  rest: string,
  verdict: Pick<Verdict, "bypasses" | "bypassBudget" | "requirements">,
  input: DecideInput,
): BypassEvent {
  const meant = parseBypass(rest);
  if (meant.kind === "malformed") return { kind: "malformed" };
  const said = saidBypasses(input.snapshot, input.memory).findLast(
    (one) => one.commentId === comment.id && one.person.id === comment.personId && one.said.kind === meant.kind,
  );
  if (meant.kind === "request") {
    const state = verdict.bypasses.find((one) => idOf(one) === said?.id);
    return { kind: "asked", state: state ?? null };
  }
  if (meant.kind === "agree") return { kind: "agreed", outcome: agreementOf(said, verdict, input) };
  return { kind: "cancelled", outcome: cancellingOf(said, verdict, input) };
}

function idOf(state: BypassState): string {
  return "grant" in state ? state.grant.id : state.request.id;
}

/** Of all requests that stand, what is best for the one who agreed. */
function agreementOf(
  said: SaidBypass | undefined,
  { bypasses, bypassBudget, requirements }: Pick<Verdict, "bypasses" | "bypassBudget" | "requirements">,
  input: DecideInput,
): Extract<BypassEvent, { kind: "agreed" }>["outcome"] {
  const facts = prepareFacts(input);
  const weighed = bypassFacts(requirements, rulesFound(facts), facts);
  const roles = weighed.rules && secondPersonRoles(weighed.rules, bypassBudget?.isOver ?? true);
  if (said === undefined || roles === null) return null;
  const outcomes = bypasses.flatMap((state) => {
    if (state.kind === "in_force") return state.grant.secondPerson?.id === said.person.id ? ["counts" as const] : [];
    const isWaiting = state.kind === "awaiting" || state.kind === "grantable" || state.kind === "unreadable";
    const { requester = null, at = null } = isWaiting ? state.request : {};
    return requester === null || at === null ? [] : [judgeAgreement(said, { requester, at }, roles, weighed)];
  });
  return outcomes.find((outcome) => outcome === "counts") ?? outcomes[0] ?? null;
}

function cancellingOf(
  said: SaidBypass | undefined,
  { bypasses }: Pick<Verdict, "bypasses">,
  input: DecideInput,
): Extract<BypassEvent, { kind: "cancelled" }>["outcome"] {
  const isDone = bypasses.some(
    (state) =>
      (state.kind === "ending" && state.why === "cancelled") || (state.kind === "refused" && state.why === "cancelled"),
  );
  const standing = bypasses.filter(({ kind }) => kind === "in_force" || kind === "awaiting" || kind === "grantable");
  if (standing.length === 0) return isDone ? "done" : "nothing";
  if (said === undefined) return "nothing";
  const facts = prepareFacts(input);
  const weighed = bypassFacts([], new Set(), facts);
  return isAuthorised(said.person, weighed.rules?.authorised ?? [], weighed) === false ? "not_authorised" : "nothing";
}
