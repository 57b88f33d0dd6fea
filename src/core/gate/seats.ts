/** Who sits where: gives every approval to the requirements it can serve, one seat each where people must be distinct. */

/** One requirement's need: how many seats, and who may take one (account ids, or logins). */
export interface Need<Key> {
  id: string;
  seats: number;
  people: readonly Key[];
}

/**
 * The largest assignment of people to seats in which nobody sits twice (Kuhn's augmenting paths; people and seats are few).
 *
 * @returns the people seated, by need
 */
export function seatDistinct<Key>(needs: readonly Need<Key>[]): Map<string, Key[]> {
  const seats = needs.flatMap((need) => Array.from({ length: need.seats }, () => need));
  const seatOf = new Map<Key, number>();

  const place = (seat: number, tried: Set<Key>): boolean => {
    for (const person of seats[seat]?.people ?? []) {
      if (tried.has(person)) continue;
      tried.add(person);
      const current = seatOf.get(person);
      if (current === undefined || place(current, tried)) {
        seatOf.set(person, seat);
        return true;
      }
    }
    return false;
  };
  for (let seat = 0; seat < seats.length; seat += 1) place(seat, new Set());

  const seated = new Map<string, Key[]>(needs.map((need) => [need.id, []]));
  for (const [person, seat] of seatOf) {
    const need = seats[seat];
    if (need) seated.get(need.id)?.push(person);
  }
  return seated;
}
