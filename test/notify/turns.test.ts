import { describe, expect, it } from "vitest";
import type { SendOutcome } from "../../src/handlers/messages-port.ts";
import { createTurns } from "../../src/notify/turns.ts";

const start = new Date("2026-11-20T12:00:00Z");
const sent: SendOutcome = { kind: "sent" };

function aCrossing() {
  let seconds = 0;
  const turns = createTurns(() => in_(seconds));
  /** Something that is under way until it is told to be done. */
  const begin = (destination: string) => {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    return { outcome: turns.run(destination, () => promise), end: (outcome = sent) => resolve(outcome) };
  };
  const answer = (destination: string, outcome: SendOutcome) => turns.run(destination, async () => outcome);
  const pass = (more: number) => {
    seconds += more;
  };
  const fail = (destination: string) => turns.run(destination, () => Promise.reject(new Error("It broke")));
  return { begin, answer, fail, pass };
}

function in_(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1_000);
}

describe("turns", () => {
  it("lets two at a time to one destination, and gives those who wait a turn each", async () => {
    const { begin, answer } = aCrossing();
    const first = begin("slack");
    const second = begin("slack");
    expect(await answer("slack", sent)).toEqual({ kind: "busy", retryAt: in_(1) });
    expect(await answer("slack", sent)).toEqual({ kind: "busy", retryAt: in_(2) });
    first.end();
    await first.outcome;
    expect(await answer("slack", sent)).toEqual(sent);
    second.end();
    expect(await second.outcome).toEqual(sent);
  });

  it("does not have others wait for a slow one", async () => {
    const { begin, answer } = aCrossing();
    begin("slow");
    begin("slow");
    expect(await answer("quick", sent)).toEqual(sent);
  });

  it("keeps places for judgements, however many destinations are slow", async () => {
    const { begin, answer } = aCrossing();
    for (let i = 0; i < 16; i += 1) begin(`slow ${i}`);
    expect(await answer("quick", sent)).toMatchObject({ kind: "busy" });
  });

  it("leaves whoever asks for patience alone, without counting that as a failure", async () => {
    const { answer, pass } = aCrossing();
    const asked: SendOutcome = { kind: "failed", reason: "it answers with status 429", retryAt: in_(30) };
    expect(await answer("slack", asked)).toEqual(asked);
    expect(await answer("slack", sent)).toEqual({ kind: "busy", retryAt: in_(31) });
    expect(await answer("slack", sent)).toEqual({ kind: "busy", retryAt: in_(32) });
    pass(30);
    expect(await answer("slack", sent)).toEqual(sent);
  });

  it("fails at once where it asks for much patience, so that another channel gets the message", async () => {
    const { answer } = aCrossing();
    await answer("slack", { kind: "failed", reason: "it answers with status 429", retryAt: in_(3_600) });
    expect(await answer("slack", sent)).toEqual({
      kind: "failed",
      reason: "it asked for patience",
      retryAt: in_(3_600),
    });
  });

  it("frees the place of what throws", async () => {
    const { answer, begin, fail } = aCrossing();
    begin("slack");
    await expect(fail("slack")).rejects.toThrow("It broke");
    expect(await answer("slack", sent)).toEqual(sent);
  });
});
