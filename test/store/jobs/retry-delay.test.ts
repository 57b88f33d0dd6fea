import { describe, expect, it } from "vitest";
import { attemptsMax, readFailure, retryDelayMs } from "../../../src/store/jobs/retry-delay.ts";

const hour = 3_600_000;

describe("the wait after a failed run", () => {
  it.each([
    { attempt: 1, luck: 1, ms: 1_000 },
    { attempt: 1, luck: 0, ms: 500 },
    { attempt: 4, luck: 1, ms: 8_000 },
    { attempt: 13, luck: 1, ms: 4_096_000 },
    { attempt: 14, luck: 1, ms: 2 * hour },
    { attempt: 19, luck: 0, ms: hour },
  ])("$attempt with luck $luck is $ms ms", ({ attempt, luck, ms }) => {
    expect(retryDelayMs(attempt, luck)).toBe(ms);
  });

  it("of all attempts together is within a day", () => {
    let sum = 0;
    for (let attempt = 1; attempt < attemptsMax; attempt++) sum += retryDelayMs(attempt, 1);
    expect(sum).toBeGreaterThan(12 * hour);
    expect(sum).toBeLessThan(24 * hour);
  });
});

it.each([
  { name: "an error", thrown: new TypeError("no such thing"), error: "TypeError: no such thing", retryAt: null },
  { name: "a bare value", thrown: "odd", error: "odd", retryAt: null },
  {
    name: "an error that names a moment",
    thrown: Object.assign(new Error("limited"), { retryAt: new Date(5) }),
    error: "Error: limited",
    retryAt: new Date(5),
  },
  {
    name: "an error whose moment is none",
    thrown: Object.assign(new Error("limited"), { retryAt: new Date("soon") }),
    error: "Error: limited",
    retryAt: null,
  },
  { name: "text that the database cannot hold", thrown: new Error("a\0b"), error: "Error: ab", retryAt: null },
])("the record of $name", ({ thrown, error, retryAt }) => {
  expect(readFailure(thrown)).toEqual({ error, retryAt });
});
