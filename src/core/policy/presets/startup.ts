/** A small team that wants to be quick: small safe changes pass by themselves, the rest waits for one colleague. */
export const startup = `version: 1
approvals:
  freshness: same_change
checkpoints:
  breaking_change:
    trigger: api_modification
    approver: peer
    criteria: [migration_strategy]
    timeout: 48h
  security_review:
    trigger: security_related_change
    approver: peer
    timeout: 24h
approval_workflows:
  automatic:
    scope: documentation and tests
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    scope: everything else
    approver: peer
    approvals: 1
    timeout: 24h
    process: [automated_review_request, peer_review_24h, approval_or_changes]
`;
