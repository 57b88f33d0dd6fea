/** The policy of the demonstration's repository, and the same one with two slips of the pen. */

export const samplePolicyPath = ".github/checkpoints.yml";

export const samplePolicy = `version: 1

roles:
  technical_lead: { users: [lena] }
  security_team: { teams: [acme/security] }
  on_call: { users: [otto, kim] }

checkpoints:
  breaking_change:
    trigger: api_modification
    approver: technical_lead
    criteria: [migration_strategy]
    timeout: 48_hours
  security_review:
    trigger: security_related_change
    approver: security_team
    criteria: [security_assessment]
    timeout: 24_hours

approval_workflows:
  automatic:
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    criteria: [code_changes_under_200_lines, no_breaking_changes, standard_functionality]
    approver: peer
  guarded_change:
    criteria: [security_implications, no_breaking_changes]
    approver: security_team
  expert_review:
    criteria: [breaking_changes, performance_impact, complex_architecture]
    approver: technical_lead

classification:
  security: { paths: ["src/auth/**"] }

bypass:
  emergency:
    authorised: [on_call, technical_lead]
    expires_after: 4h
    post_review: { approver: technical_lead, within: 24h }

deployments:
  production: { approver: technical_lead, require: [merged_through_gate, post_reviews_closed] }
`;

export const brokenPolicy = samplePolicy
  .replace("timeout: 24_hours", "timeout: soon")
  .replace("    approver: peer\n", "    aprover: peer\n");
