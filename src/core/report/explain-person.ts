/** One person's part in a verdict: what they said, why it counts or does not, and what they could release. */

import { isAuthorised } from "../bypass/authority.ts";
import { withParts } from "../gate/requirements.ts";
import type { ApprovalsRequirement, CountedApproval, Requirement, Verdict } from "../gate/verdict.ts";
import { authorisedRoles } from "../policy/emergency-defaults.ts";
import { whyApproval } from "./approval-words.ts";
import { commandFor } from "./bypass-words.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import type { Telling } from "./telling.ts";
import { when } from "./times.ts";
import { code, joinList, say, strong, type Words } from "./words.ts";

/** @returns Markdown, line by line */
export function explainPerson(login: string, verdict: Verdict, telling: Telling): string[] {
  const isThem = (person: { login: string }) => person.login.toLowerCase() === login.toLowerCase();
  const requirements = verdict.requirements.filter(({ state }) => state !== "not_needed");
  const seats = [...seatsIn(requirements)];
  const who = strong([code(login.slice(0, 60))]);
  const words: Words[] = [
    ...(isThem(telling.snapshot.author)
      ? [say`opened this pull request, so that their own approval counts only where the policy says so`]
      : []),
    ...seats.flatMap(({ owner, seat }) =>
      seat.given
        .filter(({ person }) => isThem(person))
        .map((one) => say`${owner} (${seat.name}), ${when(one.at, telling.now)}: ${opinionWords(one)}`),
    ),
    ...unseated(verdict, seats)
      .filter(({ person }) => isThem(person))
      .map((one) => say`${when(one.at, telling.now)}: ${opinionWords(one)}`),
    ...saidWords(requirements, isThem, telling),
    ...canWords(seats, isThem),
    ...bypassRightWords(login, verdict, telling),
  ];
  const lines =
    words.length > 0
      ? words
      : [say`said nothing that this verdict weighs, and is not known to hold a role that it asks for`];
  return [
    toMarkdown(quietWords(say`${who} in this verdict:`)),
    "",
    ...lines.map((line) => `- ${toMarkdown(quietWords(line))}`),
  ];
}

interface Seat {
  /** The checkpoint's or workflow's name. */
  owner: string;
  seat: ApprovalsRequirement;
}

function* seatsIn(requirements: readonly Requirement[]): Generator<Seat> {
  for (const one of requirements) {
    if (one.kind === "approvals") yield { owner: one.name, seat: one };
    else if ("parts" in one) for (const { seat } of seatsIn(one.parts)) yield { owner: one.name, seat };
  }
}

/** Approvals that no seat lists. */
function unseated({ approvals }: Verdict, seats: readonly Seat[]): CountedApproval[] {
  const listed = seats.flatMap(({ seat }) => seat.given);
  return approvals.filter(
    (one) => !listed.some(({ person, at }) => person.id === one.person.id && at.getTime() === one.at.getTime()),
  );
}

function opinionWords(approval: CountedApproval): Words {
  return approval.outcome.kind === "counts"
    ? say`their approval ${whyApproval(approval)}`
    : say`their approval does not count: ${whyApproval(approval)}`;
}

function saidWords(
  requirements: readonly Requirement[],
  isThem: (person: { login: string }) => boolean,
  { now }: Telling,
): Words[] {
  return [...withParts(requirements)].flatMap((one): Words[] => {
    if (one.kind === "objection" && isThem(one.person))
      return [say`objected, ${when(one.at, now)}; only they lift it, or a dismissal`];
    if (one.kind === "hold" && isThem(one.person)) return [say`holds the change since ${when(one.at, now)}`];
    if (one.kind === "open_conditions" && isThem(one.person)) {
      const open = one.items.filter(({ isMet }) => !isMet).length;
      return [say`set ${one.items.length} conditions, ${when(one.at, now)}; ${open} are open`];
    }
    if (one.kind !== "decision" || one.decision === null || !isThem(one.decision.person)) return [];
    return [say`decided: ${one.decision.choice}, ${when(one.decision.at, now)}`];
  });
}

/** Only to those who may: to everybody else a bypass is no way to a merge. */
function bypassRightWords(login: string, { isOpen }: Verdict, { document: { policy }, snapshot }: Telling): Words[] {
  const roles = authorisedRoles(policy);
  const named = Object.values(snapshot.directory.teams).flatMap((team) => (team.kind === "read" ? team.value : []));
  const person = named.find((one) => one.login.toLowerCase() === login.toLowerCase()) ?? { id: 0, login, kind: "user" };
  if (isOpen || isAuthorised(person, roles, { policy, snapshot }) !== true) return [];
  const command = commandFor({ scope: "all", cause: "unspecified" });
  return [say`may let it pass in an emergency, which owes a review afterwards: ${code(command)}`];
}

function canWords(seats: readonly Seat[], isThem: (person: { login: string }) => boolean): Words[] {
  const waiting = seats.filter(({ seat }) => seat.state === "waiting");
  const could = waiting.filter(({ seat }) => seat.candidates.some(isThem)).map(({ owner }) => say`${owner}`);
  if (could.length > 0) return [say`could release ${joinList(could)} with an approval`];
  const anyone = waiting
    .filter(({ seat }) => seat.anyoneWith !== null)
    .map(({ owner, seat }) => say`${owner} (${seat.anyoneWith ?? ""})`);
  return anyone.length > 0 ? [say`could release, with the permission in brackets: ${joinList(anyone)}`] : [];
}
