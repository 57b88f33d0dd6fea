/** Which team could hold which role, by its name. */

export const teamRoles = [
  "technical_lead",
  "senior_developer",
  "security_team",
  "infrastructure_team",
  "on_call",
] as const;
export type TeamRole = (typeof teamRoles)[number];

/** The first pattern that some team fits decides; earlier ones say it more plainly. */
const names: Readonly<Record<TeamRole, readonly RegExp[]>> = {
  security_team: [/(^|-)(security|appsec|secops|prodsec)(-|$)/],
  infrastructure_team: [/(^|-)(infra|infrastructure|platform|sre|devops)(-|$)/],
  on_call: [/(^|-)on-?call(-|$)/],
  technical_lead: [
    /(^|-)(tech-?leads?|leads?|architects?|architecture)(-|$)/,
    /(^|-)(owners|admins?|maintainers|core)(-|$)/,
  ],
  senior_developer: [/(^|-)(seniors?|staff|principals?)(-|$)/, /(^|-)(maintainers|core|reviewers|committers)(-|$)/],
};

/** @param teams as `org/slug` */
export function teamsByRole(teams: readonly string[]): Partial<Record<TeamRole, string>> {
  const mapped: Partial<Record<TeamRole, string>> = {};
  for (const role of teamRoles) {
    for (const pattern of names[role]) {
      mapped[role] ??= teams.find((team) => pattern.test(team.slice(team.indexOf("/") + 1).toLowerCase()));
    }
  }
  return mapped;
}

/** Teams that CODEOWNERS names, as `org/slug`, without doubles, in their order. */
export function teamsOfCodeowners(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, ""));
  const names = lines.flatMap((line) =>
    [...line.matchAll(/(?<=\s)@([\w-]+\/[\w.-]+)(?=\s|$)/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(names)];
}
