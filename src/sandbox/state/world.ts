/** Everything the simulated GitHub knows, and the one place where ids and times are given out. */
import { ObjectStore } from "../git/objects.ts";
import type { Account, Organisation } from "./accounts.ts";
import { isOrganisation } from "./accounts.ts";
import type { App, Delivery, Installation, InstallationToken } from "./apps.ts";
import { nodeId } from "./node-id.ts";
import type { Repository } from "./repository.ts";
import { fullName } from "./repository.ts";

/** Something happened that GitHub tells Apps about. */
export interface Occurrence {
  event: string;
  action: string | null;
  repository: Repository | null;
  organisation: Organisation | null;
  sender: Account;
  payload: Record<string, unknown>;
  /** Sent to this App alone, as `check_run.rerequested` is. */
  onlyFor: App | null;
}

export interface NodeEntry {
  type: string;
  value: unknown;
}

export interface World {
  /** Base of API addresses, without a slash at the end; known once the server listens. */
  apiUrl: string;
  /** Base of addresses for people. */
  serverUrl: string;
  now: () => Date;
  objects: ObjectStore;
  accounts: Map<number, Account>;
  repositories: Map<number, Repository>;
  apps: Map<number, App>;
  installations: Map<number, Installation>;
  installationTokens: Map<string, InstallationToken>;
  /** Personal tokens → account. */
  userTokens: Map<string, Account>;
  deliveries: Delivery[];
  nodes: Map<string, NodeEntry>;
  lastId: number;
  /** Pull requests (by id) whose head the API shows as it was before. */
  staleHeads: Map<number, { headSha: string; readsLeft: number }>;
  /** Pull requests whose stale head was shown while answering the present request. */
  staleShown: Set<number>;
  announce: (occurrence: Occurrence) => void;
}

export function createWorld(now: () => Date): World {
  return {
    apiUrl: "http://localhost",
    serverUrl: "http://localhost",
    now,
    objects: new ObjectStore(),
    accounts: new Map(),
    repositories: new Map(),
    apps: new Map(),
    installations: new Map(),
    installationTokens: new Map(),
    userTokens: new Map(),
    deliveries: [],
    nodes: new Map(),
    lastId: 1_000,
    staleHeads: new Map(),
    staleShown: new Set(),
    announce: () => {},
  };
}

/** Gives a new thing its two ids and makes it findable by `node(id:)`. */
export function register<Value extends object>(
  world: World,
  type: string,
  value: Value,
): Value & { id: number; nodeId: string } {
  world.lastId += 1;
  const known = Object.assign(value, { id: world.lastId, nodeId: nodeId(type, world.lastId) });
  world.nodes.set(known.nodeId, { type, value: known });
  return known;
}

/** Logins and names compare without regard to case, as on GitHub. */
export function findAccount(world: World, login: string): Account | undefined {
  const wanted = login.toLowerCase();
  for (const account of world.accounts.values()) {
    if (account.login.toLowerCase() === wanted && !account.isDeleted) return account;
  }
  return undefined;
}

export function findOrganisation(world: World, login: string): Organisation | undefined {
  const account = findAccount(world, login);
  return account !== undefined && isOrganisation(account) ? account : undefined;
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  for (const repository of world.repositories.values()) {
    if (fullName(repository).toLowerCase() === wanted) return repository;
  }
  return undefined;
}

/** Whose commits bear an address: the account's own, or the one GitHub gives out, `id+login@users.noreply.github.com`. */
export function findAccountByEmail(world: World, email: string): Account | undefined {
  const [, id] = /^(\d+)\+[^@]+@users\.noreply\.github\.com$/.exec(email) ?? [];
  if (id !== undefined) return world.accounts.get(Number(id));
  for (const account of world.accounts.values()) {
    if (account.kind !== "Organization" && account.email === email && !account.isDeleted) return account;
  }
  return undefined;
}

export function installationFor(app: App, repository: Repository): Installation | undefined {
  return app.installations.find(
    (installation) =>
      installation.account.id === repository.owner.id &&
      (installation.repositoryIds === null || installation.repositoryIds.has(repository.id)),
  );
}

export function organisationOf(repository: Repository): Organisation | null {
  return isOrganisation(repository.owner) ? repository.owner : null;
}

/** GitHub's times carry whole seconds. */
export function iso(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : iso(date);
}
