import { describe, expect, it } from "vitest";
import { bypassBuckets, remedies } from "../../../src/core/bypass/causes.ts";
import { bypassBucket } from "../../../src/core/gate/bypass-cause.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { aClassification, aPerson, aReview, aSnapshot } from "../../support/builders.ts";
import { aGrant, aLabel, anEmergency, type Emergency, emergency } from "../../support/bypass.ts";

const security: PolicyInput = {
  ...emergency,
  approval_workflows: { review: { approver: "security_team", approvals: 1 } },
};
const checks: PolicyInput = {
  ...emergency,
  checkpoints: { ci: { approvals: 0, when: { fork: false }, conditions: { statuses: { "ci/build": ["success"] } } } },
};
const away = { directory: { ...aSnapshot().directory, busy: [aPerson("sam").id, aPerson("ida").id] } };
const tiny = aClassification({ size: { ...aClassification().size, changed: 3 } });

describe("what a bypass was used for (B4)", () => {
  const rows: { name: string; cause?: string; given?: Emergency; bucket: string }[] = [
    { name: "a cause that a label stands for", cause: "production_issue", bucket: "emergency" },
    {
      name: "a cause of the policy's own",
      cause: "outage",
      given: { policy: { ...emergency, bypass: { emergency: { labels: { hot: "outage" } } } } },
      bucket: "emergency",
    },
    { name: "a cause that is a bucket", cause: "unrelated_ci", bucket: "unrelated_ci" },
    {
      name: "no cause, and only a check failed",
      given: { policy: checks, snapshot: { reviews: [aReview("peer")] } },
      bucket: "unrelated_ci",
    },
    {
      name: "no cause, and whoever could approve is busy",
      given: { policy: security, snapshot: away },
      bucket: "reviewer_absent",
    },
    {
      name: "no cause, and the approval is overdue",
      given: {
        policy: { ...emergency, approval_workflows: { review: { approver: "peer", approvals: 1, timeout: "1h" } } },
      },
      bucket: "reviewer_absent",
    },
    { name: "no cause, and three lines", given: { classification: tiny }, bucket: "trivial" },
    {
      name: "no cause, and documentation alone",
      given: { classification: aClassification({ kinds: ["documentation_only"] }) },
      bucket: "trivial",
    },
    { name: "no cause, and a plain approval was skipped", bucket: "other" },
    { name: "a cause that nobody knows", cause: "friday", bucket: "other" },
    { name: "no cause, and a check beside an approval", given: { policy: checks }, bucket: "other" },
  ];
  it.each(rows)("$name → $bucket", ({ cause = "unspecified", given = {}, bucket }) => {
    const input = anEmergency(given);
    expect(bypassBucket(cause, decide(input), input.document.policy, input.snapshot)).toBe(bucket);
    const granted = {
      ...input,
      snapshot: { ...input.snapshot, labels: [aLabel()] },
      memory: { ...input.memory, bypasses: [aGrant()] },
    };
    if (given.policy === undefined)
      expect(bypassBucket(cause, decide(granted), input.document.policy, input.snapshot)).toBe(bucket);
  });

  it("has a remedy for each", () => {
    expect(Object.keys(remedies)).toEqual([...bypassBuckets]);
  });
});
