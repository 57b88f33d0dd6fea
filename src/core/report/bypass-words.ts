/** Words about bypasses: what was granted, what is still owed, why one is refused and what to do then. */

import { assertNever } from "../assert-never.ts";
import type { BypassEnd, BypassRefusal, BypassRequest, BypassState, GrantedBypass } from "../bypass/bypass.ts";
import { forbiddenFinding } from "../bypass/ceiling.ts";
import { type EmergencyRules, emergencyRules } from "../bypass/emergency-rules.ts";
import { secondPersonRoles } from "../bypass/weigh.ts";
import { toldBypasses } from "../gate/bypass-codes.ts";
import { rulesFound } from "../gate/open-gate.ts";
import type { Verdict } from "../gate/verdict.ts";
import { suggest } from "../policy/suggest.ts";
import { personPiece, spoken, type Telling } from "./telling.ts";
import { formatSpan, when } from "./times.ts";
import { code, join, joinList, link, phrase, say, type Words } from "./words.ts";

type Told = Pick<Verdict, "bypasses" | "bypassBudget" | "classification" | "requirements">;

/** A paragraph for each bypass that is worth one, and one about the budget where it runs short. */
export function bypassParagraphs(verdict: Told, telling: Telling): Words[] {
  const words = toldBypasses(verdict.bypasses).map((state) => stateWords(state, verdict, telling));
  const budget = budgetWords(verdict, telling);
  return budget.length > 0 ? [...words, budget] : words;
}

/** What a look made of one request or grant, and what is to be done: one or two sentences. */
export function stateWords(state: BypassState, verdict: Told, telling: Telling): Words {
  switch (state.kind) {
    case "refused":
      return say`${askedWords(state.request)} is refused: ${refusalWords(state, verdict, telling)}`;
    case "awaiting":
      return say`${askedWords(state.request)} ${awaitingWords(state, verdict, telling)}`;
    case "grantable":
      return say`${askedWords(state.request)} is about to be granted: the review that it owes is being written down.`;
    case "in_force":
      return grantWords(state.grant, telling);
    case "ending":
      return say`The bypass of ${personPiece(state.grant.requester)} ended: ${endWords(state.why)}.`;
    case "unreadable":
      return say`${askedWords(state.request)} could not be judged: ${phrase(state.reason)}. Nothing opens until it can be.`;
    default:
      return assertNever(state);
  }
}

/** `A bypass that @otto asked for with the label …`. */
function askedWords({ requester, source, scope }: BypassRequest): Words {
  const by = requester === null ? [] : say` that ${personPiece(requester)} asked for`;
  const how = source.kind === "label" ? say` (label ${code(source.label)})` : [];
  const what = scope === "all" ? say`A bypass` : say`A bypass of ${namesWords(scope)}`;
  return say`${what}${by}${how}`;
}

function grantWords(grant: GrantedBypass, { now }: Telling): Words {
  const what = grant.scope === "all" ? say`what is open` : say`${namesWords(grant.scope)}`;
  const agreed = grant.secondPerson === null ? [] : say`, agreed by ${personPiece(grant.secondPerson)}`;
  return say`${personPiece(grant.requester)} lets ${what} pass until ${when(grant.until, now)}${agreed} (${spoken(grant.cause)}): "${phrase(grant.reason)}". It is for this head alone; the review that it owes is ${issueWords(grant)}.`;
}

/** `#412`, linked. */
export function issueWords({ issue }: Pick<GrantedBypass, "issue">): Words {
  return link([{ kind: "ours", text: `#${issue.number}` }], issue.url || null);
}

/** Why a request is refused and what to do, without who asked. */
export function refusalWords(
  { request, why }: { request: BypassRequest; why: BypassRefusal },
  verdict: Told,
  telling: Telling,
): Words {
  const rules = emergencyRules(telling.document.policy);
  const again = say`ask again with ${code(commandFor(request))}`;
  switch (why) {
    case "not_configured":
      return say`the policy in force has no emergency bypass; a maintainer can add ${code("bypass: { emergency: {} }")} on the base branch.`;
    case "no_event":
      return say`nobody put the label on; it came by renaming another, or together with the pull request. Somebody who is ${rolesWords(rules)} can put it on.`;
    case "bot":
      return say`an app or a bot cannot answer for it. Somebody who is ${rolesWords(rules)} can ask.`;
    case "not_authorised":
      return say`it takes somebody who is ${rolesWords(rules)}.`;
    case "before_push":
      return say`it was asked for before the head ${code(telling.snapshot.head.sha.slice(0, 7))} was there. If it is needed for that one, ${again}.`;
    case "no_reason":
      return say`no reason was written within ${withinWords(rules)}. If it is still needed, ${again}.`;
    case "short_reason":
      return say`the reason says too little: it takes at least ${rules?.reason.minLength ?? 0} characters and more than one word. If it is still needed, ${again}.`;
    case "ceiling":
      return ceilingWords(rules, verdict);
    case "over_budget":
      return say`${budgetCount(verdict)} The policy grants no more in this period.`;
    case "unknown_checkpoint":
      return say`${unknownWords(request, verdict)}`;
    case "no_issue":
      return say`the review that it owes could not be written down as an issue. Issues have to be switched on, and Holdpoint has to be allowed to write them.`;
    case "cancelled":
      return say`it was taken back.`;
    case "too_late":
      return say`it was asked for longer ago than a bypass lasts. If it is still needed, ${again}.`;
    default:
      return assertNever(why);
  }
}

