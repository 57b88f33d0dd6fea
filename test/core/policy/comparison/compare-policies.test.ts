import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePolicies } from "../../../../src/core/policy/comparison/compare-policies.ts";
import { presets } from "../../../../src/core/policy/presets/index.ts";
import { loaded } from "../load.ts";

const base = `version: 1
roles:
  security_team: { teams: [acme/security] }
approvals: { freshness: same_change }
checkpoints:
  security_review:
    trigger: security_related_change
    approver: security_team
    approvals: 2
  owners:
    when: { changed_files: ["src/**", "lib/**"] }
    approver: [peer]
    criteria: [rollback_plan]
approval_workflows:
  automatic: { criteria: [documentation_only], process: automated_approval }
  peer_review: { criteria: [code_changes_under_200_lines], approver: peer, timeout: 24h }
escalation_levels:
  level_3: { roles: [technical_lead, on_call] }
bypass:
  emergency: { authorised: [technical_lead] }
  test_environments: { branches: [staging] }
  maintenance_windows:
    - { name: release, cron: "0 6 * * 2", duration: 2h }
`;

/** `loosens checkpoints.security_review.approvals:9`; `?` where it may loosen though nobody can tell. */
function told(before: string, after: string): string[] {
  return comparePolicies(loaded(before).policy, loaded(after)).map(
    ({ effect, isLooser, path, line }) =>
      `${effect}${effect === "changes" && isLooser ? "?" : ""} ${path.join(".")}:${line ?? "-"}`,
  );
}

const with_ = (from: string, to: string): string => {
  if (!base.includes(from)) throw new Error(`The base has no ${from}`);
  return base.replace(from, to);
};

