/** Apps, installations, tokens and deliveries as REST and webhooks show them. */
import type { App, Delivery, Installation, InstallationToken } from "../state/apps.ts";
import type { World } from "../state/world.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { accountBody } from "./account.ts";
import { repositoryBody } from "./repository.ts";

export function appBody(world: World, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: app.nodeId,
    owner: accountBody(world, app.owner),
    name: app.name,
    description: null,
    external_url: `${world.serverUrl}/apps/${app.slug}`,
    html_url: `${world.serverUrl}/apps/${app.slug}`,
    created_at: iso(app.createdAt),
    updated_at: iso(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationBody(world: World, installation: Installation) {
  return {
    id: installation.id,
    client_id: installation.app.clientId,
    account: accountBody(world, installation.account),
    repository_selection: installation.repositoryIds === null ? "all" : "selected",
    access_tokens_url: `${world.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${world.serverUrl}/organizations/${installation.account.login}/settings/installations/${installation.id}`,
    app_id: installation.app.id,
    app_slug: installation.app.slug,
    target_id: installation.account.id,
    target_type: installation.account.kind,
    permissions: installation.permissions,
    events: installation.events,
    created_at: iso(installation.createdAt),
    updated_at: iso(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: isoOrNull(installation.suspendedAt),
  };
}

export function tokenBody(world: World, token: InstallationToken) {
  const chosen = token.repositoryIds;
  return {
    token: token.token,
    expires_at: iso(token.expiresAt),
    permissions: token.permissions,
    repository_selection: chosen === null ? "all" : "selected",
    ...(chosen === null
      ? {}
      : {
          repositories: [...world.repositories.values()]
            .filter((repository) => chosen.has(repository.id))
            .map((repository) => repositoryBody(world, repository)),
        }),
  };
}

export function deliveryItemBody(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt.toISOString(),
    redelivery: delivery.isRedelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

export function deliveryBody(delivery: Delivery) {
  return {
    ...deliveryItemBody(delivery),
    url: delivery.app.hookUrl ?? "",
    request: { headers: delivery.headers, payload: JSON.parse(delivery.body) as unknown },
    response: { headers: delivery.response.headers, payload: delivery.response.payload },
  };
}
