/** Blocks of a first policy. */

import type { Survey } from "./survey-repository.ts";

/** What names of files alone do not tell. */
export function classificationBlock({ security, hotPaths, generated, vendored, kind }: Survey): string {
  const size = [
    ...(generated.length > 0 ? [`    generated: ${list(generated)}`] : []),
    ...(vendored.length > 0 ? [`    vendored: ${list(vendored)}`] : []),
  ];
  const lines = [
    ...(security.length > 0 && kind !== "infrastructure"
      ? [
          "  security:",
          "    # Who is believed and what stays secret is decided here: changes wait for a security review, whatever they change.",
          `    paths: ${list(security)}`,
        ]
      : []),
    ...(hotPaths.length > 0
      ? ["  performance:", "    # There are benchmarks for these.", `    hot_paths: ${list(hotPaths)}`]
      : []),
    ...(size.length > 0 ? ["  size:", "    # Nobody reads these line by line; as .gitattributes says.", ...size] : []),
  ];
  if (lines.length === 0) return "";
  return `# Where things are that their names alone do not tell.\nclassification:\n${lines.join("\n")}\n`;
}

export function standardCheckpoints(survey: Survey): string[] {
  const { languages, hasCodeScanning, hasBenchmarks, hasInterfaceDescriptions } = survey;
  const breaking = `  # What others rely on was removed, renamed or changed.
  breaking_change:
    trigger: api_modification
    approver: technical_lead
    criteria: [impact_documentation, migration_strategy]
`;
  const security = `  # What is seen of secrets, dependencies, code and what runs in CI. classification.security.paths names files that always wait.
  security_review:
    trigger: security_related_change
    approver: security_team
    criteria: [security_assessment${hasCodeScanning ? ", vulnerability_analysis" : ""}]
`;
  const performance = `  # What is measured: classification.performance.hot_paths names more of it.
  performance_impact:
    trigger: performance_critical_change
    approver: senior_developer
    criteria: [performance_baseline]
`;
  return [
    ...(languages.length > 0 || hasInterfaceDescriptions ? [breaking] : []),
    security,
    ...(hasBenchmarks ? [performance] : []),
  ];
}

interface Approvers {
  approver: string;
  infrastructure: string;
}

export function ownCheckpoints(survey: Survey, { approver, infrastructure }: Approvers): string[] {
  const { kind, migrations, requiredWorkflow } = survey;
  const held = (name: string, description: string, globs: readonly string[], by: string) => `  ${name}:
    description: ${description}
    when:
      - changed_files: ${list(globs)}
    approver: ${by}
    criteria: [rollback_plan]
`;
  const [name, words] =
    kind === "infrastructure"
      ? ["access_change", "Who may do what, or where state is kept, changes with it"]
      : ["infrastructure_change", "Where and how it runs changes with it"];
  return [
    ...(migrations.length > 0 ? [held("data_migration", "Stored data changes with it", migrations, approver)] : []),
    ...(survey.infrastructure.length > 0 ? [held(name, words, survey.infrastructure, infrastructure)] : []),
    ...(requiredWorkflow === null
      ? []
      : [
          `  # It runs for every pull request: the change waits for its tests, not for people.
  tests_passed:
    approvals: 0
    conditions: { workflows: { ${JSON.stringify(requiredWorkflow)}: [success] } }
`,
        ]),
  ];
}

export function workflowsBlock({ hasTests, kind }: Survey): string {
  const isTested = hasTests && kind !== "infrastructure" && kind !== "api_description";
  return `# How a change is approved: the first of these that fits.
approval_workflows:
  automatic:
    scope: documentation
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    scope: small, ordinary changes
    criteria: [code_changes_under_200_lines, no_breaking_changes, standard_functionality${isTested ? ", well_tested" : ""}]
    approver: peer
    process: [automated_review_request, peer_review_24h, approval_or_changes]
  expert_review:
    scope: everything else
    approver: senior_developer
    process: [expert_review_request, detailed_review_48h, approval_or_changes]
`;
}

function list(globs: readonly string[]): string {
  return `[${globs.map((glob) => JSON.stringify(glob)).join(", ")}]`;
}
