/** Proves who we are: a short JSON Web Token as the App, an hour's token per installation, kept until shortly before it ends. */

import { createAppAuth } from "@octokit/auth-app";
import { GithubError } from "./errors.ts";
import type { AppKey } from "./settings.ts";

/** Long enough for any one evaluation to end with the token it began with. */
const renewBeforeMs = 5 * 60_000;

export interface FreshToken {
  token: string;
  expiresAt: Date;
}

/** Who signs requests. */
export interface Signer {
  /** @returns the `authorization` header of the App itself */
  asApp(): Promise<string>;
  /** @returns the `authorization` header of an installation */
  asInstallation(installationId: number): Promise<string>;
  /** Forgets a header that GitHub refused. @returns whether asking again may bring another one */
  forget(installationId: number, authorization: string): Promise<boolean>;
}

/** One token for everything, made by somebody else: there is no other where GitHub refuses it. */
export function signWith(token: string): Signer {
  return {
    asApp: async () => `token ${token}`,
    asInstallation: async () => `token ${token}`,
    forget: async () => false,
  };
}

export class Tokens implements Signer {
  readonly #app: ReturnType<typeof createAppAuth>;
  readonly #now: () => Date;
  readonly #create: (installationId: number) => Promise<FreshToken>;
  readonly #kept = new Map<number, Promise<FreshToken>>();

  /** @param create asks GitHub for a token of one installation */
  constructor(settings: AppKey, now: () => Date, create: (installationId: number) => Promise<FreshToken>) {
    this.#app = createAppAuth({ appId: settings.appId, privateKey: settings.privateKey });
    this.#now = now;
    this.#create = create;
  }

  async asApp(): Promise<string> {
    try {
      return `bearer ${(await this.#app({ type: "app" })).token}`;
    } catch (cause) {
      throw new GithubError({ kind: "invalid", route: "App token", message: "the private key cannot sign", cause });
    }
  }

  /** Requests at the same time share one token. */
  async asInstallation(installationId: number): Promise<string> {
    const kept = this.#kept.get(installationId);
    if (kept) {
      const { token, expiresAt } = await kept;
      if (expiresAt.getTime() - this.#now().getTime() > renewBeforeMs) return `token ${token}`;
      if (this.#kept.get(installationId) === kept) this.#kept.delete(installationId);
      return this.asInstallation(installationId);
    }
    const fresh = this.#create(installationId);
    this.#kept.set(installationId, fresh);
    try {
      return `token ${(await fresh).token}`;
    } catch (error) {
      if (this.#kept.get(installationId) === fresh) this.#kept.delete(installationId);
      throw error;
    }
  }

  /** A newer one, fetched meanwhile by somebody else, stays. */
  async forget(installationId: number, authorization: string): Promise<boolean> {
    const kept = this.#kept.get(installationId);
    if (!kept) return true;
    const token = await kept.then(
      (fresh) => `token ${fresh.token}`,
      () => authorization,
    );
    if (token === authorization && this.#kept.get(installationId) === kept) this.#kept.delete(installationId);
    return true;
  }
}
