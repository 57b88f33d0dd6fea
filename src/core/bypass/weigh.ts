/**
 * What comes of each bypass that is asked for or granted. A request is granted only where every fact that decides it was read and speaks
 * for it; time alone never grants one.
 */

import type { Person } from "../snapshot.ts";
import { isAuthorised } from "./authority.ts";
import { budgetUse } from "./budget.ts";
import type { BypassRefusal, BypassRequest, BypassScope, BypassState, BypassWant } from "./bypass.ts";
import { forbiddenFinding } from "./ceiling.ts";
import type { EmergencyRules } from "./emergency-rules.ts";
import type { BypassFacts, HeldPoint } from "./facts.ts";
import { isCancelled, unreadFact, weighGrant } from "./grants.ts";
import { eventDueAt, isLabelOnHead, labelEvent } from "./on-head.ts";
import { findReason } from "./reason.ts";
import { bypassRequests } from "./requests.ts";
import { findAgreement } from "./second-person.ts";

/** @returns grants first, oldest first; then requests that were neither granted nor ended before, oldest first */
export function weighBypasses(facts: BypassFacts): BypassState[] {
  const { memory, snapshot, policy } = facts;
  const granted = memory.bypasses.filter((one) => one.outcome === "granted");
  const states = granted.filter(({ ended }) => ended === null).map((grant) => weighGrant(grant, facts));
  // Where nothing is held there is nothing to be let through.
  if (snapshot.state !== "open" || policy.mode === "observe") return states;
  const known = new Set(granted.map(({ id }) => id));
  for (const request of bypassRequests(facts)) {
    if (!known.has(request.id)) states.push(weighRequest(request, openedBy(states), facts));
  }
  return states;
}

/** What is opened already, or is about to be: nobody owes two reviews for one opening. */
function openedBy(states: readonly BypassState[]): BypassScope[] {
  return states.flatMap((state) =>
    state.kind === "in_force" ? [state.grant.scope] : state.kind === "grantable" ? [state.request.scope] : [],
  );
}

type Standing = BypassRequest & { requester: Person; at: Date };

function weighRequest(request: BypassRequest, opened: readonly BypassScope[], facts: BypassFacts): BypassState {
  const { rules, memory, snapshot } = facts;
  const refuse = (why: BypassRefusal): BypassState => ({ kind: "refused", request, why });
  if (rules === null) return refuse("not_configured");
  const before = memory.bypasses.find(({ id, headSha }) => id === request.id && headSha === snapshot.head.sha);
  if (before?.outcome === "refused") return refuse(before.why);
  const unread = unreadFact(facts);
  if (unread !== null) return { kind: "unreadable", request, reason: unread };
  const { requester, at } = request;
  if (requester === null || at === null) return refuse("no_event");
  const event = eventOf(request, facts);
  if (event === "missing") return refuse("no_event");
  if (event === "late") {
    const reason = "the event of its label has not arrived yet";
    return { kind: "unreadable", request, reason, until: eventDueAt(at) };
  }
  const standing = { ...request, requester, at };
  const barred = barrier(standing, rules, facts);
  if (typeof barred === "string") return refuse(barred);
  if (barred !== null) return { kind: "unreadable", request, reason: barred.unreadable };
  return weighStanding(standing, opened, rules, facts);
}

/** Of the label that asks; a command is its own event. */
function eventOf({ source }: BypassRequest, { snapshot, now }: BypassFacts): ReturnType<typeof labelEvent> {
  const label = source.kind === "label" ? snapshot.labels.find(({ name }) => name === source.label) : undefined;
  return label === undefined ? "seen" : labelEvent(label, now);
}

/** Why a request is refused whatever may still be said for it; `null`: nothing bars it. */
function barrier(
  request: Standing,
  rules: EmergencyRules,
  facts: BypassFacts,
): BypassRefusal | { unreadable: string } | null {
  const { requester } = request;
  if (requester.kind === "bot") return "bot";
  const holds = isAuthorised(requester, rules.authorised, facts);
  if (holds === "unknown") return { unreadable: `the roles of @${requester.login} could not be read` };
  if (!holds) return "not_authorised";
  if (!isOnHead(request, facts)) return "before_push";
  if (isCancelled(request, facts)) return "cancelled";
  if (forbiddenFinding(rules.never, facts.foundRules) !== null) return "ceiling";
  if (request.scope !== "all") {
    const named = request.scope.filter((name) => facts.checkpoints.includes(name));
    if (named.length === 0) return "unknown_checkpoint";
    if (named.every((name) => rules.never.includes(name))) return "ceiling";
  }
  return null;
}

