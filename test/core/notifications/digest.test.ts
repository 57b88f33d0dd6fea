import { describe, expect, it } from "vitest";
import { readBody } from "../../../src/core/notifications/body-text.ts";
import { composeDigest } from "../../../src/core/notifications/digest.ts";
import { ago, now } from "../../support/builders.ts";
import { aMessage } from "../../support/messages.ts";

function linesOf(body: string): string[] {
  return readBody(body).map(({ spans }) => spans.map(({ text }) => text).join(""));
}

describe("composeDigest", () => {
  it("lists what is pressing first, then by time, each with its link", () => {
    const summary = composeDigest(
      "digest 3",
      [
        aMessage({ title: "Later", severity: "low", at: ago(1), url: null }),
        aMessage({ title: "Earlier", severity: "low", at: ago(5), roles: ["peer", "technical_lead"] }),
        aMessage({ title: "Pressing", severity: "high", at: ago(2) }),
      ],
      now,
    );
    expect(summary).toMatchObject({ key: "digest 3", severity: "low", about: null, people: [], channels: [], at: now });
    expect(summary.title).toBe("3 messages for acme/api until 20 Nov 16:00 UTC");
    expect(linesOf(summary.body)).toEqual([
      "high: Pressing (20 Nov 14:00 UTC)",
      "low: Earlier, for peer and technical_lead (20 Nov 11:00 UTC)",
      "low: Later (20 Nov 15:00 UTC)",
    ]);
    expect(summary.body).toContain("[Pressing](https://github.com/acme/api/pull/42)");
  });

  it("counts one message as one", () => {
    expect(composeDigest("digest 1", [aMessage()], now).title).toMatch(/^1 message for/);
  });

  it("escapes titles, which may be anybody's words", () => {
    const { body } = composeDigest("digest 1", [aMessage({ title: "**@acme/team** <img> fixes #1", url: null })], now);
    expect(body).not.toMatch(/@acme|<img|fixes #1/);
    expect(linesOf(body)[0]).toContain("**@acme/team** <img> fixes #1");
  });

  it("shows two hundred and counts the rest", () => {
    const of = (count: number) =>
      composeDigest(
        "d",
        Array.from({ length: count }, () => aMessage()),
        now,
      );
    expect(linesOf(of(200).body)).toHaveLength(200);
    expect(linesOf(of(201).body).slice(-2)).toEqual(["", "… and 1 more"]);
    expect(of(201).title).toMatch(/^201 messages/);
  });
});
