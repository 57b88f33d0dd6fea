import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import type { DecideInput } from "../../../src/core/gate/facts.ts";
import { explain } from "../../../src/core/report/explain.ts";
import { aClassification, aComment, aFinding, ago, anInput, aReview } from "../../support/builders.ts";

const security = {
  checkpoints: {
    security_review: { approver: "security_team", criteria: ["rollback_plan"], description: "Read *this*" },
  },
};
const scene = anInput({
  policy: security,
  classification: aClassification({ findings: [aFinding("security")] }),
  snapshot: {
    reviews: [aReview("peer"), aReview("sam", { headAtSubmission: "c".repeat(40) }), aReview("author")],
    comments: [aComment("nils", "/holdpoint hold for legal")],
  },
});

function told(about: string, input: DecideInput = scene): string {
  const { snapshot, document, now } = input;
  const telling = { snapshot, document, now, policyUrl: () => null, codeUrl: () => null, ruleUrl: () => null };
  const explained = explain(decide(input), telling, about);
  return explained.kind === "found" ? explained.markdown : `unknown, near ${explained.near}`;
}

describe("explain", () => {
  it("tells the whole: what is open first, what was looked at besides, and each approval", () => {
    const story = told("");
    expect(story).toContain("hold by `nils`");
    expect(story).toContain("**security_review**");
    expect(story).toContain("`sam` by review");
    expect(story).toContain("given on an earlier head");
    expect(story.indexOf("hold by")).toBeLessThan(story.indexOf("Approvals met:"));
    expect(told("", anInput({ snapshot: { reviews: [aReview("peer")] } }))).toContain("Looked at as well:");
  });

  it.each([
    { about: "security_review", says: ["applies: ", "Read \\*this\\*", "who can: any of ", "`ida`", "rollback_plan"] },
    { about: "SECURITY_REVIEW", says: ["applies: "] },
    { about: "rollback_plan", says: ["how: add a section", "HP-E02"] },
    { about: "expert_review", says: ["one approval of senior_developer", "`peer`, "] },
    {
      about: "@sam",
      says: ["their approval does not count: given on an earlier head", "could release security_review"],
    },
    { about: "sam", says: ["their approval does not count"] },
    { about: "@peer", says: ["not of senior_developer"] },
    { about: "@author", says: ["opened this pull request", "the author's own"] },
    { about: "@ida", says: ["could release security_review with an approval"] },
    { about: "@nils", says: ["holds the change since 20 Nov 15:00 UTC"] },
    { about: "@nobody-here", says: ["could release, with the permission in brackets"] },
    { about: "securty_review", says: ["unknown, near security_review"] },
    { about: "something", says: ["unknown, near null"] },
  ])("of $about says $says", ({ about, says }) => {
    for (const words of says) expect(told(about)).toContain(words);
  });

  it("calls nobody and lets nobody's text act", () => {
    const evil = "@acme/all <img src=x> [x](http://evil) `y`";
    const input = {
      ...scene,
      snapshot: { ...scene.snapshot, comments: [aComment("nils", `/holdpoint hold ${evil}`, { createdAt: ago(2) })] },
    };
    for (const about of ["", "security_review", "@sam", "@nils"]) {
      const story = told(about, input).replaceAll(/`[^`]*`/g, "");
      expect(story).not.toMatch(/@[a-z]|<img|[^\\]\]\(http/i);
    }
    expect(told(`@${evil.replaceAll(" ", "")}`, input)).not.toMatch(/<img|[^\\]\]\(http/i);
  });

  it("stays short enough to be read", () => {
    const reviews = Array.from({ length: 2_000 }, (_, index) => aReview(`person-${index}`));
    expect(told("", { ...scene, snapshot: { ...scene.snapshot, reviews } }).length).toBeLessThanOrEqual(16_000);
  });
});
