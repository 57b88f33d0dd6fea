/** Who issues tokens to workflows: its keys, and tokens signed with them, right ones and wrong ones. */
import { createHmac, createPublicKey, createSign, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { claimsOf } from "./claims.ts";

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export interface TokenOptions {
  /** Claims that differ from those GitHub would give; `undefined` leaves one out. */
  claims?: Record<string, unknown>;
  /** How it is signed: by a stranger under the issuer's key id, not at all, or with the published key as a password. */
  forged?: "other_key" | "unknown_key" | "none" | "hs256";
}

export class OidcIssuer {
  readonly #world: World;
  /** Runs whose jobs may ask for tokens, by what the runner gave them. */
  readonly #askers = new Map<string, WorkflowRun>();
  /** Published ones, the newest last; made when somebody first asks, as that takes a while. */
  #keys: SigningKey[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** As on GitHub Enterprise Server. @see https://docs.github.com/enterprise-server@latest/actions/reference/security/oidc */
  get url(): string {
    return `${this.#world.serverUrl}/_services/token`;
  }

  /** What the runner tells a job that has `id-token: write`. */
  requestFor(run: WorkflowRun): { url: string; token: string } {
    const token = `runner-${randomUUID()}`;
    this.#askers.set(token, run);
    return { url: `${this.url}/_request?api-version=2.0`, token };
  }

  /** @returns `null` for a token that was not given to any job */
  issue(requestToken: string, audience: string | null): string | null {
    const run = this.#askers.get(requestToken);
    return run === undefined ? null : this.mint(run, audience);
  }

  /** @param audience `null` for GitHub's default, the owner's address */
  mint(run: WorkflowRun, audience: string | null, { claims = {}, forged }: TokenOptions = {}): string {
    const content = { ...claimsOf(this.#world, run, { issuer: this.url, audience }), ...claims };
    const { kid, privateKey, publicKey } = this.#current();
    switch (forged) {
      case undefined:
        return signed({ alg: "RS256", kid }, content, privateKey);
      case "other_key":
        return signed({ alg: "RS256", kid }, content, newKey().privateKey);
      case "unknown_key": {
        const other = newKey();
        return signed({ alg: "RS256", kid: other.kid }, content, other.privateKey);
      }
      case "none":
        return `${encode({ typ: "JWT", alg: "none", kid })}.${encode(content)}.`;
      case "hs256": {
        const body = `${encode({ typ: "JWT", alg: "HS256", kid })}.${encode(content)}`;
        const password = publicKey.export({ type: "spki", format: "pem" });
        return `${body}.${createHmac("sha256", password).update(body).digest("base64url")}`;
      }
    }
  }

  /** A new key signs from now on; the one before stays published unless it is taken back. */
  rotate({ isOldTakenBack = false } = {}): void {
    this.#current();
    this.#keys = [...(isOldTakenBack ? [] : this.#keys), newKey()];
  }

  /** @see https://token.actions.githubusercontent.com/.well-known/openid-configuration */
  discovery(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/.well-known/jwks`,
      subject_types_supported: ["public", "pairwise"],
      response_types_supported: ["id_token"],
      claims_supported: ["sub", "aud", "exp", "iat", "iss", "jti", "nbf", "ref", "sha", "repository", "run_id"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid"],
    };
  }

  keySet(): object {
    this.#current();
    const keys = this.#keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: "jwk" }),
      ...{ use: "sig", alg: "RS256", kid },
    }));
    return { keys };
  }

  #current(): SigningKey {
    const current = this.#keys.at(-1) ?? newKey();
    if (this.#keys.length === 0) this.#keys.push(current);
    return current;
  }
}

function newKey(): SigningKey {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid: randomUUID(), privateKey, publicKey: createPublicKey(privateKey) };
}

function signed(header: object, claims: object, key: KeyObject): string {
  const body = `${encode({ typ: "JWT", ...header })}.${encode(claims)}`;
  return `${body}.${createSign("RSA-SHA256").update(body).sign(key).toString("base64url")}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
