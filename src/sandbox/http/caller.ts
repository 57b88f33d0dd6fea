/** Who sent a request, by the token it bears, and whether that opens what it asks for. */
import { verify } from "node:crypto";
import { Refusal } from "../actions/refusal.ts";
import type { Account } from "../state/accounts.ts";
import { isAtLeast, type Permission, permissionOf } from "../state/accounts.ts";
import type { App, InstallationToken } from "../state/apps.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";

export type Caller =
  | { kind: "app"; app: App }
  | { kind: "installation"; app: App; token: InstallationToken }
  | { kind: "user"; account: Account }
  | { kind: "nobody" };

/** @throws {Refusal} 401 for a token that is unknown, malformed or out of date */
export function identify(world: World, authorization: string | null): Caller {
  if (authorization === null) return { kind: "nobody" };
  const token = authorization.replace(/^(bearer|token)\s+/i, "");
  const user = world.userTokens.get(token);
  if (user !== undefined) return { kind: "user", account: user };
  const installationToken = world.installationTokens.get(token);
  if (installationToken !== undefined) {
    if (installationToken.expiresAt <= world.now()) throw new Refusal(401, "Bad credentials");
    if (installationToken.installation.suspendedAt !== null) {
      throw new Refusal(403, "This installation has been suspended");
    }
    return { kind: "installation", app: installationToken.installation.app, token: installationToken };
  }
  return { kind: "app", app: readJwt(world, token) };
}

/** The account in whose name the caller acts. */
export function actorOf(caller: Caller): Account {
  if (caller.kind === "user") return caller.account;
  if (caller.kind === "installation") return caller.app.bot;
  throw new Refusal(401, "Requires authentication");
}

export function appOf(caller: Caller): App | null {
  return caller.kind === "installation" ? caller.app : null;
}

/** Private repositories do not exist for who may not read them. */
export function canSee(caller: Caller, repository: Repository): boolean {
  switch (caller.kind) {
    case "user":
      return permissionOf(caller.account, repository) !== null;
    case "installation": {
      const { installation, repositoryIds } = caller.token;
      const isOwn = installation.account.id === repository.owner.id && (repositoryIds?.has(repository.id) ?? true);
      return isOwn || !repository.isPrivate;
    }
    default:
      return !repository.isPrivate;
  }
}

/**
 * Refuses what the caller's permissions do not cover.
 *
 * @param needs alternatives such as `["issues:write", "pull_requests:write"]`; any one of them is enough
 * @param userNeeds what a person must have in the repository
 * @throws {Refusal} 401, 403
 */
export function authorise(
  caller: Caller,
  needs: readonly string[],
  repository: Repository | null,
  userNeeds: Permission,
): void {
  if (needs.length === 0) return;
  const isRead = needs.every((need) => need.endsWith(":read"));
  if (caller.kind === "installation") {
    const { installation, permissions } = caller.token;
    const isOwn = repository === null || installation.account.id === repository.owner.id;
    const isGranted = needs.some((need) => isCovered(permissions, need));
    if (isOwn ? !isGranted : !isRead) throw new Refusal(403, "Resource not accessible by integration");
    return;
  }
  if (caller.kind === "user") {
    if (needs.every((need) => need === "checks:write"))
      throw new Refusal(403, "You must authenticate via a GitHub App.");
    if (repository !== null && !isRead && !isAtLeast(permissionOf(caller.account, repository), userNeeds)) {
      throw new Refusal(403, "Must have push access to repository.");
    }
    return;
  }
  if (!isRead) throw new Refusal(401, "Requires authentication");
}

function isCovered(permissions: Record<string, string>, need: string): boolean {
  const [name = "", access] = need.split(":");
  if (name === "metadata") return true;
  return permissions[name] === "write" || permissions[name] === access;
}

const JWT_LIFE_MAX_S = 600;
/** Clocks may differ by so much. */
const JWT_DRIFT_S = 60;

/** @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function readJwt(world: World, token: string): App {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const content = decode(claims);
  const algorithm = decode(header)?.alg;
  if (content === null) throw new Refusal(401, "Bad credentials");
  const app = findIssuer(world, content.iss);
  if (app?.publicKey === undefined || app.publicKey === null || algorithm !== "RS256") {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
  const isSigned = verify(
    "RSA-SHA256",
    Buffer.from(`${header}.${claims}`),
    app.publicKey,
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned) throw new Refusal(401, "A JSON web token could not be decoded");
  // By the machine's clock, as the App signs by its own: a story may move the world's by days.
  const now = Math.floor(Date.now() / 1_000);
  const { exp, iat } = content;
  if (typeof exp !== "number" || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + JWT_LIFE_MAX_S + JWT_DRIFT_S)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > now + JWT_DRIFT_S) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return app;
}

function findIssuer(world: World, issuer: unknown): App | undefined {
  for (const app of world.apps.values()) {
    if (String(app.id) === String(issuer) || app.clientId === issuer) return app;
  }
  return undefined;
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // not a web token at all: the caller answers 401
  }
}
