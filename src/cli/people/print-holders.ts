/** Prints who holds the roles of a policy, and which seats nobody can fill. */

import type { Io } from "../io.ts";
import type { RoleHolders, Seat } from "./role-holders.ts";

/** `never`: too few people. `tight`: nobody is left when one of them is the author. */
export type SeatOutlook = "fine" | "tight" | "never" | "unknown";

export function outlookOf({ needed, people }: Seat): SeatOutlook {
  if (people === null) return "unknown";
  if (people < needed) return "never";
  return people === needed ? "tight" : "fine";
}

const namesMax = 8;

export function holdersText(
  holders: readonly RoleHolders[],
  seats: readonly Seat[],
  { width }: Pick<Io, "width">,
): string {
  const indent = Math.min(Math.max(...holders.map(({ role }) => role.length), 4), 30);
  const roles = holders.map(({ role, means, people, unknown }) => {
    const who = people === null ? "" : `: ${peopleWords(people, width)}`;
    return `  ${role.padEnd(indent)}  ${means}${who}${unknown === null ? "" : `; ${unknown}`}`;
  });
  const open = seats.filter((seat) => outlookOf(seat) !== "fine" && outlookOf(seat) !== "unknown");
  return [
    "",
    "Roles:",
    ...roles,
    ...(open.length > 0
      ? ["", "Seats:", ...open.map((seat) => `  ${seatWords(seat)}`)]
      : ["", "Every seat has people for it."]),
    "",
  ].join("\n");
}

function peopleWords(people: readonly string[], width: number): string {
  if (people.length === 0) return "nobody";
  const shown = people.slice(0, width < 80 ? 4 : namesMax).join(", ");
  const more = people.length > namesMax ? ` and ${people.length - namesMax} more` : "";
  return `${people.length} ${people.length === 1 ? "person" : "people"} (${shown}${more})`;
}

/** What is wrong with a seat, for people. */
export function seatWords(seat: Seat): string {
  const roles = seat.roles.join(" or ");
  const asks = `${seat.of} asks for ${seat.needed} of ${roles}`;
  const are = seat.people === 1 ? "is one person" : `are ${seat.people} people`;
  return outlookOf(seat) === "never"
    ? `✗ ${asks}, who ${seat.people === 0 ? "are nobody" : are}: it can never be released`
    : `● ${asks}, who ${are}: whoever of them is the author cannot count`;
}
