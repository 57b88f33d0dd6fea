/** A team that has to show who approved what: nothing passes by itself, every seat has its own person, approvals hold for one head. */
export const regulated = `version: 1
approvals:
  freshness: exact
  distinct_people: true
  unknown_contributor: block
checkpoints:
  architecture_review:
    trigger: major_structural_change
    approver: senior_developer
    criteria: [code_quality_standards, performance_impact, security_implications, maintainability]
    timeout: 24h
  breaking_change:
    trigger: api_modification
    approver: technical_lead
    criteria: [impact_documentation, migration_strategy, rollback_plan, stakeholder_communication]
    timeout: 48h
  security_review:
    trigger: security_related_change
    approver: security_team
    criteria: [security_assessment, vulnerability_analysis, best_practices, compliance_requirements]
    timeout: 24h
  performance_impact:
    trigger: performance_critical_change
    approver: senior_developer
    criteria: [performance_baseline]
    timeout: 24h
  rollback_decision:
    trigger: rollback_activated
    approver: [technical_lead, on_call]
    criteria: [rollback_rationale]
    timeout: 1h
approval_workflows:
  peer_review:
    scope: ordinary changes
    criteria: [code_changes_under_200_lines, no_breaking_changes, no_security_implications, standard_functionality]
    approver: peer
    approvals: 1
    timeout: 24h
    process: [automated_review_request, peer_review_24h, approval_or_changes]
  expert_review:
    scope: everything else
    approver: senior_developer
    approvals: 2
    timeout: 48h
    process: [expert_review_request, detailed_review_48h, approval_or_changes]
`;
