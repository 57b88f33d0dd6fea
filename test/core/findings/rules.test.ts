import { describe, expect, it } from "vitest";
import { detectors, rules } from "../../../src/core/findings/index.ts";

/** Starts lower case or with a name in back-ticks or capitals, one phrase, no full stop. */
const phrase = /^(?:[a-z`]|[A-Z]{2,}\b)[^\n]{3,}[^.!?:;,\s]$/;
/** Whole sentences. */
const sentence = /^[A-Z`][^\n]{8,}[.`]$/;

describe.each(Object.entries(rules))("the rule %s", (id, rule) => {
  it("is titled by a phrase and says in a sentence why it is there", () => {
    expect(rule.title).toMatch(phrase);
    expect(rule.why).toMatch(sentence);
    expect(`${rule.title} ${rule.why}`).not.toMatch(/!\s|TODO|[\p{Extended_Pictographic}]/u);
    expect(id).toMatch(/^[a-z][a-z0-9_]{2,63}$/);
  });

  it("says in sentences what helps and what it looks at, where the title does not", () => {
    for (const said of [rule.fix, rule.looksAt]) if (said !== undefined) expect(said).toMatch(sentence);
    // What leaks or lets in has to be mended, each in its own way.
    if (rule.class === "security") expect(rule.fix).toMatch(sentence);
  });

  it("shows an example, if any, as a small change", () => {
    if (rule.example === undefined) return;
    const lines = rule.example.diff.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines.every((line) => /^[-+ @]/.test(line) || line === "")).toBe(true);
    expect(lines.some((line) => /^[-+]/.test(line))).toBe(true);
  });
});

it.each(detectors.map((detector) => [detector.id, detector] as const))(
  "the detector %s is described",
  (_, detector) => {
    expect(detector.title).toMatch(/^[A-Za-z`][^\n]{3,}[^.!?:;,\s]$/);
    expect(detector.why).toMatch(sentence);
  },
);
