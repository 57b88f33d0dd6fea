import { describe, expect, it } from "vitest";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { renderCheckpointChecks, renderNotNeeded } from "../../../src/core/report/render-checkpoint-checks.ts";
import { aClassification, aFinding, aReview } from "../../support/builders.ts";
import { judged, urls } from "./telling.ts";

const checkpoints = (more: object = {}): PolicyInput => ({
  roles: { security_team: { teams: ["acme/security"] } },
  checkpoints: {
    security_review: { approver: "security_team", ...more },
    architecture_review: { approver: "technical_lead" },
  },
});
const classification = aClassification({ findings: [aFinding("security")] });
const approved = { reviews: [aReview("sam")] };

function checks(input: Parameters<typeof judged>[0]) {
  const { verdict, telling } = judged({ classification, ...input });
  return renderCheckpointChecks({ verdict, ...telling, urls });
}

describe("a check run for each checkpoint", () => {
  it.each([
    {
      name: "waits",
      input: { policy: checkpoints() },
      is: { status: "in_progress", conclusion: null, title: "Waiting for security_team (1 of 1)" },
      standing: "waiting",
    },
    {
      name: "is met",
      input: { policy: checkpoints(), snapshot: approved },
      is: { conclusion: "success", title: "Approved: security review by @sam" },
      standing: "approved",
    },
    {
      name: "wants evidence",
      input: { policy: checkpoints({ criteria: ["rollback_plan"] }), snapshot: approved },
      is: { conclusion: "failure", title: "Waiting for a rollback plan" },
      standing: "must_change",
    },
    {
      name: "is not required, and waits by itself all the same",
      input: { policy: checkpoints({ required: false }) },
      is: { status: "in_progress", title: "Waiting for security_team (1 of 1)" },
      standing: "waiting",
    },
    {
      name: "only observes",
      input: { policy: checkpoints({ mode: "observe" }) },
      is: { conclusion: "neutral", title: "Would wait: security_team (1 of 1)" },
      standing: "observed",
    },
    {
      name: "is of a policy that only observes",
      input: { policy: { ...checkpoints(), mode: "observe" as const } },
      is: { conclusion: "neutral" },
      standing: "observed",
    },
    {
      name: "was met, but not everything could be read",
      input: {
        policy: checkpoints(),
        snapshot: { ...approved, incomplete: [{ what: "files" as const, reason: "too many" }] },
      },
      is: { conclusion: "failure", title: "Cannot be judged: files: too many" },
      standing: "error",
    },
  ])("that $name → $standing", ({ input, is, standing }) => {
    const [check, ...others] = checks(input);
    expect(others).toEqual([]); // The other checkpoint does not apply.
    expect(check).toMatchObject({ standing, draft: { name: "holdpoint: main / security_review", ...is } });
  });

  it("tells its own points and where the whole is told", () => {
    const [check] = checks({ policy: checkpoints({ criteria: ["rollback_plan"] }) });
    expect(check?.draft.summary).toContain("**security_review applies: ");
    expect(check?.draft.summary).toContain("It is met once the 2 open points below are.");
    expect(check?.draft.summary).toContain("All that this change waits for stands in `holdpoint: main`.");
    expect(check?.draft.summary).not.toContain("expert_review");
    expect(check?.draft.annotations).toEqual([]);
  });

  it.each([
    {
      name: "does not apply",
      checkpoint: "architecture_review",
      says: "the checkpoint does not apply: nothing architectural found",
    },
    {
      name: "was taken out of the policy",
      checkpoint: "data_review",
      says: "the policy has no checkpoint of this name any more",
    },
    {
      name: "has no run any more",
      checkpoint: "security_review",
      says: "the policy keeps no check runs of single checkpoints any more",
    },
  ])("one that $name ends as a success that says so", ({ checkpoint, says }) => {
    const { verdict, telling } = judged({ policy: checkpoints(), classification });
    const { draft, standing } = renderNotNeeded(checkpoint, { subject: telling.snapshot, verdict, ...telling, urls });
    expect(draft).toMatchObject({
      name: `holdpoint: main / ${checkpoint}`,
      status: "completed",
      conclusion: "success",
    });
    expect(draft.title).toBe(`Not needed: ${says}`);
    expect(standing).toBe("approved");
  });
});
