/**
 * Whom to ask for a review: as few as needed, spread by what people have to review already, code owners first, nobody who said
 * no by being taken off the list. Only asks; nothing here opens or holds the gate.
 */

import type { ReviewRequests } from "../policy/blocks/approvals.ts";
import { defaultWorkflows } from "../policy/default-workflows.ts";
import { parseProcessStep } from "../policy/process-steps.ts";
import type { Person } from "../snapshot.ts";
import { type Attention, attentionOf } from "./attention.ts";
import { workflowTimeout } from "./choose-workflow.ts";
import type { GateFacts } from "./facts.ts";
import { missing } from "./fastest-way.ts";
import { fewestPeople, isSamePerson, type PeopleNeed } from "./fewest-people.ts";
import type { ApprovalsRequirement, Effect, Requirement } from "./verdict.ts";
import { earliest } from "./wake.ts";

export interface ReviewPlan {
  effects: Effect[];
  /** When somebody else is to be asked, unless who was asked reacts; `null` when nobody will. */
  wakeAt: Date | null;
}

/** @see https://docs.github.com/rest/pulls/review-requests (at most 15 reviewers in all) */
const reviewersMax = 15;

/** One requirement that people are asked for, and how. */
interface Seat {
  wholeId: string;
  approvals: ApprovalsRequirement;
  requests: ReviewRequests;
  timeoutMs: number | null;
}

/** Nobody is asked about a draft, nor where the policy asks nobody. */
export function planReviews(requirements: readonly Requirement[], facts: GateFacts): ReviewPlan {
  const { snapshot, now } = facts;
  if (snapshot.isDraft || snapshot.state !== "open") return { effects: [], wakeAt: null };
  const seats = openSeats(requirements, facts);
  const attention = attentionOf(facts);
  const wants = seats.map((seat) => wantOf(seat, attention, facts));
  const people = choosePeople(wants, attention, facts).slice(0, reviewersMax - snapshot.requestedReviewers.length);
  const teams = teamsToAsk(seats, facts);
  const asksAnybody = people.length > 0 || teams.length > 0;
  const moments = wants.map((want) => nextAsk(want, people, now));
  return {
    effects: asksAnybody ? [{ kind: "request_reviewers", people, ...(teams.length > 0 ? { teams } : {}) }] : [],
    wakeAt: earliest(moments),
  };
}

function openSeats(requirements: readonly Requirement[], facts: GateFacts): Seat[] {
  const { policy } = facts.document;
  return requirements.flatMap((whole): Seat[] => {
    if (whole.kind !== "checkpoint" && whole.kind !== "workflow") return [];
    const workflows = policy.approval_workflows ?? defaultWorkflows;
    const workflow =
      whole.kind === "workflow" ? Object.entries(workflows).find(([name]) => name === whole.name)?.[1] : null;
    const checkpoint = whole.kind === "checkpoint" ? policy.checkpoints[whole.name] : null;
    const own = workflow ?? checkpoint;
    const requests = own?.request_reviews ?? policy.approvals.request_reviews ?? { mode: "fewest", count: undefined };
    if (requests.mode === "off" || (workflow && !asksForReviews(workflow.process))) return [];
    const timeoutMs = workflow ? workflowTimeout(workflow) : (checkpoint?.timeout ?? null);
    return whole.parts.flatMap((part) =>
      part.kind === "approvals" && part.holds && part.state === "waiting"
        ? [{ wholeId: whole.id, approvals: part, requests, timeoutMs }]
        : [],
    );
  });
}

/** A process that is spelt out asks only where one of its steps does. */
function asksForReviews(steps: readonly string[]): boolean {
  if (steps.length === 0) return true;
  return steps.some((name) =>
    ["automated_review_request", "expert_review_request"].includes(parseProcessStep(name)?.id ?? ""),
  );
}

/** What a seat wants: so many people of `people`, those who are at it already included. */
interface Want extends PeopleNeed {
  seat: Seat;
  /** Asked or looking already. */
  engaged: Person[];
  /** Could be asked. */
  free: Person[];
  /** When the last of them was asked, if somebody is silent since; `null`: nobody to wait for. */
  silentSince: Date | null;
}

