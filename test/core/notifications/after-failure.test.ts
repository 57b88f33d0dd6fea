import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterFailure, type Failure } from "../../../src/core/notifications/after-failure.ts";
import { ago, now } from "../../support/builders.ts";
import { aDelivery, aMessage, aTarget } from "../../support/messages.ts";

const failed: Failure = { kind: "failed", reason: "it answers with status 500" };
const refused: Failure = { kind: "refused", reason: "it answers with status 404" };

/** After so many failures, the first of them so many hours ago. */
function on(channel: "alone" | "with another", attempts = 0, hours: number | null = null) {
  const fallbacks = channel === "alone" ? [] : [aTarget("mail"), aTarget("github")];
  return { message: aMessage(), fallbacks, attempts, failingSince: hours === null ? null : ago(hours) };
}

function in_(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

describe("afterFailure", () => {
  it.each([
    ["a first failure", on("with another"), failed, { kind: "try_again", at: in_(10), failingSince: now }],
    ["a second failure", on("with another", 1, 1), failed, { kind: "try_again", at: in_(60), failingSince: ago(1) }],
    ["a third failure, with another channel", on("with another", 2, 1), failed, { kind: "pass_on" }],
    ["a third failure, without another channel", on("alone", 2, 1), failed, { kind: "try_again", at: in_(300) }],
    ["ever less often", on("alone", 30, 20), failed, { kind: "try_again", at: in_(7_200) }],
    ["just within a day", on("alone", 30, 22), failed, { kind: "try_again", at: in_(7_200) }],
    ["beyond a day", on("alone", 30, 22.001), failed, { kind: "give_up" }],
    ["a refusal, with another channel", on("with another"), refused, { kind: "pass_on" }],
    ["a refusal, without another channel", on("alone"), refused, { kind: "give_up" }],
    ["asked for patience", on("with another"), { ...failed, retryAt: in_(30) }, { kind: "try_again", at: in_(30) }],
    [
      "asked for less patience than we have",
      on("alone", 4),
      { ...failed, retryAt: in_(1) },
      { kind: "try_again", at: in_(1_800) },
    ],
    [
      "asked for too much patience, with another channel",
      on("with another"),
      { ...failed, retryAt: in_(901) },
      { kind: "pass_on" },
    ],
    [
      "asked for much patience, without another channel",
      on("alone"),
      { ...failed, retryAt: in_(7_300) },
      { kind: "try_again", at: in_(7_300) },
    ],
  ])("%s", (_name, delivery, failure, expected) => {
    expect(afterFailure(delivery, failure, now)).toMatchObject(expected);
  });

  it("offers the channels behind it in their order, each with those behind that", () => {
    expect(afterFailure(on("with another"), refused, now)).toEqual({
      kind: "pass_on",
      candidates: [aDelivery("mail", { fallbacks: [aTarget("github")] }), aDelivery("github")],
    });
  });

  it("ends within a day and a Retry-After, however it fails, and never tries again in the past", () => {
    const failures = fc.record({
      kind: fc.constant("failed" as const),
      reason: fc.constant("x"),
      waitSeconds: fc.integer({ min: -60, max: 86_400 }),
    });
    fc.assert(
      fc.property(fc.infiniteStream(failures), (stream) => {
        let at = now;
        let state = on("alone");
        for (const { waitSeconds, ...failure } of stream) {
          const step = afterFailure(state, { ...failure, retryAt: new Date(at.getTime() + waitSeconds * 1_000) }, at);
          if (step.kind === "give_up") break;
          if (step.kind === "pass_on") throw new Error("There is no other channel");
          expect(step.at.getTime()).toBeGreaterThan(at.getTime());
          at = step.at;
          state = { ...state, attempts: state.attempts + 1, failingSince: step.failingSince };
          expect(state.attempts).toBeLessThan(30);
        }
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(24 * 3_600_000);
      }),
    );
  });
});
