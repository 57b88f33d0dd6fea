import { describe, expect, it } from "vitest";
import {
  renderSticky,
  renderStickyEnd,
  renderStickyTitle,
  stickyMarker,
} from "../../../src/core/report/sticky-comment.ts";
import { aClassification, aFinding, aReview } from "../../support/builders.ts";
import { judged, rendered } from "./telling.ts";

const input: Parameters<typeof judged>[0] = {
  policy: {
    roles: { security_team: { teams: ["acme/security"] } },
    checkpoints: {
      security_review: { trigger: "security_related_change", approver: "security_team", criteria: ["rollback_plan"] },
    },
  },
  classification: aClassification({ findings: [aFinding("security")] }),
};
const sticky = (asked: Parameters<typeof judged>[0], heldBy: number | null = null) => {
  const { verdict, telling } = judged(asked);
  return renderSticky(verdict, telling, heldBy);
};

describe("the one comment beside the check (G12)", () => {
  it.each([
    { name: "waiting", asked: input },
    { name: "approved", asked: { snapshot: { reviews: [aReview("peer")] } } },
  ])("reads well: $name", async ({ name, asked }) => {
    await expect(`${sticky(asked)}\n`).toMatchFileSnapshot(`../../fixtures/comments/sticky-${name}.md`);
  });

  it("says what the check says, in the same words, and less of it", () => {
    const check = rendered(input);
    const said = sticky(input);
    expect(said.split("\n")[0]).toBe(check.summary.split("\n")[0]);
    const rows = (text: string) => text.split("\n").filter((line) => /^\| [●✗]/.test(line));
    const unmarked = (text: string) => text.replaceAll("`", "").replaceAll("@", "");
    expect(rows(said).map(unmarked)).toEqual(rows(check.summary).map(unmarked));
    expect(said.length).toBeLessThan(check.summary.length + check.text.length);
  });

  it("mentions nobody, bears its mark once and no time at which it was written", () => {
    const said = sticky(input);
    expect(said).not.toMatch(/(^|[^`\w])@\w/);
    expect(said.split(stickyMarker)).toHaveLength(2);
    expect(said).not.toContain("judged");
  });

  it("says which pull request on the same commit holds it", () => {
    expect(sticky({ snapshot: { reviews: [aReview("peer")] } }, 7)).toContain("shares its commit with #7");
  });

  it("stays short with many open points, and says how many more there are", () => {
    const checkpoints = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `review_${index}`,
        { when: { base_branch: "main" }, approver: `role_${index}_${"x".repeat(50)}` },
      ]),
    );
    const said = sticky({ policy: { checkpoints } });
    expect(said.length).toBeLessThan(9_000);
    expect(said).toMatch(/\d+ more open points/);
  });

  it.each([
    {
      name: "nothing was judged",
      body: renderStickyTitle({ title: "Policy broken: <img> @all", name: "holdpoint: main" }),
    },
    { name: "the policy wants none any more", body: renderStickyEnd({ name: "holdpoint: main" }) },
  ])("points to the check where $name", ({ body }) => {
    expect(body).toContain("`holdpoint: main`");
    expect(body).not.toMatch(/<img|@all/);
  });
});