describe("what a new policy does to the gate", () => {
  it.each([
    { name: "nothing", after: base, is: [] },
    { name: "only a comment", after: `${base}# kept short\n`, is: [] },
    { name: "a default written out", after: with_("version: 1", "version: 1\nmode: enforce\non_error: block"), is: [] },
    {
      name: "fewer approvals",
      after: with_("approvals: 2", "approvals: 1"),
      is: ["loosens checkpoints.security_review.approvals:9"],
    },
    {
      name: "more approvals",
      after: with_("approvals: 2", "approvals: 3"),
      is: ["tightens checkpoints.security_review.approvals:9"],
    },
    {
      name: "one more role may release",
      after: with_("approver: security_team", "approver: [security_team, peer]"),
      is: ["loosens checkpoints.security_review.approver:8"],
    },
    {
      name: "another role releases",
      after: with_("approver: security_team", "approver: peer"),
      is: ["changes? checkpoints.security_review.approver:8"],
    },
    {
      name: "one more team holds a role",
      after: with_("teams: [acme/security]", "teams: [acme/security, acme/all]"),
      is: ["loosens roles.security_team:3"],
    },
    {
      name: "a role is not mapped any more",
      after: with_("roles:\n  security_team: { teams: [acme/security] }\n", ""),
      is: ["changes? roles.security_team:-"],
    },
    {
      name: "a built-in role gets wider",
      after: with_("roles:", "roles:\n  peer: { permission: read }"),
      is: ["loosens roles.peer:3"],
    },
    {
      name: "a built-in role gets narrower",
      after: with_("roles:", "roles:\n  peer: { permission: admin }"),
      is: ["tightens roles.peer:3"],
    },
    {
      name: "a role that nothing asks for",
      after: with_("roles:", "roles:\n  design: { teams: [acme/design] }"),
      is: [],
    },
    {
      name: "a checkpoint is gone",
      after: with_(
        '  owners:\n    when: { changed_files: ["src/**", "lib/**"] }\n    approver: [peer]\n    criteria: [rollback_plan]\n',
        "",
      ),
      is: ["loosens checkpoints.owners:5"],
    },
    {
      name: "a new checkpoint",
      after: with_("checkpoints:", "checkpoints:\n  data: { approver: peer }"),
      is: ["tightens checkpoints.data:6"],
    },
    {
      name: "a checkpoint that no longer holds",
      after: with_("    approvals: 2", "    approvals: 2\n    required: false"),
      is: ["loosens checkpoints.security_review.required:10"],
    },
    {
      name: "a checkpoint that only observes",
      after: with_("    approvals: 2", "    approvals: 2\n    mode: observe"),
      is: ["loosens checkpoints.security_review.mode:10"],
    },
    {
      name: "fewer files start a checkpoint",
      after: with_('["src/**", "lib/**"]', '["src/**"]'),
      is: ["loosens checkpoints.owners.when:11"],
    },
    {
      name: "more files start a checkpoint",
      after: with_('["src/**", "lib/**"]', '["src/**", "lib/**", "app/**"]'),
      is: ["tightens checkpoints.owners.when:11"],
    },
    {
      name: "other files start a checkpoint",
      after: with_('["src/**", "lib/**"]', '["app/**"]'),
      is: ["changes? checkpoints.owners.when:11"],
    },
    {
      name: "a file is excluded",
      after: with_('["src/**", "lib/**"]', '["src/**", "lib/**", "!lib/gen/**"]'),
      is: ["changes? checkpoints.owners.when:11"],
    },
    {
      name: "a condition narrows a trigger",
      after: with_("    approvals: 2", "    approvals: 2\n    when: { base_branch: [main] }"),
      is: ["loosens checkpoints.security_review.when:10"],
    },
    {
      name: "another trigger",
      after: with_("security_related_change", "api_modification"),
      is: ["changes? checkpoints.security_review.trigger:7"],
    },
    {
      name: "no criterion any more",
      after: with_("criteria: [rollback_plan]", "criteria: []"),
      is: ["loosens checkpoints.owners.criteria:13"],
    },
    { name: "observing only", after: with_("version: 1", "version: 1\nmode: observe"), is: ["loosens mode:2"] },
    {
      name: "errors are asked about",
      after: with_("version: 1", "version: 1\non_error: ask"),
      is: ["loosens on_error:2"],
    },
    {
      name: "stale approvals count",
      after: with_("freshness: same_change", "freshness: sticky"),
      is: ["loosens approvals.freshness:4"],
    },
    {
      name: "the same by its synonym",
      after: with_("freshness: same_change", "invalidate_on_push: false"),
      is: ["loosens approvals.freshness:4"],
    },
    {
      name: "one head only",
      after: with_("freshness: same_change", "freshness: exact"),
      is: ["tightens approvals.freshness:4"],
    },
    {
      name: "the author may approve",
      after: with_("freshness: same_change", "allow_author: true"),
      is: ["loosens approvals.allow_author:4"],
    },
    {
      name: "committers may approve one checkpoint",
      after: with_("    approvals: 2", "    approvals: 2\n    allow_contributor: true"),
      is: ["loosens checkpoints.security_review.allow_contributor:10"],
    },
    {
      name: "a comment approves",
      after: with_("freshness: same_change", "methods: { comments: [LGTM] }"),
      is: ["loosens approvals.methods.comments:4"],
    },
    {
      name: "a higher threshold",
      after: with_("checkpoints:", "classification: { security: { ask_at: proven } }\ncheckpoints:"),
      is: ["loosens classification.security.ask_at:5"],
    },
    {
      name: "a lower threshold",
      after: with_("checkpoints:", "classification: { security: { hold_at: likely } }\ncheckpoints:"),
      is: ["tightens classification.security.hold_at:5"],
    },
    {
      name: "findings left out",
      after: with_(
        "checkpoints:",
        "classification:\n  suppress: [{ rule: policy_changed, reason: agreed with everybody }]\ncheckpoints:",
      ),
      is: ["loosens classification.suppress:6"],
    },
    {
      name: "larger changes count as small",
      after: with_("under_200_lines", "under_400_lines"),
      is: ["loosens approval_workflows.peer_review.criteria:16"],
    },
    {
      name: "more opens by itself",
      after: with_("[documentation_only]", "[low_risk]"),
      is: ["changes? approval_workflows.automatic.criteria:15"],
    },
    {
      name: "less opens by itself",
      after: with_("[documentation_only]", "[documentation_only, low_risk]"),
      is: ["tightens approval_workflows.automatic.criteria:15"],
    },
    {
      name: "one more way that asks nobody",
      after: with_(
        "approval_workflows:",
        "approval_workflows:\n  bots: { criteria: [dependency_bump], process: automated_approval }",
      ),
      is: ["loosens approval_workflows.bots:15"],
    },
    {
      name: "a workflow that asks nobody any more",
      after: with_("approver: peer, timeout: 24h", "approver: peer, approvals: 0, timeout: 24h"),
      is: ["loosens approval_workflows.peer_review.approvals:16"],
    },
    {
      name: "more time",
      after: with_("timeout: 24h", "timeout: 48h"),
      is: ["loosens approval_workflows.peer_review.timeout:16"],
    },
    {
      name: "fewer people told",
      after: with_("[technical_lead, on_call]", "[technical_lead]"),
      is: ["loosens escalation_levels.level_3.roles:18"],
    },
    {
      name: "more people bypass",
      after: with_("authorised: [technical_lead]", "authorised: [technical_lead, peer]"),
      is: ["loosens bypass.emergency.authorised:20"],
    },
    {
      name: "no bypass any more",
      after: with_("  emergency: { authorised: [technical_lead] }\n", ""),
      is: ["tightens bypass.emergency:19"],
    },
    {
      name: "one more window",
      after: with_("duration: 2h }", 'duration: 2h }\n    - { name: night, cron: "0 1 * * *", duration: 1h }'),
      is: ["loosens bypass.maintenance_windows:22"],
    },
    {
      name: "no windows",
      after: with_('  maintenance_windows:\n    - { name: release, cron: "0 6 * * 2", duration: 2h }\n', ""),
      is: ["tightens bypass.maintenance_windows:19"],
    },
    {
      name: "another window",
      after: with_("duration: 2h", "duration: 8h"),
      is: ["changes? bypass.maintenance_windows:22"],
    },
    {
      name: "one more test branch",
      after: with_("branches: [staging]", "branches: [staging, main]"),
      is: ["loosens bypass.test_environments.branches:21"],
    },
    {
      name: "where things are told",
      after: with_("version: 1", "version: 1\ncomments: sticky"),
      is: ["changes comments:2"],
    },
    {
      name: "nobody releases the policy any more",
      after: with_("version: 1", "version: 1\npolicy_change: { asks_for: nothing }"),
      is: ["loosens policy_change.asks_for:2"],
    },
  ])("$name → $is", ({ after, is }) => {
    expect(told(base, after)).toEqual(is);
  });

  it("another order of workflows gives changes to other people, which nobody can weigh", () => {
    const [automatic, peer] = base.split("\n").slice(14, 16);
    const after = base.replace(`${automatic}\n${peer}`, `${peer}\n${automatic}`);
    expect(told(base, after)).toEqual(["changes? approval_workflows:14"]);
  });

  it("what loosens is told first", () => {
    const after = with_("approvals: 2", "approvals: 3").replace("freshness: same_change", "freshness: sticky");
    expect(told(base, after)).toEqual([
      "loosens approvals.freshness:4",
      "tightens checkpoints.security_review.approvals:9",
    ]);
  });

  it("a policy with nothing in it means the built-in workflows", () => {
    expect(told("version: 1", "version: 1\napproval_workflows: {}").length).toBeGreaterThan(0);
  });

  it("no policy differs from itself, and what loosens one way is never only stricter the other way", () => {
    const texts = [base, "version: 1", ...Object.values(presets)];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...texts), (one, other) => {
        expect(told(one, one)).toEqual([]);
        const there = comparePolicies(loaded(one).policy, loaded(other));
        const back = comparePolicies(loaded(other).policy, loaded(one));
        const key = ({ path }: (typeof there)[number]) => path.join(".");
        const stricter = new Set(back.filter(({ effect }) => effect === "tightens").map(key));
        const unsafe = there.filter((one) => !one.isLooser && !stricter.has(key(one)) && one.effect === "loosens");
        expect(unsafe).toEqual([]);
      }),
    );
  });
});
