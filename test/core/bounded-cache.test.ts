import fc from "fast-check";
import { expect, it } from "vitest";
import { createBoundedCache } from "../../src/core/bounded-cache.ts";

it("what was used longest ago makes room for what is new", () => {
  const cache = createBoundedCache<string>(10);
  cache.set("a", "A", 4);
  cache.set("b", "B", 4);
  expect(cache.get("a")).toBe("A");
  cache.set("c", "C", 4);
  expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual(["A", undefined, "C"]);
});

it.each([
  { name: "as heavy as the room", weight: 10, kept: "A" },
  { name: "heavier than the room", weight: 11, kept: undefined },
])("a value $name → $kept", ({ weight, kept }) => {
  const cache = createBoundedCache<string>(10);
  cache.set("a", "A", weight);
  expect(cache.get("a")).toBe(kept);
});

it("never holds more than there is room for, and never tells anything but what was set last", () => {
  const step = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), weight: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const cache = createBoundedCache<number>(10);
      const last = new Map<string, { at: number; weight: number }>();
      for (const [at, { key, weight }] of steps.entries()) {
        cache.set(key, at, weight);
        last.set(key, { at, weight });
        const held = [...last].filter(([each]) => cache.get(each) !== undefined);
        expect(held.reduce((sum, [, one]) => sum + one.weight, 0)).toBeLessThanOrEqual(10);
        for (const [each, one] of held) expect(cache.get(each)).toBe(one.at);
      }
    }),
  );
});
