/** Apps are registered, installed, given tokens and taken off again. */
import { createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import { installationBody } from "../bodies/app.ts";
import { WEBHOOKS } from "../openapi/operations.ts";
import type { Account } from "../state/accounts.ts";
import type { App, AppPermissions, Installation, InstallationToken } from "../state/apps.ts";
import { fullName, type Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { findAccount, register } from "../state/world.ts";
import { createBot, createUser } from "./accounts.ts";
import { announce } from "./announce.ts";
import { Refusal } from "./refusal.ts";

export interface AppOptions {
  appId?: number;
  name?: string;
  publicKey?: string | KeyObject;
  webhookSecret?: string;
  hookUrl?: string;
  permissions?: AppPermissions;
  /** Webhook events the App asks for; every event when left out. */
  events?: string[];
}

/** Permissions of an App that reads pull requests and reports on them. */
export const USUAL_PERMISSIONS: AppPermissions = {
  actions: "read",
  checks: "write",
  contents: "read",
  issues: "write",
  members: "read",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
  security_events: "read",
  statuses: "read",
};

const ACTIONS_APP_ID = 15_368;

/** GitHub Actions itself, which is an App like others to whoever looks at checks. */
export function actionsApp(world: World): App {
  const github = () => findAccount(world, "github") ?? createUser(world, "github");
  return (
    world.apps.get(ACTIONS_APP_ID) ?? createApp(world, github(), { appId: ACTIONS_APP_ID, name: "GitHub Actions" })
  );
}

/**
 * A job's own token: of GitHub Actions, for one repository, with what the workflow's `permissions` give it and never anything of the organisation.
 *
 * @see https://docs.github.com/actions/concepts/security/github_token
 */
export function createWorkflowToken(world: World, repository: Repository, permissions: AppPermissions): string {
  const app = actionsApp(world);
  const { owner } = repository;
  const known = app.installations.find(({ account }) => account.id === owner.id);
  const installation = known ?? installApp(world, app, owner, app.owner);
  installation.permissions = { ...installation.permissions, ...permissions };
  return createToken(world, installation, { permissions, repositoryIds: [repository.id] }).token;
}

const TOKEN_LIFE_MS = 60 * 60 * 1_000;

export function createApp(world: World, owner: Account, options: AppOptions): App {
  const name = options.name ?? "Gatekeeper";
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const app: App = register(world, "App", {
    id: 0,
    nodeId: "",
    slug,
    name,
    owner,
    bot: createBot(world, `${slug}[bot]`, null),
    publicKey: readKey(options.publicKey),
    clientId: `Iv23li${randomBytes(7).toString("hex")}`,
    webhookSecret: options.webhookSecret ?? null,
    hookUrl: options.hookUrl ?? null,
    permissions: options.permissions ?? USUAL_PERMISSIONS,
    events: options.events ?? everyEvent(),
    createdAt: world.now(),
    installations: [],
  });
  if (options.appId !== undefined) app.id = options.appId;
  app.bot.appId = app.id;
  world.apps.set(app.id, app);
  return app;
}

/** @param repositories the chosen ones; all of the account's when left out */
export function installApp(
  world: World,
  app: App,
  account: Account,
  by: Account,
  repositories?: Repository[],
): Installation {
  const installation: Installation = register(world, "Installation", {
    id: 0,
    nodeId: "",
    app,
    account,
    permissions: app.permissions,
    events: app.events,
    repositoryIds: repositories === undefined ? null : new Set(repositories.map(({ id }) => id)),
    createdAt: world.now(),
    suspendedAt: null,
  });
  app.installations.push(installation);
  world.installations.set(installation.id, installation);
  announceInstallation(world, "installation.created", installation, by);
  return installation;
}

export function uninstallApp(world: World, installation: Installation, by: Account): void {
  announceInstallation(world, "installation.deleted", installation, by);
  installation.app.installations = installation.app.installations.filter((other) => other !== installation);
  world.installations.delete(installation.id);
  for (const [token, entry] of world.installationTokens) {
    if (entry.installation === installation) world.installationTokens.delete(token);
  }
}

export function changeRepositories(
  world: World,
  installation: Installation,
  change: { added?: Repository[]; removed?: Repository[] },
  by: Account,
): void {
  const chosen = installation.repositoryIds ?? new Set(repositoriesOf(world, installation).map(({ id }) => id));
  for (const { id } of change.added ?? []) chosen.add(id);
  for (const { id } of change.removed ?? []) chosen.delete(id);
  installation.repositoryIds = chosen;
  const added = (change.added ?? []).map(shortRepository);
  const removed = (change.removed ?? []).map(shortRepository);
  for (const [action, list] of [
    ["added", added],
    ["removed", removed],
  ] as const) {
    if (list.length === 0) continue;
    announce(
      world,
      `installation_repositories.${action}`,
      { sender: by, onlyFor: installation.app },
      {
        installation: installationBody(world, installation),
        repository_selection: "selected",
        repositories_added: added,
        repositories_removed: removed,
        requester: null,
      },
    );
  }
}

export interface TokenRequest {
  permissions?: AppPermissions;
  repositories?: string[];
  repositoryIds?: number[];
}

/** @throws {Refusal} 422 when more is asked for than the installation has */
export function createToken(world: World, installation: Installation, request: TokenRequest): InstallationToken {
  const permissions = request.permissions ?? installation.permissions;
  for (const [name, access] of Object.entries(permissions)) {
    const granted = installation.permissions[name];
    if (granted === undefined || (access === "write" && granted === "read")) {
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
    }
  }
  const token: InstallationToken = {
    token: `ghs_${randomBytes(18).toString("hex")}`,
    installation,
    permissions: { metadata: "read", ...permissions },
    repositoryIds: chosenIds(world, installation, request),
    expiresAt: new Date(world.now().getTime() + TOKEN_LIFE_MS),
  };
  world.installationTokens.set(token.token, token);
  return token;
}

export function repositoriesOf(world: World, installation: Installation): Repository[] {
  return [...world.repositories.values()].filter(
    ({ id, owner }) => owner.id === installation.account.id && (installation.repositoryIds?.has(id) ?? true),
  );
}

function chosenIds(world: World, installation: Installation, request: TokenRequest): Set<number> | null {
  if (request.repositories === undefined && request.repositoryIds === undefined) return installation.repositoryIds;
  const open = repositoriesOf(world, installation);
  const ids = new Set<number>();
  for (const wanted of [...(request.repositories ?? []), ...(request.repositoryIds ?? [])]) {
    const found = open.find(({ id, name }) => id === wanted || name === wanted);
    if (found === undefined) {
      throw new Refusal(
        422,
        "There is at least one repository that does not exist or is not accessible to the parent installation.",
      );
    }
    ids.add(found.id);
  }
  return ids;
}

function announceInstallation(world: World, name: string, installation: Installation, by: Account): void {
  announce(
    world,
    name,
    { sender: by, onlyFor: installation.app },
    {
      installation: installationBody(world, installation),
      repositories: repositoriesOf(world, installation).map(shortRepository),
      requester: null,
    },
  );
}

function shortRepository(repository: Repository) {
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
  };
}

function everyEvent(): string[] {
  return [...new Set(WEBHOOKS.map((name) => name.replace(/\..*$/, "")))];
}

function readKey(key: string | KeyObject | undefined): KeyObject | null {
  if (key === undefined) return null;
  return typeof key === "string" ? createPublicKey(key) : key;
}
