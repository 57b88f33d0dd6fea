import { describe, expect, it } from "vitest";
import type { Problem } from "../../../src/core/problem.ts";
import { renderCheck } from "../../../src/core/report/render-check.ts";
import { renderPolicyProblems } from "../../../src/core/report/render-policy-problems.ts";
import {
  type GroupMember,
  renderFailed,
  renderMergeGroup,
  renderNothingToHold,
  renderPolicyLost,
  renderUnreadable,
} from "../../../src/core/report/render-special-checks.ts";
import { aFile, aSnapshot, headSha, now } from "../../support/builders.ts";
import { judged, urls } from "./telling.ts";

const path = ".github/checkpoints.yml";
const source = { repository: "acme/api", path, commit: null, blobSha: "5c6d7e8".padEnd(40, "0") };
const soon: Problem = {
  code: "HP-P04",
  severity: "error",
  where: { file: path, line: 2, column: 12, key: "checkpoints.security_review.timeout" },
  found: '"soon" is not a duration',
  expected: "a duration such as 2 days, 48h or PT48H",
  fix: "",
};
const text = "checkpoints: {security_review: {\n  timeout: soon,\n  approver: peer }}\n";

describe("a broken policy (P5)", () => {
  const broken = (files = [aFile("src/a.ts")]) =>
    renderPolicyProblems({ problems: [soon], source, text, snapshot: aSnapshot({ files }), now, urls });

  it("fails with the first mistake in the title", () => {
    expect(broken()).toMatchObject({
      name: "holdpoint: main",
      status: "completed",
      conclusion: "failure",
      title: 'Policy broken: line 2, "soon" is not a duration',
    });
  });

  it("shows every mistake with its code frame and how to mend it", async () => {
    await expect(broken().summary).toMatchFileSnapshot("../../fixtures/checks/policy-broken.md");
  });

  it("annotates the policy's lines only where the change touches that file", () => {
    expect(broken().annotations).toEqual([]);
    expect(broken([aFile(path)]).annotations).toEqual([
      {
        path,
        startLine: 2,
        endLine: 2,
        level: "failure",
        title: '"soon" is not a duration',
        message: `${path}:2:12: "soon" is not a duration; expected a duration such as 2 days, 48h or PT48H (HP-P04)`,
      },
    ]);
  });

  it("tells of mistakes in a policy that the change itself proposes; the base branch's still judges", () => {
    const { verdict, telling } = judged({ snapshot: { files: [aFile(path)] } });
    const check = renderCheck({ verdict, ...telling, urls, proposedProblems: [soon] });
    expect(check.status).toBe("in_progress");
    expect(check.summary).toContain("The policy as this change leaves it has 1 mistake; once merged it would keep");
    expect(check.annotations.map((one) => one.startLine)).toEqual([2]);
  });
});

describe("what was never judged rule by rule", () => {
  const subject = aSnapshot();
  const input = { subject, now, urls };

  it.each([
    {
      name: "a policy that disappeared keeps the gate shut (T07)",
      check: renderPolicyLost({ ...input, path }),
      title: "Policy gone: .github/checkpoints.yml is no longer on main",
      conclusion: "failure",
    },
    {
      name: "a fact that cannot be read keeps it shut",
      check: renderUnreadable({ ...input, reason: "GitHub answered 502", retryAt: new Date("2026-11-20T16:05:00Z") }),
      title: "Cannot be judged: GitHub answered 502",
      conclusion: "failure",
    },
    {
      name: "a fault of our own keeps it shut",
      check: renderFailed(input),
      title: "Holdpoint failed; the gate stays shut",
      conclusion: "failure",
    },
    {
      name: "nothing to hold is said",
      check: renderNothingToHold({ ...input, reason: "no rule covers this branch" }),
      title: "Nothing to hold: no rule covers this branch",
      conclusion: "success",
    },
  ])("$name", ({ check, title, conclusion }) => {
    expect(check).toMatchObject({ title, conclusion, status: "completed", headSha, externalId: "1/42/main" });
    expect(check.summary).toMatch(/judged against `main` `[0-9a-f]{7}` on 20 Nov 16:00 UTC/);
  });

  it("says when it tries again", () => {
    const { summary } = renderUnreadable({
      ...input,
      reason: "GitHub answered 502",
      retryAt: new Date("2026-11-20T16:05:00Z"),
    });
    expect(summary).toContain("It is tried again by itself, next at 20 Nov 16:05 UTC.");
  });
});

describe("a merge group is as good as its worst member", () => {
  const approved: GroupMember = {
    number: 1,
    status: "completed",
    conclusion: "success",
    title: "Approved: peer review by @peer",
  };
  const observed: GroupMember = {
    number: 2,
    status: "completed",
    conclusion: "neutral",
    title: "Would wait: peer (1 of 1)",
  };
  const waiting: GroupMember = {
    number: 3,
    status: "in_progress",
    conclusion: null,
    title: "Waiting for peer (1 of 1)",
  };
  const broken: GroupMember = { number: 4, status: "completed", conclusion: "failure", title: "Policy broken" };
  const group = (members: GroupMember[] | null) =>
    renderMergeGroup({ repository: aSnapshot().repository, baseRef: "main", headSha, members, now, urls });

  it.each([
    { name: "all approved", members: [approved, approved], conclusion: "success", title: "Approved: 2 pull requests" },
    {
      name: "one only observed",
      members: [approved, observed],
      conclusion: "neutral",
      title: "Approved: 2 pull requests",
    },
    { name: "one waits", members: [approved, waiting], conclusion: "failure", title: "Held by #3" },
    { name: "two held", members: [waiting, observed, broken], conclusion: "failure", title: "Held by #3 and #4" },
    {
      name: "no members known",
      members: [],
      conclusion: "failure",
      title: "Cannot be judged: it is not known which pull requests this merge group holds",
    },
    {
      name: "members unreadable",
      members: null,
      conclusion: "failure",
      title: "Cannot be judged: it is not known which pull requests this merge group holds",
    },
  ])("$name → $conclusion", ({ members, conclusion, title }) => {
    expect(group(members)).toMatchObject({ status: "completed", conclusion, title, name: "holdpoint: main" });
  });

  it("lists every member with its own title, which mentions nobody", () => {
    expect(group([approved, waiting]).summary).toContain(
      "- ✓ #1: Approved:&#8203; peer review by @&#8203;peer\n- ● #3:",
    );
  });
});
