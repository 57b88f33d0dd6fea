/** Who sits where: gives every approval to the requirements it can serve, one seat each where people must be distinct. */

/** One requirement's need: how many seats, and who may take one (account ids, or logins). */
export interface Need<Key> {
  id: string;
  seats: number;
  people: readonly Key[];
}

/**
 * The largest assignment of people to seats in which nobody sits twice (Kuhn's augmenting paths; people and seats are few). Seats of
 * needs that come first are filled first.
 *
 * @param others further people by need; they take what is left, and nobody loses a seat to them, though somebody may change it
 * @returns the people seated, by need
 */
export function seatDistinct<Key>(
  needs: readonly Need<Key>[],
  others: ReadonlyMap<string, readonly Key[]> = new Map(),
): Map<string, Key[]> {
  const seats = needs.flatMap((need) => Array.from({ length: need.seats }, () => need));
  const seatOf = new Map<Key, number>();

  const place = (seat: number, peopleOf: (need: Need<Key>) => readonly Key[], tried: Set<Key>): boolean => {
    const need = seats[seat];
    for (const person of need ? peopleOf(need) : []) {
      if (tried.has(person)) continue;
      tried.add(person);
      const current = seatOf.get(person);
      if (current === undefined || place(current, peopleOf, tried)) {
        seatOf.set(person, seat);
        return true;
      }
    }
    return false;
  };
  const placeAll = (peopleOf: (need: Need<Key>) => readonly Key[]) => {
    const taken = new Set(seatOf.values());
    for (let seat = 0; seat < seats.length; seat += 1) if (!taken.has(seat)) place(seat, peopleOf, new Set());
  };
  placeAll((need) => need.people);
  if (others.size > 0) placeAll((need) => [...need.people, ...(others.get(need.id) ?? [])]);

  const seated = new Map<string, Key[]>(needs.map((need) => [need.id, []]));
  for (const [person, seat] of seatOf) {
    const need = seats[seat];
    if (need) seated.get(need.id)?.push(person);
  }
  return seated;
}
