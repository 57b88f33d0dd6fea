import { describe, expect, it } from "vitest";
import { hasColour } from "../../src/cli/io.ts";

describe("colours", () => {
  it.each([
    { name: "a terminal", env: {}, isTerminal: true, colours: true },
    { name: "a pipe", env: {}, isTerminal: false, colours: false },
    { name: "a terminal that cannot", env: { TERM: "dumb" }, isTerminal: true, colours: false },
    { name: "NO_COLOR", env: { NO_COLOR: "1" }, isTerminal: true, colours: false },
    { name: "an empty NO_COLOR, which says nothing", env: { NO_COLOR: "" }, isTerminal: true, colours: true },
    { name: "FORCE_COLOR in a pipe", env: { FORCE_COLOR: "1" }, isTerminal: false, colours: true },
    { name: "FORCE_COLOR=0 on a terminal", env: { FORCE_COLOR: "0" }, isTerminal: true, colours: false },
    { name: "both", env: { FORCE_COLOR: "1", NO_COLOR: "1" }, isTerminal: true, colours: false },
  ])("$name → $colours", ({ env, isTerminal, colours }) => {
    expect(hasColour(env, isTerminal)).toBe(colours);
  });
});
