import { describe, expect, it } from "vitest";
import type { BypassEnd, GrantedBypass } from "../../../src/core/bypass/bypass.ts";
import { bypassTrailer } from "../../../src/core/bypass/bypass-trailer.ts";
import { bypassMarker, renderBypassEnded, renderBypassOnCommit } from "../../../src/core/report/bypass-comments.ts";
import { ago, aPerson, headSha, now } from "../../support/builders.ts";

function aGrant(over: Partial<GrantedBypass> = {}): GrantedBypass {
  return {
    outcome: "granted",
    id: "label:emergency-bypass@2026-11-20T14:00:00.000Z",
    source: { kind: "label", label: "emergency-bypass" },
    scope: "all",
    cause: "production_issue",
    requester: aPerson("otto"),
    at: ago(2),
    headSha,
    reason: "Orders are lost",
    secondPerson: null,
    grantedAt: ago(2),
    until: ago(-2),
    issue: { number: 412, url: "https://github.com/acme/api/issues/412" },
    ended: null,
    ...over,
  };
}

describe("the line in Git's history", () => {
  it("names the issue, the cause and who asked", () => {
    expect(bypassTrailer(aGrant())).toBe("Holdpoint-Bypass: #412 production_issue by otto");
  });

  it("cannot be broken by what a policy or a command calls the cause", () => {
    const cause = "x\nSigned-off-by: root <root@example.com>";
    const line = bypassTrailer(aGrant({ cause, requester: aPerson("evil`\n[bot]") }));
    expect(line).not.toMatch(/[\n`<>@:]{2}|\n/);
    expect(line.split(": ")).toHaveLength(2);
  });
});

describe("the comment on the commit", () => {
  it("says who, why, until when and where the review is, and calls nobody", () => {
    const text = renderBypassOnCommit(aGrant({ secondPerson: aPerson("lena") }), 42, now);
    for (const part of ["#42", "production issue", "`otto`", "`lena`", "Orders are lost", "#412", "20 Nov 18:00 UTC"]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("@");
  });

  it("shows a reason as text, whatever stands in it", () => {
    const reason = "closes #1 @acme/all <img src=x> `code` [a](https://evil.example)";
    const text = renderBypassOnCommit(aGrant({ reason }), 42, now);
    expect(text).not.toMatch(/closes #1|@acme|<img|(?<!\\)\]\(https/);
  });
});

it.each<BypassEnd>(["push", "unlabelled", "expired", "cancelled", "authority", "policy", "closed"])(
  "a bypass that ended by %s says so once, and that nothing is owed",
  (why) => {
    const text = renderBypassEnded(aGrant(), why);
    expect(text).toContain("has ended: ");
    expect(text).toContain("no review is owed in [#412](https://github.com/acme/api/issues/412)");
    expect(text).toContain(bypassMarker("ended", aGrant().id, headSha));
    expect(text).not.toContain("@");
  },
);

it("what became of one request is told apart from every other", () => {
  const markers = ["label:a@1", "label:a@2"].flatMap((id) =>
    ["h1", "h2"].flatMap((head) => [bypassMarker("refused", id, head), bypassMarker("ended", id, head)]),
  );
  expect(new Set(markers).size).toBe(8);
});
