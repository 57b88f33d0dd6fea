import fc from "fast-check";
import { expect, it } from "vitest";
import { seatDistinct } from "../../../src/core/gate/seats.ts";

const needs = fc
  .array(fc.record({ seats: fc.integer({ min: 0, max: 3 }), people: fc.uniqueArray(fc.integer({ min: 1, max: 6 })) }), {
    maxLength: 4,
  })
  .map((list) => list.map((need, index) => ({ id: `need ${index}`, ...need })));

it("nobody sits twice, and only where allowed", () => {
  fc.assert(
    fc.property(needs, (list) => {
      const seated = seatDistinct(list);
      const all = [...seated.values()].flat();
      expect(new Set(all).size).toBe(all.length);
      for (const need of list) {
        const people = seated.get(need.id) ?? [];
        expect(people.length).toBeLessThanOrEqual(need.seats);
        expect(people.every((person) => need.people.includes(person))).toBe(true);
      }
    }),
  );
});

it("seats as many as any other assignment could", () => {
  /** Every way to hand each person to at most one need that has room. */
  const best = (list: { seats: number; people: number[] }[], people: number[]): number => {
    const [person, ...rest] = people;
    if (person === undefined) return 0;
    let most = best(list, rest);
    for (const need of list) {
      if (need.seats === 0 || !need.people.includes(person)) continue;
      need.seats -= 1;
      most = Math.max(most, 1 + best(list, rest));
      need.seats += 1;
    }
    return most;
  };
  fc.assert(
    fc.property(needs, (list) => {
      const seated = [...seatDistinct(list).values()].flat().length;
      expect(seated).toBe(
        best(
          list.map((need) => ({ ...need })),
          [1, 2, 3, 4, 5, 6],
        ),
      );
    }),
  );
});
