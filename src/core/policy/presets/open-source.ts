/** A public project: maintainers release what comes from outside, security and breaking changes wait for a lead. */
export const openSource = `version: 1
roles:
  maintainer: { permission: maintain }
approvals:
  freshness: same_change
  unknown_contributor: ignore
checkpoints:
  breaking_change:
    trigger: api_modification
    approver: maintainer
    criteria: [impact_documentation, migration_strategy]
    timeout: 7 days
  security_review:
    trigger: security_related_change
    approver: maintainer
    criteria: [security_assessment]
    timeout: 3 days
  outside_workflow_change:
    description: A change from a fork that touches what runs in CI
    when:
      all:
        - fork: true
        - changed_files: [".github/**"]
    approver: maintainer
approval_workflows:
  peer_review:
    scope: everything else
    approver: peer
    approvals: 1
    timeout: 7 days
    process: [automated_review_request, approval_or_changes]
`;