function isOnHead({ source, id }: Standing, facts: BypassFacts): boolean {
  if (source.kind === "command") {
    return facts.commands.find((command) => command.id === id)?.headSha === facts.snapshot.head.sha;
  }
  const label = facts.snapshot.labels.find(({ name }) => name === source.label);
  return label !== undefined && isLabelOnHead(label, facts);
}

/** A request by somebody who may, for this head: what it still waits for, and until when. */
function weighStanding(
  request: Standing,
  opened: readonly BypassScope[],
  rules: EmergencyRules,
  facts: BypassFacts,
): BypassState {
  const { now, memory, snapshot } = facts;
  const refuse = (why: BypassRefusal): BypassState => ({ kind: "refused", request, why });
  const deadline = new Date(request.at.getTime() + rules.reason.withinMs);
  const said = facts.commands.find(({ id }) => id === request.id)?.said;
  const inCommand = said?.kind === "request" ? said.reason : null;
  const reason = findReason({ requester: request.requester, inCommand, deadline }, rules, facts);
  const isReasonDue = reason.kind !== "given" && now.getTime() >= deadline.getTime();
  if (isReasonDue) return refuse(reason.kind === "short" ? "short_reason" : "no_reason");

  const isOver = budgetUse(rules, memory.merges)?.isOver ?? true;
  if (isOver && rules.budget.overBudget === "refuse") return refuse("over_budget");
  const roles = secondPersonRoles(rules, isOver);
  const agreement = roles === null ? null : findAgreement(request, roles, facts);

  const moments = [
    request.at,
    ...(reason.kind === "given" && reason.at !== null ? [reason.at] : []),
    ...(agreement?.kind === "agreed" ? [agreement.at] : []),
  ];
  // From when all was said, not from now: forgetting a bypass must not prolong it.
  const until = new Date(Math.max(...moments.map((moment) => moment.getTime())) + rules.expiresAfterMs);
  if (now.getTime() >= until.getTime()) return refuse("too_late");

  const point = nextPoint(request.scope, opened, rules, facts);
  if (point === "ceiling") return refuse("ceiling");
  if (point === "unreadable") return { kind: "unreadable", request, reason: "what it would open could not be read" };
  if (agreement?.kind === "unreadable") return { kind: "unreadable", request, reason: agreement.reason };
  const missing: BypassWant[] = [
    ...(reason.kind === "given" ? [] : (["reason"] as const)),
    ...(agreement?.kind === "awaited" ? (["second_person"] as const) : []),
    ...(snapshot.isDraft ? (["ready"] as const) : []),
    ...(point === "none" ? (["open_point"] as const) : []),
  ];
  if (reason.kind !== "given") return { kind: "awaiting", request, missing, until: earlier(deadline, until) };
  if (missing.length > 0) return { kind: "awaiting", request, missing, until };
  const secondPerson = agreement?.kind === "agreed" ? agreement.person : null;
  return { kind: "grantable", request, reason: reason.text, secondPerson, until };
}

/** Any of these has to be held by whoever agrees; `null` where nobody has to. */
export function secondPersonRoles(rules: EmergencyRules, isOver: boolean): readonly string[] | null {
  if (rules.secondPerson !== null) return [rules.secondPerson];
  return isOver && rules.budget.overBudget === "second_person" ? rules.authorised : null;
}

/** Whether there is anything to grant: something open that it covers, that may be opened, and that nothing opens already. */
function nextPoint(
  scope: BypassScope,
  opened: readonly BypassScope[],
  { never }: EmergencyRules,
  { held }: BypassFacts,
): "some" | "none" | "ceiling" | "unreadable" {
  const mine = held.filter((point) => covers(scope, point));
  const open = mine.filter(({ kind }) => kind === "open");
  const openable = open.filter(({ checkpoint }) => checkpoint === null || !never.includes(checkpoint));
  if (openable.some((point) => !opened.some((other) => covers(other, point)))) return "some";
  if (openable.length > 0) return "none";
  if (open.length > 0) return "ceiling";
  return mine.length > 0 ? "unreadable" : "none";
}

function covers(scope: BypassScope, { checkpoint }: HeldPoint): boolean {
  return scope === "all" || (checkpoint !== null && scope.includes(checkpoint));
}

function earlier(one: Date, other: Date): Date {
  return one.getTime() <= other.getTime() ? one : other;
}
