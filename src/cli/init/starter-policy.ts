/** The text of a first policy: small, commented, and fitted to what the repository holds. */

import { classificationBlock, ownCheckpoints, standardCheckpoints, workflowsBlock } from "./starter-blocks.ts";
import type { Survey } from "./survey-repository.ts";
import { type TeamRole, teamsByRole } from "./teams.ts";

/** Whom a preset asks for what the repository adds, and the roles that it leaves to be mapped. */
const presetRoles: Readonly<Record<string, { approver: string; unmapped: readonly TeamRole[] }>> = {
  startup: { approver: "peer", unmapped: [] },
  "open-source": { approver: "maintainer", unmapped: [] },
  regulated: {
    approver: "senior_developer",
    unmapped: ["technical_lead", "senior_developer", "security_team", "on_call"],
  },
};

export interface Wishes {
  /** One of Holdpoint's own, to build on; `null`: everything is written out. */
  preset: string | null;
  mode: "enforce" | "observe";
}

export function starterPolicy(survey: Survey, { preset, mode }: Wishes): string {
  const { approver, unmapped } = (preset === null ? undefined : presetRoles[preset]) ?? {
    approver: "senior_developer",
    unmapped: ["technical_lead", "senior_developer", "security_team"] as const,
  };
  const teams = teamsByRole(survey.teams);
  const infrastructureTeam = survey.infrastructure.length > 0 ? teams.infrastructure_team : undefined;
  const wanted = infrastructureTeam === undefined ? unmapped : [...unmapped, "infrastructure_team" as const];
  const checkpoints = [
    ...(preset === null ? standardCheckpoints(survey) : []),
    ...ownCheckpoints(survey, {
      approver,
      infrastructure: infrastructureTeam === undefined ? approver : "infrastructure_team",
    }),
  ];
  return [
    head(survey, { preset, mode }),
    ...(preset === null
      ? []
      : [`# What the preset says holds, except where this file says otherwise.\nextends: [preset:${preset}]\n`]),
    roles(survey, wanted, teams),
    classificationBlock(survey),
    checkpoints.length > 0
      ? `# Points where a change waits for people or for evidence.\ncheckpoints:\n${checkpoints.join("\n")}`
      : '# Points of your own where a change waits:\n# checkpoints:\n#   billing_change:\n#     when: [{ changed_files: ["billing/**"] }]\n#     approver: peer\n',
    ...(preset === null ? [workflowsBlock(survey)] : []),
    ...waitForTests(survey),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const kindWords: Readonly<Record<Survey["kind"], string>> = {
  library: "a library",
  application: "an application",
  monorepo: "a repository of several packages",
  infrastructure: "a repository of infrastructure",
  api_description: "a description of an API",
  other: "a repository",
};

function head({ kind, languages, hasCodeowners }: Survey, { preset, mode }: Wishes): string {
  const held = languages.length > 0 ? ` in ${languages.slice(0, 3).join(", ")}` : "";
  const owned = hasCodeowners ? " with code owners" : "";
  const based = preset === null ? "" : `, on the preset ${preset}`;
  return `# yaml-language-server: $schema=./checkpoints.schema.json
#
# What a pull request waits for, and who releases it. \`holdpoint init\` wrote this for ${kindWords[kind]}${held}${owned}${based}.
# It is in force once it stands on the branch that pull requests go into. After every change: holdpoint validate
version: 1

# ${mode === "enforce" ? "With `observe` instead, the check only says what it would hold." : "With `enforce` instead, the check holds what it now only tells."}
mode: ${mode}
`;
}

function roles(
  { hasCodeowners, owner, teams: known }: Survey,
  wanted: readonly TeamRole[],
  teams: Partial<Record<TeamRole, string>>,
): string {
  if (wanted.length === 0) return "";
  const permissions: Record<TeamRole, string> = {
    technical_lead: "{ permission: admin }",
    senior_developer: hasCodeowners ? "{ permission: maintain, codeowners: true }" : "{ permission: maintain }",
    security_team: "{ permission: maintain }",
    infrastructure_team: "{ permission: maintain }",
    on_call: "{ permission: maintain }",
  };
  const lines = wanted.map((role) => {
    const team = teams[role];
    return team === undefined ? `  ${role}: ${permissions[role]}` : `  ${role}: { teams: [${team}] } # by its name`;
  });
  const areAllMapped = wanted.every((role) => teams[role] !== undefined);
  const example = `{ teams: [${known[0] ?? `${owner ?? "acme"}/security`}] }, { users: [lena] }`;
  const hint = areAllMapped
    ? "teams and people of your own"
    : `whoever has the permission. Better are teams and people: ${example}`;
  return `# Who may release what: ${hint}\nroles:\n${lines.join("\n")}\n`;
}

/** Where it may skip some changes only as a suggestion: it would hold those for ever. */
function waitForTests({ requiredWorkflow, testWorkflows: [workflow] }: Survey): string[] {
  if (requiredWorkflow !== null || workflow === undefined) return [];
  return [
    `# ${workflow} may not run for every change. Where it does, let every change wait for it, in \`checkpoints\`:
#   tests_passed:
#     approvals: 0
#     conditions: { workflows: { "${workflow}": [success] } }
`,
  ];
}