function awaitingWords(
  { missing, until }: Extract<BypassState, { kind: "awaiting" }>,
  { bypassBudget }: Told,
  { document, now }: Telling,
): Words {
  const rules = emergencyRules(document.policy);
  const by = until === null ? [] : say` by ${when(until, now)}`;
  const parts = missing.map((want): Words => {
    switch (want) {
      case "reason":
        return say`waits for its reason${by}: a comment of whoever asked, ${code("Bypass reason: <what is broken, and for whom>")}, with at least ${rules?.reason.minLength ?? 0} characters and more than one word`;
      case "second_person": {
        const roles = rules === null ? null : secondPersonRoles(rules, bypassBudget?.isOver ?? true);
        return say`waits for a second person: somebody who is ${anyRole(roles ?? [])} and has no hand in the change comments ${code("/holdpoint bypass agree")}${missing.includes("reason") ? [] : by}`;
      }
      case "ready":
        return say`waits until the pull request is ready for review`;
      case "open_point":
        return say`has nothing to let pass: all that it covers is met or let through already`;
      default:
        return assertNever(want);
    }
  });
  return say`${join(parts, "; and ")}. Until then nothing opens.`;
}

/** Why a bypass ended, as a clause. */
export function endWords(why: BypassEnd): string {
  const words: Record<BypassEnd, string> = {
    push: "something was pushed, and it was for the head before",
    unlabelled: "its label was taken off",
    expired: "its time is over",
    cancelled: "it was taken back",
    authority: "whoever asked for it no longer holds a role that may",
    policy: "the policy in force does not offer it any more",
    merged: "the change was merged under it",
    closed: "the pull request was closed",
  };
  return words[why];
}

/** The command by which the same could be asked for with a reason. */
export function commandFor({ scope, cause }: Pick<BypassRequest, "scope" | "cause">): string {
  const what = scope === "all" ? "all" : scope.join(" ");
  const why = cause === "unspecified" ? "" : ` --cause ${cause}`;
  return `/holdpoint bypass ${what} --reason "<what is broken, and for whom>"${why}`;
}

function ceilingWords(rules: EmergencyRules | null, verdict: Told): Words {
  const never = rules?.never ?? [];
  const found = forbiddenFinding(never, rulesFound(verdict));
  return found === null
    ? say`the policy keeps ${namesWords(never)} closed in every case.`
    : say`${code(found)} found something, and while it does nothing is let through. Take out what was found; the details name it.`;
}

function unknownWords({ scope }: BypassRequest, { requirements }: Told): Words {
  const known = requirements.flatMap(({ kind, name, state }) =>
    kind === "checkpoint" && state !== "not_needed" ? [name] : [],
  );
  const asked = scope === "all" ? [] : scope;
  const near = asked.map((name) => suggest(name, known)).find((name) => name !== null) ?? null;
  const meant = near === null ? [] : say` Did you mean ${code(near)}?`;
  const list =
    known.length === 0
      ? say` None applies; ${code("all")} lets everything pass.`
      : say` Those that do: ${namesWords(known)}.`;
  return say`no checkpoint of the name ${namesWords(asked)} applies to this change.${meant}${list}`;
}

/** Said where the next bypass would be beyond the budget, or nearly. */
function budgetWords({ bypasses, bypassBudget }: Told, { document }: Telling): Words {
  const isAsked = bypasses.some(({ kind }) => kind === "awaiting" || kind === "grantable" || kind === "in_force");
  if (!isAsked || bypassBudget === null || !(bypassBudget.isOver || bypassBudget.isNear)) return [];
  const period = emergencyRules(document.policy)?.budget.periodMs ?? 0;
  const counted = say`${bypassBudget.bypassed} of ${bypassBudget.all} merges of the last ${{ kind: "ours", text: formatSpan(period) }} were bypassed`;
  return bypassBudget.isOver
    ? say`The budget of bypasses is spent: ${counted}, and ${bypassBudget.allowed} may be.`
    : say`The budget of bypasses is nearly spent: ${counted}, and ${bypassBudget.allowed} may be.`;
}

function budgetCount({ bypassBudget }: Told): Words {
  return bypassBudget === null
    ? say`how many merges were bypassed before could not be counted.`
    : say`${bypassBudget.bypassed} of the ${bypassBudget.all} merges before were bypassed, and ${bypassBudget.allowed} may be.`;
}

function withinWords(rules: EmergencyRules | null): Words {
  return [{ kind: "ours", text: formatSpan(rules?.reason.withinMs ?? 0) }];
}

function rolesWords(rules: EmergencyRules | null): Words {
  return anyRole(rules?.authorised ?? []);
}

function anyRole(roles: readonly string[]): Words {
  return joinList(
    roles.map((role) => say`${role}`),
    "or",
  );
}

function namesWords(names: readonly string[]): Words {
  return joinList(names.map((name): Words => [code(name)]));
}
