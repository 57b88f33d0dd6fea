/** One repository: its policy, the teams of its roles, and whether its default branch requires our check from us. */

import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import { checkNameOf } from "../../core/report/check-identity.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../../github/client.ts";
import type { Github } from "../../github/github.ts";
import { DirectoryReader } from "../../github/read/directory.ts";
import { readPolicyOfBranch } from "../../handlers/read-policy-of-branch.ts";
import { type LookedAt, orUnread, toMend, well } from "./looked-at.ts";

type RawRules = RestEndpointMethodTypes["repos"]["getBranchRules"]["response"]["data"];
type RawBranch = RestEndpointMethodTypes["repos"]["getBranch"]["response"]["data"];

export interface Asking {
  client: GithubClient;
  github: Github;
}

/** @param isNamed somebody asked for this one: that it has no policy is then worth saying */
export async function lookAtRepository(
  repository: RepositoryRef,
  { client, github }: Asking,
  isNamed: boolean,
): Promise<LookedAt[]> {
  const { owner, name, installationId } = repository;
  const area = `${owner}/${name}`;
  return orUnread(area, "policy", async () => {
    const read = await github.readRepository({ installationId, owner, name });
    if (read === "gone") {
      const mend = "install the App on it, or give the token access";
      return isNamed ? [toMend(area, "repository", "cannot be seen", mend)] : [];
    }
    const branch = read.defaultBranch;
    const policy = await readPolicyOfBranch(repository, branch, { github });
    if (policy.kind === "absent") {
      const mend = "`holdpoint init` writes a first one";
      return isNamed ? [toMend(area, "policy", `none on ${branch}, so it gets no check`, mend)] : [];
    }
    if (policy.kind === "broken") {
      const first = policy.problems.find(({ severity }) => severity === "error");
      const found = `broken: ${first?.where.file}:${first?.where.line ?? 1} ${first?.found}`;
      return [toMend(area, "policy", found, "`holdpoint validate` names every mistake")];
    }
    const [teams, rules] = await Promise.all([
      orUnread(area, "roles", () => lookAtTeams(area, repository, policy.document, client)),
      orUnread(area, "branch rules", () => lookAtRules(area, repository, branch, client)),
    ]);
    return [well(area, "policy", `${policy.document.source.path} on ${branch} loads`), ...teams, ...rules];
  });
}

async function lookAtTeams(
  area: string,
  { installationId, repositoryId, owner, name }: RepositoryRef,
  { policy }: PolicyDocument,
  client: GithubClient,
): Promise<LookedAt[]> {
  const teams = [
    ...new Set(Object.values(policy.roles).flatMap((role) => (role.teams ?? []).map((team) => team.toLowerCase()))),
  ];
  if (teams.length === 0) return [well(area, "roles", "map no teams")];
  const subject = { kind: "pull_request" as const, installationId, repositoryId, owner, name, number: 0 };
  const wanted = { teams, organizations: [], permissionsOf: [], codeownersOf: null };
  const directory = await new DirectoryReader(client).read(subject, wanted);
  const found = teams.flatMap((team): LookedAt[] => {
    const read = directory.teams[team];
    const mend = "mend its name under `roles:`, or grant members: read";
    if (read?.kind === "unreadable")
      return [toMend(area, "roles", `the team ${team} cannot be read: ${read.reason}`, mend)];
    if (read?.kind !== "read") return [toMend(area, "roles", `the team ${team} cannot be found`, mend)];
    return read.value.length > 0 ? [] : [toMend(area, "roles", `the team ${team} is empty`, "add somebody to it")];
  });
  return found.length > 0 ? found : [well(area, "roles", "every team of theirs has members")];
}

/** Rulesets of the repository and its owner, and classic protection: whichever requires it is enough. */
async function lookAtRules(
  area: string,
  { installationId, owner, name: repo }: RepositoryRef,
  branch: string,
  client: GithubClient,
): Promise<LookedAt[]> {
  const where = { owner, repo, branch };
  const [rules, shown] = await Promise.all([
    client.rest<RawRules>(
      "GET /repos/{owner}/{repo}/rules/branches/{branch}",
      { ...where, per_page: 100 },
      { installationId },
    ),
    client.rest<RawBranch>("GET /repos/{owner}/{repo}/branches/{branch}", where, { installationId }),
  ]);
  const required = [
    ...rules.data.flatMap((rule) =>
      rule.type === "required_status_checks"
        ? (rule.parameters?.required_status_checks ?? []).map((one) => ({
            context: one.context,
            app: one.integration_id ?? null,
          }))
        : [],
    ),
    ...classicChecks(shown.data),
  ];
  const check = checkNameOf(branch);
  const ours = required.filter(({ context }) => context === check);
  const at = `Settings → Rules → Rulesets, for ${branch}`;
  if (ours.length === 0)
    return [
      toMend(
        area,
        "branch rules",
        `${branch} does not require \`${check}\`: it can be merged past the gate`,
        `require it in ${at}`,
      ),
    ];
  const pinned = ours.filter(({ app }) => app !== null && app > 0);
  if (pinned.some(({ app }) => client.appId === null || app === client.appId))
    return [well(area, "branch rules", `${branch} requires \`${check}\` from the App`)];
  const source = `choose Holdpoint as its expected source in ${at}`;
  const found =
    pinned.length > 0
      ? `${branch} requires \`${check}\` from another App, so that ours never counts`
      : `${branch} requires \`${check}\` from any source: every workflow can publish one of that name`;
  return [toMend(area, "branch rules", found, source)];
}

function classicChecks({ protection }: RawBranch): { context: string; app: number | null }[] {
  // GitHub's description leaves out what it answers here since checks may be pinned.
  const classic = protection?.required_status_checks as
    | { contexts?: string[]; checks?: { context: string; app_id: number | null }[] }
    | undefined;
  const pinned = (classic?.checks ?? []).map(({ context, app_id: app }) => ({ context, app }));
  return [...pinned, ...(classic?.contexts ?? []).map((context) => ({ context, app: null }))];
}
