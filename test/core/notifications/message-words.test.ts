import { describe, expect, it } from "vitest";
import { contextOf, noteOf, plainBody, renderComment } from "../../../src/core/notifications/message-words.ts";
import { aPerson } from "../../support/builders.ts";
import { aMessage } from "../../support/messages.ts";

const marker = "<!-- holdpoint:message:abc -->";
const notes = [{ channel: "pager", reason: "it answers with status 404" }];

describe("renderComment", () => {
  it("says what it is about, whom it is for and which channel did not take it", () => {
    const people = [
      aPerson("sam"),
      aPerson("ida"),
      aPerson("renovate[bot]"),
      { ...aPerson("peer"), kind: "ghost" as const },
    ];
    expect(renderComment(aMessage({ people }), notes, marker)).toBe(
      [
        "**A review is overdue**",
        "It waits for **sam**.",
        "[Read on](https://github.com/acme/api/pull/42)",
        "<sub>The channel `pager` did not take this message (it answers with status 404), so it is told here.</sub>",
        "For @sam, @ida.",
        `${marker}\n`,
      ].join("\n\n"),
    );
  });

  it("mentions nobody by its title, its reasons or its roles", () => {
    const reason = "GitHub refuses the comment: @acme/team <b>fixes #1";
    const text = renderComment(
      aMessage({ title: "@acme/team fixes #1", roles: ["@acme/leads"], body: "" }),
      [{ channel: "x", reason }],
      marker,
    );
    expect(text).not.toMatch(/@acme|fixes #1|<b>/);
  });

  it("fits into what GitHub takes, cut at the end of a line", () => {
    const text = renderComment(aMessage({ body: "- a line\n".repeat(20_000) }), notes, marker);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("- a line\n\n…\n\n[Read on]");
    expect(text.trimEnd().endsWith(marker)).toBe(true);
  });
});

it("tells in one line how pressing it is, where and for whom", () => {
  expect(contextOf(aMessage({ roles: ["technical_lead", "peer"] }))).toBe(
    "High · acme/api#42 · for technical_lead, peer",
  );
  expect(contextOf(aMessage({ severity: "low", about: null }))).toBe("Low · acme/api");
});

it("tells in one line which channel did not take it", () => {
  expect(noteOf({ channel: "pager", reason: "status 404\nBcc: x" })).toBe(
    "The channel pager did not take this message (status 404 Bcc: x), so it is told here.",
  );
});

it("gives plain text with the addresses of links", () => {
  expect(plainBody(aMessage({ body: "**Due:** [this](https://x.test/)\n- `a`\n\n```\ncode\n```" }))).toBe(
    "Due: this (https://x.test/)\n- a\n\n    code",
  );
});
