import { expect, it } from "vitest";
import { rules } from "../../../src/core/findings/index.ts";
import { ruleGroups, ruleIds } from "../../../src/core/findings/rule-ids.ts";

it("names every rule of the detectors", () => {
  expect([...ruleIds].sort()).toEqual(Object.keys(rules).sort());
});

it("puts only rules that exist into groups, and every rule about committed secrets into secret_detected", () => {
  const known: readonly string[] = ruleIds;
  expect(
    Object.values(ruleGroups)
      .flat()
      .every((rule) => known.includes(rule)),
  ).toBe(true);
  const secrets = Object.entries(rules).filter(([, { detector }]) => detector === "committed_secrets");
  expect(ruleGroups.secret_detected).toEqual(secrets.map(([id]) => id));
});
