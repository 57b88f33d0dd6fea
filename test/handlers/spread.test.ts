import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "../../src/handlers/spread.ts";

describe("looks that nobody waits for", () => {
  it.each([
    { count: 1, last: 0 },
    { count: 150, last: 0 },
    { count: 151, last: 1 },
    { count: 165, last: 1 },
    { count: 166, last: 2 },
    { count: 1_050, last: 60 },
  ])("of $count, the last comes after $last minutes", ({ count, last }) => {
    const all = Array.from({ length: count }, (_, index) => index);
    expect(spread(all).at(-1)?.delayMs).toBe(last * 60_000);
  });

  it("what stands for many pushes back what follows", () => {
    const repositories = [{ open: 200 }, { open: 1 }, { open: 0 }];
    expect(spread(repositories, ({ open }) => open).map(({ delayMs }) => delayMs / 60_000)).toEqual([0, 4, 4]);
  });

  it("keeps the order, loses none, and asks for no more than 1,050 in any hour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (count) => {
        const all = Array.from({ length: count }, (_, index) => index);
        const looks = spread(all);
        expect(looks.map(({ item }) => item)).toEqual(all);
        const inFirstHour = looks.filter(({ delayMs }) => delayMs < 3_600_000).length;
        expect(inFirstHour).toBeLessThanOrEqual(1_050);
      }),
    );
  });
});
