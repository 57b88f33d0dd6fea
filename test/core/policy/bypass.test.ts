import { describe, expect, it } from "vitest";
import { policySchema } from "../../../src/core/policy/schema.ts";
import { loosenings } from "../../../src/core/policy/tighter.ts";
import { brief, problemsOf } from "./load.ts";

const mapped = "roles: { on_call: { users: [otto] }, technical_lead: { users: [lena] } }\n";

describe("mistakes in an emergency bypass (B1)", () => {
  it.each([
    { name: "a rule that is none", block: "never: [secret_detectd]", code: "HP-P19", says: "secret_detected" },
    { name: "a checkpoint that is none", block: "never: [security_reveiw]", code: "HP-P19", says: "security_review" },
    { name: "a name that is like nothing", block: "never: [whatever]", code: "HP-P19", says: "a rule of findings" },
    {
      name: "one label in two cases",
      block: "labels: { hotfix: critical_bug, Hotfix: other }",
      code: "HP-P30",
      says: "the same as",
    },
    { name: "more than all merges", block: 'budget: { limit: "101%" }', code: "HP-P08", says: "at most 100%" },
    { name: "no time for the reason", block: "reason: { within: 0m }", code: "HP-P09", says: "0m" },
    { name: "no time at all", block: "expires_after: 0h", code: "HP-P09", says: "0h" },
    { name: "nobody who may ask", block: "authorised: []", code: "HP-P29", says: "nobody may ask" },
    { name: "a misspelt role", block: "authorised: [on_cal]", code: "HP-P11", says: "on_call" },
    {
      name: "a misspelt second person",
      block: "second_person: technical_laed",
      code: "HP-P11",
      says: "technical_lead",
    },
    {
      name: "a role that means whoever can write",
      block: "authorised: [firefighters]",
      code: "HP-P12",
      says: "by being able to write alone",
    },
    {
      name: "a second person who may be anybody",
      block: "second_person: firefighters",
      code: "HP-P12",
      says: "by being able to write alone",
    },
  ])("$name is told", ({ block, code, says }) => {
    const found = problemsOf(`${mapped}bypass: { emergency: { ${block} } }\n`).filter(
      (problem) => problem.code === code,
    );
    expect(found.map(brief).join("\n")).toContain(says);
  });

  it.each([
    "{}",
    "never: [secret_detected, security_review, export_removed]",
    'budget: { limit: "100%", period: 30d, over_budget: warn }',
    "authorised: [on_call], second_person: technical_lead",
  ])("finds nothing wrong with %s", (block) => {
    const text = `${mapped}bypass: { emergency: ${block === "{}" ? block : `{ ${block} }`} }\n`;
    expect(problemsOf(text).filter(({ code }) => code !== "HP-P24")).toEqual([]);
  });
});

describe("an enforced emergency bypass", () => {
  const parse = (emergency: object) => policySchema.parse({ bypass: { emergency } }).bypass?.emergency;
  const loosened = (wanted: object, given: object) =>
    loosenings(parse(wanted), parse(given), ["bypass", "emergency"]).map(({ path }) => path.slice(2).join("."));

  it.each<{ name: string; wanted?: object; given: object; key: string }>([
    { name: "lasts longer than by default", given: { expires_after: "5h" }, key: "expires_after" },
    {
      name: "lasts longer than asked",
      wanted: { expires_after: "1h" },
      given: { expires_after: "2h" },
      key: "expires_after",
    },
    { name: "keeps nothing closed", given: { never: [] }, key: "never" },
    {
      name: "keeps less closed",
      wanted: { never: ["release", "secret_detected"] },
      given: { never: ["release"] },
      key: "never",
    },
    {
      name: "lets others ask",
      wanted: { authorised: ["on_call"] },
      given: { authorised: ["on_call", "peer"] },
      key: "authorised",
    },
    {
      name: "does without a second person",
      wanted: { second_person: "technical_lead" },
      given: { second_person: false },
      key: "second_person",
    },
    {
      name: "takes shorter reasons",
      wanted: { reason: { within: "15m" } },
      given: { reason: { within: "15m", min_length: 5 } },
      key: "reason.min_length",
    },
    {
      name: "leaves more time for the reason",
      wanted: { reason: { min_length: 20 } },
      given: { reason: { min_length: 20, within: "1h" } },
      key: "reason.within",
    },
    {
      name: "only warns beyond its budget",
      wanted: { budget: { limit: "5%" } },
      given: { budget: { limit: "5%", over_budget: "warn" } },
      key: "budget.over_budget",
    },
    {
      name: "has a larger budget",
      wanted: { budget: { limit: "5%" } },
      given: { budget: { limit: "6%" } },
      key: "budget.limit",
    },
    {
      name: "knows more labels",
      wanted: { labels: { hotfix: "critical_bug" } },
      given: { labels: { hotfix: "critical_bug", quick: "other" } },
      key: "labels",
    },
    {
      name: "leaves more time for its review",
      wanted: { post_review: { approver: "technical_lead" } },
      given: { post_review: { approver: "technical_lead", within: "2d" } },
      key: "post_review.within",
    },
  ])("that $name is looser", ({ wanted = {}, given, key }) => {
    expect(loosened(wanted, given)).toEqual([key]);
  });

  it.each<{ name: string; wanted?: object; given: object }>([
    { name: "ends sooner", given: { expires_after: "1h" } },
    { name: "keeps more closed", given: { never: ["secret_detected", "release"] } },
    { name: "asks for a second person", given: { second_person: "technical_lead" } },
    {
      name: "refuses beyond its budget",
      wanted: { budget: { limit: "5%" } },
      given: { budget: { limit: "2%", over_budget: "refuse" } },
    },
    { name: "takes longer reasons", wanted: { reason: { min_length: 20 } }, given: { reason: { min_length: 40 } } },
  ])("that $name is not", ({ wanted = {}, given }) => {
    expect(loosened(wanted, given)).toEqual([]);
  });
});
