/** The text of a first policy: small, commented, and fitted to what the repository holds. */

import type { Survey } from "./survey-repository.ts";

/** Whom a preset asks for what the repository adds, and the roles that it leaves to be mapped. */
const presetRoles: Readonly<Record<string, { approver: string; unmapped: readonly Role[] }>> = {
  startup: { approver: "peer", unmapped: [] },
  "open-source": { approver: "maintainer", unmapped: [] },
  regulated: {
    approver: "senior_developer",
    unmapped: ["technical_lead", "senior_developer", "security_team", "on_call"],
  },
};

type Role = "technical_lead" | "senior_developer" | "security_team" | "on_call";

/** @param preset one of Holdpoint's own, to build on; `null`: everything is written out */
export function starterPolicy(survey: Survey, preset: string | null): string {
  const { approver, unmapped } = (preset === null ? undefined : presetRoles[preset]) ?? {
    approver: "senior_developer",
    unmapped: ["technical_lead", "senior_developer", "security_team"] as const,
  };
  const checkpoints = [...(preset === null ? standardCheckpoints(survey) : []), ...ownCheckpoints(survey, approver)];
  return [
    head(survey, preset),
    ...(preset === null
      ? []
      : [`# What the preset says holds, except where this file says otherwise.\nextends: [preset:${preset}]\n`]),
    roles(survey, unmapped),
    checkpoints.length > 0
      ? `# Points where a change waits for people or for evidence.\ncheckpoints:\n${checkpoints.join("\n")}`
      : '# Points of your own where a change waits:\n# checkpoints:\n#   billing_change:\n#     when: [{ changed_files: ["billing/**"] }]\n#     approver: peer\n',
    ...(preset === null ? [workflows(survey)] : []),
    ...waitForTests(survey),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function head({ languages, hasCodeowners }: Survey, preset: string | null): string {
  const held = languages.length > 0 ? ` of ${languages.slice(0, 3).join(", ")}` : "";
  const owned = hasCodeowners ? " with code owners" : "";
  return `# yaml-language-server: $schema=./checkpoints.schema.json
#
# What a pull request waits for, and who releases it. \`holdpoint init\` wrote this for a repository${held}${owned}${preset === null ? "" : `, on the preset ${preset}`}.
# It is in force once it stands on the branch that pull requests go into. After every change: holdpoint validate
version: 1

# With \`observe\` instead, the check only says what it would hold.
mode: enforce
`;
}

function roles({ hasCodeowners, owner }: Survey, unmapped: readonly Role[]): string {
  if (unmapped.length === 0) return "";
  const permissions: Record<Role, string> = {
    technical_lead: "{ permission: admin }",
    senior_developer: hasCodeowners ? "{ permission: maintain, codeowners: true }" : "{ permission: maintain }",
    security_team: "{ permission: maintain }",
    on_call: "{ permission: maintain }",
  };
  const example = `{ teams: [${owner ?? "acme"}/security] }`;
  return `# Who may release what: whoever has the permission. Better are teams and people: ${example}, { users: [lena] }
roles:
${unmapped.map((role) => `  ${role}: ${permissions[role]}`).join("\n")}
`;
}

function standardCheckpoints({ languages, hasCodeScanning, hasBenchmarks }: Survey): string[] {
  const breaking = `  # What others rely on was removed, renamed or changed.
  breaking_change:
    trigger: api_modification
    approver: technical_lead
    criteria: [impact_documentation, migration_strategy]
`;
  const security = `  # Authentication, secrets, dependencies, what runs in CI.
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
  return [...(languages.length > 0 ? [breaking] : []), security, ...(hasBenchmarks ? [performance] : [])];
}

function ownCheckpoints({ migrations, infrastructure }: Survey, approver: string): string[] {
  const held = (name: string, description: string, globs: readonly string[]) => `  ${name}:
    description: ${description}
    when:
      - changed_files: [${globs.map((glob) => JSON.stringify(glob)).join(", ")}]
    approver: ${approver}
    criteria: [rollback_plan]
`;
  return [
    ...(migrations.length > 0 ? [held("data_migration", "Stored data changes with it", migrations)] : []),
    ...(infrastructure.length > 0
      ? [held("infrastructure_change", "Where and how it runs changes with it", infrastructure)]
      : []),
  ];
}

function workflows({ hasTests }: Survey): string {
  return `# How a change is approved: the first of these that fits.
approval_workflows:
  automatic:
    scope: documentation
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    scope: small, ordinary changes
    criteria: [code_changes_under_200_lines, no_breaking_changes, standard_functionality${hasTests ? ", well_tested" : ""}]
    approver: peer
    process: [automated_review_request, peer_review_24h, approval_or_changes]
  expert_review:
    scope: everything else
    approver: senior_developer
    process: [expert_review_request, detailed_review_48h, approval_or_changes]
`;
}

/** Only as a suggestion: a workflow that skips some changes would hold those for ever. */
function waitForTests({ testWorkflows: [workflow] }: Survey): string[] {
  if (workflow === undefined) return [];
  return [
    `# To let every change wait for its tests, add to \`checkpoints\`:
#   tests_passed:
#     approvals: 0
#     conditions: { workflows: { "${workflow}": [success] } }
`,
  ];
}
