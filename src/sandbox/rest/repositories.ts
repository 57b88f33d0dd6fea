/** Repositories, their collaborators, properties, rules and branches. */
import { notFound } from "../actions/refusal.ts";
import { accountBody, legacyPermission, permissionFlags, teamBody } from "../bodies/account.ts";
import { commitBody } from "../bodies/commit.ts";
import { fullRepositoryBody, repositoryPage, repositoryUrl } from "../bodies/repository.ts";
import type { Account, Permission } from "../state/accounts.ts";
import { isCollaborator, isOrganisation, permissionOf, teamPermission } from "../state/accounts.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { paginate } from "./paging.ts";
import { accountIn, noContent, ok, param, type RestRequest, repositoryIn, route } from "./request.ts";

export const repositoryRoutes = [
  route("GET /repos/{owner}/{repo}", "metadata:read", (request) =>
    ok(fullRepositoryBody(request.world, repositoryIn(request))),
  ),
  route("GET /repos/{owner}/{repo}/teams", "administration:read,metadata:read", (request) => {
    const repository = repositoryIn(request);
    const teams = isOrganisation(repository.owner) ? repository.owner.teams : [];
    const open = teams.filter((team) => teamPermission(team, repository) !== null);
    return paginate(request, open, (team) => ({
      ...teamBody(request.world, team),
      permission: restPermission(teamPermission(team, repository)),
    }));
  }),
  route("GET /repos/{owner}/{repo}/collaborators", "metadata:read", (request) => {
    const repository = repositoryIn(request);
    const people = [...request.world.accounts.values()].filter(
      (account) => account.kind === "User" && !account.isDeleted && isCollaborator(account, repository),
    );
    return paginate(request, people, (account) => ({
      ...accountBody(request.world, account),
      permissions: permissionFlags(permissionOf(account, repository)),
      role_name: permissionOf(account, repository) ?? "none",
    }));
  }),
  route("GET /repos/{owner}/{repo}/collaborators/{username}", "metadata:read", (request) => {
    if (!isCollaborator(accountIn(request), repositoryIn(request))) throw notFound();
    return noContent();
  }),
  route("GET /repos/{owner}/{repo}/collaborators/{username}/permission", "metadata:read", (request) => {
    const repository = repositoryIn(request);
    return ok(permissionBody(request.world, repository, accountIn(request)));
  }),
  route("GET /repos/{owner}/{repo}/properties/values", "metadata:read", (request) => {
    const properties = [...repositoryIn(request).properties];
    return ok(properties.map(([property_name, value]) => ({ property_name, value })));
  }),
  route("GET /repos/{owner}/{repo}/rules/branches/{branch}", "metadata:read", listRules),
  route("GET /repos/{owner}/{repo}/branches", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const names = [...repository.refs.keys()].filter((ref) => ref.startsWith("refs/heads/"));
    return paginate(request, names.map((ref) => ref.slice("refs/heads/".length)).sort(), (name) => ({
      name,
      commit: {
        sha: branchSha(repository, name),
        url: `${repositoryUrl(request.world, repository)}/commits/${branchSha(repository, name)}`,
      },
      protected: repository.protections.has(name),
    }));
  }),
  route("GET /repos/{owner}/{repo}/branches/{branch}", "contents:read", showBranch),
];

/** Everybody has some permission on a public repository; on a private one strangers have `none`. */
function permissionBody(world: World, repository: Repository, account: Account) {
  const permission = permissionOf(account, repository);
  return {
    permission: legacyPermission(permission),
    role_name: permission ?? "none",
    user: {
      ...accountBody(world, account),
      permissions: permissionFlags(permission),
      role_name: permission ?? "none",
    },
  };
}

function restPermission(permission: Permission | null): string {
  if (permission === "write") return "push";
  return permission === "read" || permission === null ? "pull" : permission;
}

function listRules(request: RestRequest) {
  const repository = repositoryIn(request);
  const rule = repository.protections.get(param(request, "branch"));
  const source = { ruleset_source_type: "Repository", ruleset_source: repository.name, ruleset_id: repository.id };
  if (rule === undefined) return ok([]);
  const checks = {
    type: "required_status_checks",
    parameters: {
      required_status_checks: rule.requiredChecks.map(({ context, appId }) => ({
        context,
        ...(appId === null ? {} : { integration_id: appId }),
      })),
      strict_required_status_checks_policy: rule.isStrict,
    },
  };
  const reviews = {
    type: "pull_request",
    parameters: {
      dismiss_stale_reviews_on_push: rule.dismissStaleReviews,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_approving_review_count: rule.requiredApprovals,
      required_review_thread_resolution: false,
    },
  };
  const rules = [...(rule.requiredChecks.length === 0 ? [] : [checks]), reviews];
  return paginate(request, rules, (entry) => ({ ...entry, ...source }));
}

function showBranch(request: RestRequest) {
  const { world } = request;
  const repository = repositoryIn(request);
  const name = param(request, "branch");
  const sha = branchSha(repository, name);
  if (sha === undefined) throw notFound();
  const url = `${repositoryUrl(world, repository)}/branches/${name}`;
  const rule = repository.protections.get(name);
  return ok({
    name,
    commit: commitBody(world, repository, world.objects.commit(sha)),
    _links: { self: url, html: `${repositoryPage(world, repository)}/tree/${name}` },
    protected: rule !== undefined,
    protection: {
      enabled: rule !== undefined,
      required_status_checks: {
        enforcement_level: rule === undefined ? "off" : "non_admins",
        contexts: rule?.requiredChecks.map(({ context }) => context) ?? [],
        checks: rule?.requiredChecks.map(({ context, appId }) => ({ context, app_id: appId })) ?? [],
      },
    },
    protection_url: `${url}/protection`,
  });
}
