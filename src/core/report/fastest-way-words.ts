/** The smallest set of people whose approvals would meet what waits for people: whom to ask, for what, and whom instead. */

import type { ApprovalsRequirement, Verdict } from "../gate/verdict.ts";
import type { Person } from "../snapshot.ts";
import { personPiece, type Telling } from "./telling.ts";
import { enumerate, join, joinList, say, strong, type Words } from "./words.ts";

type Told = Pick<Verdict, "fastestWay" | "requirements">;

/** A seat that waits for people, and the checkpoint or workflow that asks for it, or its own name. */
interface OpenSeat {
  name: string;
  approvals: ApprovalsRequirement;
}

/** @returns nothing where nobody has to be asked */
export function fastestWayWords(verdict: Told, { snapshot }: Pick<Telling, "snapshot">): Words {
  const seats = openSeats(verdict);
  const named = namedWords(verdict, seats);
  const anyone = seats.filter((seat) => seat.approvals.anyoneWith !== null && !isServed(seat, verdict.fastestWay));
  const nobody = seats.filter((seat) => seat.approvals.anyoneWith === null && !isServed(seat, verdict.fastestWay));
  const asks = [
    ...named,
    ...anyone.map(({ name, approvals }) => say`anyone with ${approvals.anyoneWith ?? "no"} permission, for ${name}`),
  ];
  const lead = strong(say`Fastest way:`);
  const lacking = [...new Set(nobody.map(({ name }) => name))].map((name) => say`${name}`);
  const stuck =
    lacking.length > 0 ? say`too few people are known who could release ${joinList(lacking)}; the row says why` : [];
  if (asks.length === 0) return stuck.length > 0 ? say`${lead} ${stuck}.` : [];
  const rest = stuck.length > 0 ? say` But ${stuck}.` : [];
  return say`${lead} ask ${join(asks, "; and ")}.${busyWords(verdict, seats, snapshot.directory.busy)}${rest}`;
}

/** Of those named, who can release what. */
export function releasableBy(person: Person, verdict: Pick<Verdict, "requirements">): string[] {
  const names = openSeats(verdict).filter((seat) => isCandidate(person, seat));
  return [...new Set(names.map(({ name }) => name))];
}

function namedWords(verdict: Told, seats: readonly OpenSeat[]): Words[] {
  const { fastestWay } = verdict;
  if (fastestWay.length === 0) return [];
  const asks = fastestWay.map((person): Words => {
    const names = namesOf(seats.filter((seat) => isCandidate(person, seat)));
    if (names.length === 0) return [personPiece(person)];
    // One person: a sentence; several: a list that stays readable.
    return fastestWay.length === 1
      ? say`${personPiece(person)}, who can release ${joinList(names)}`
      : say`${personPiece(person)} (${enumerate(names)})`;
  });
  return [joinList(asks)];
}

/** Whoever says to be busy is only named where nobody else would do as well: who could step in, seat by seat. */
function busyWords({ fastestWay }: Told, seats: readonly OpenSeat[], busy: readonly number[]): Words {
  const away = new Set(busy);
  const named = new Set(fastestWay.map(({ id }) => id));
  return fastestWay
    .filter(({ id }) => away.has(id))
    .flatMap((person): Words => {
      const others = seats
        .filter((seat) => isCandidate(person, seat))
        .flatMap((seat) => {
          const instead = seat.approvals.candidates.filter(({ id }) => !named.has(id) && !away.has(id));
          const people = instead.map((one): Words => [personPiece(one)]);
          return people.length > 0 ? [say`${joinList(people, "or", 3)} for ${seat.name}`] : [];
        });
      const rest =
        others.length > 0 ? say`instead: ${join(others, ", ")}` : say`nobody else who could is known to be free`;
      return say` ${personPiece(person)} is marked as busy; ${rest}.`;
    });
}

function openSeats({ requirements }: Pick<Verdict, "requirements">): OpenSeat[] {
  return requirements.flatMap((whole): OpenSeat[] => {
    if (whole.kind === "approvals") return isOpen(whole) ? [{ name: whole.id, approvals: whole }] : [];
    if (whole.kind !== "checkpoint" && whole.kind !== "workflow") return [];
    return whole.parts.flatMap((part) =>
      part.kind === "approvals" && isOpen(part) ? [{ name: whole.name, approvals: part }] : [],
    );
  });
}

function isOpen({ state, holds }: ApprovalsRequirement): boolean {
  return state === "waiting" && holds;
}

function isServed(seat: OpenSeat, people: readonly Person[]): boolean {
  return people.some((person) => isCandidate(person, seat));
}

function isCandidate({ login }: Person, { approvals }: OpenSeat): boolean {
  return approvals.candidates.some((candidate) => candidate.login.toLowerCase() === login.toLowerCase());
}

function namesOf(seats: readonly OpenSeat[]): Words[] {
  return [...new Set(seats.map(({ name }) => name))].map((name) => say`${name}`);
}