function wantOf(seat: Seat, attention: Attention, facts: GateFacts): Want {
  const { approvals, requests } = seat;
  const engaged = approvals.candidates.filter(attention.isEngaged);
  const askable = approvals.candidates.filter(
    (person) => !attention.isEngaged(person) && !attention.isTakenOff(person),
  );
  const needed = Math.max(missing(approvals), requests.mode === "fewest" ? (requests.count ?? 0) : 0);
  const present = askable.filter((person) => !attention.isBusy(person));
  // Who is busy is asked only where the others are too few.
  const free = present.length + engaged.length >= missing(approvals) ? present : askable;
  const silentSince = attention.silentSince(engaged, seat.wholeId);
  const want = { seat, engaged, free, silentSince, people: [...engaged, ...free] };
  const isLate = isDue(want, facts.now);
  const seats = requests.mode === "all" ? (requests.count ?? want.people.length) : isLate ? engaged.length + 1 : needed;
  return {
    ...want,
    seats: requests.mode === "team" && teamsOf(seat, facts).length > 0 ? 0 : Math.min(seats, want.people.length),
  };
}

/** Whoever was asked has had the whole time: one more is asked beside them. */
function isDue({ seat, silentSince }: Pick<Want, "seat" | "silentSince">, now: Date): boolean {
  return seat.timeoutMs !== null && silentSince !== null && silentSince.getTime() + seat.timeoutMs <= now.getTime();
}

/** When the seat's next alternate is asked, `chosen` being asked now. */
function nextAsk({ seat, free, people, silentSince, seats }: Want, chosen: readonly Person[], now: Date): Date | null {
  const { timeoutMs } = seat;
  if (timeoutMs === null || seats === 0) return null;
  const isAskedNow = chosen.some((person) => people.some((one) => isSamePerson(one, person)));
  const left = free.filter((person) => !chosen.some((one) => isSamePerson(one, person)));
  const since = isAskedNow ? now : silentSince;
  return left.length === 0 || since === null ? null : new Date(since.getTime() + timeoutMs);
}

function choosePeople(wants: readonly Want[], attention: Attention, facts: GateFacts): Person[] {
  const engaged = distinct(wants.flatMap((want) => want.engaged));
  const uses = (person: Person) =>
    wants.filter((want) => want.seats > 0 && want.free.some((one) => isSamePerson(one, person))).length;
  const free = distinct(wants.flatMap((want) => (want.seats > 0 ? want.free : []))).sort(
    (a, b) => attention.compareFit(a, b) || uses(b) - uses(a) || attention.compareTurn(a, b),
  );
  const isDistinct = facts.rulesFor({}).distinctPeople;
  const chosen = fewestPeople(wants, free, { isDistinct, given: engaged });
  // Where distinct people are asked for and too few are known, those that there are.
  return chosen ?? fewestPeople(wants, free, { isDistinct: false, given: engaged }) ?? [];
}

function distinct(people: readonly Person[]): Person[] {
  return [
    ...new Map(people.map((person) => [person.id > 0 ? person.id : person.login.toLowerCase(), person])).values(),
  ];
}

/** Asked once, when people are first asked for what the team's role is to approve. */
function teamsToAsk(seats: readonly Seat[], facts: GateFacts): string[] {
  const asking = seats.filter(({ requests, wholeId }) => requests.mode === "team" && !facts.memory.askedAt[wholeId]);
  return [...new Set(asking.flatMap((seat) => teamsOf(seat, facts)))];
}

/** Only the organisation's own teams can be asked. */
function teamsOf({ approvals }: Seat, { snapshot }: GateFacts): string[] {
  const prefix = `${snapshot.repository.owner.toLowerCase()}/`;
  const teams = approvals.roles.flatMap((role) => (role.how === "unknown" ? [] : role.teams));
  return teams.filter((team) => team.toLowerCase().startsWith(prefix));
}
