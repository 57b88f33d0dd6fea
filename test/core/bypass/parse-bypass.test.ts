import { describe, expect, it } from "vitest";
import { type BypassCommand, parseBypass } from "../../../src/core/bypass/parse-bypass.ts";

const request = (more: Partial<Extract<BypassCommand, { kind: "request" }>> = {}): BypassCommand => ({
  kind: "request",
  scope: "all",
  reason: "checkout fails for everybody",
  cause: "unspecified",
  ...more,
});

describe("what follows /holdpoint bypass", () => {
  it.each<{ name: string; rest: string; means: BypassCommand }>([
    { name: "plain quotes", rest: 'all --reason "checkout fails for everybody"', means: request() },
    { name: "single quotes", rest: "all --reason 'checkout fails for everybody'", means: request() },
    { name: "curly quotes", rest: "all --reason “checkout fails for everybody”", means: request() },
    { name: "low and high quotes", rest: "all --reason „checkout fails for everybody“", means: request() },
    { name: "angle quotes", rest: "all --reason «checkout fails for everybody»", means: request() },
    { name: "single curly quotes", rest: "all --reason ‘checkout fails for everybody’", means: request() },
    { name: "a code span", rest: "all --reason `checkout fails for everybody`", means: request() },
    { name: "no quotes: to the end of the line", rest: "all --reason checkout fails for everybody", means: request() },
    { name: "an equals sign", rest: 'all --reason="checkout fails for everybody"', means: request() },
    {
      name: "a dash that correction made of two",
      rest: "all —reason “checkout fails for everybody”",
      means: request(),
    },
    { name: "the reason first", rest: '--reason "checkout fails for everybody" all', means: request() },
    { name: "quotes that nobody closed", rest: 'all --reason "checkout fails for everybody', means: request() },
    {
      name: "an apostrophe within single quotes",
      rest: "all --reason 'the customers' carts can't be paid'",
      means: request({ reason: "the customers' carts can't be paid" }),
    },
    {
      name: "an apostrophe within curly quotes",
      rest: "all --reason “it can’t be paid, and that’s everybody”",
      means: request({ reason: "it can’t be paid, and that’s everybody" }),
    },
    {
      name: "a cause after the reason",
      rest: 'all --reason "checkout fails for everybody" --cause production_issue',
      means: request({ cause: "production_issue" }),
    },
    {
      name: "a cause before it",
      rest: 'all --cause Production-Issue --reason "checkout fails for everybody"',
      means: request({ cause: "production_issue" }),
    },
    {
      name: "a cause after a reason without quotes",
      rest: "all --reason checkout fails for everybody --cause critical_bug",
      means: request({ cause: "critical_bug" }),
    },
    {
      name: "two dashes within the reason are the reason's",
      rest: 'all --reason "npm run build -- --force fails"',
      means: request({ reason: "npm run build -- --force fails" }),
    },
    { name: "no reason", rest: "all", means: request({ reason: null }) },
    { name: "an empty reason", rest: 'all --reason ""', means: request({ reason: null }) },
    {
      name: "checkpoints",
      rest: 'security_review, release and rollout --reason "checkout fails for everybody"',
      means: request({ scope: ["security_review", "release", "rollout"] }),
    },
    { name: "all in capitals", rest: 'ALL --reason "checkout fails for everybody"', means: request() },
    { name: "nothing", rest: "", means: { kind: "malformed" } },
    { name: "a reason for nothing", rest: '--reason "checkout fails"', means: { kind: "malformed" } },
    { name: "another option", rest: 'all --force --reason "checkout fails"', means: { kind: "malformed" } },
    { name: "agreeing", rest: "agree", means: { kind: "agree" } },
    { name: "having agreed", rest: "Agreed.", means: { kind: "agree" } },
    { name: "cancelling", rest: "cancel", means: { kind: "cancel" } },
    { name: "agreeing to a name is asking for that checkpoint", rest: "agree all", means: request({ reason: null }) },
  ])("$name", ({ rest, means }) => {
    expect(parseBypass(rest)).toEqual(means);
  });
});
