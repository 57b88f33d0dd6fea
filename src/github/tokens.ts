/** Proves who we are: a short JSON Web Token as the App, an hour's token per installation, kept until shortly before it ends. */

import { createAppAuth } from "@octokit/auth-app";
import { GithubError } from "./errors.ts";
import type { GithubSettings } from "./settings.ts";

/** Long enough for any one evaluation to end with the token it began with. */
const renewBeforeMs = 5 * 60_000;

export interface FreshToken {
  token: string;
  expiresAt: Date;
}

export class Tokens {
  readonly #app: ReturnType<typeof createAppAuth>;
  readonly #now: () => Date;
  readonly #create: (installationId: number) => Promise<FreshToken>;
  readonly #kept = new Map<number, Promise<FreshToken>>();

  /** @param create asks GitHub for a token of one installation */
  constructor(settings: GithubSettings, now: () => Date, create: (installationId: number) => Promise<FreshToken>) {
    this.#app = createAppAuth({ appId: settings.appId, privateKey: settings.privateKey });
    this.#now = now;
    this.#create = create;
  }

  /** @returns the `authorization` header of the App itself */
  async asApp(): Promise<string> {
    try {
      return `bearer ${(await this.#app({ type: "app" })).token}`;
    } catch (cause) {
      throw new GithubError({ kind: "invalid", route: "App token", message: "the private key cannot sign", cause });
    }
  }

  /** @returns the `authorization` header of an installation; requests at the same time share one token */
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

  /** Forgets a token that GitHub refused; a newer one, fetched meanwhile by somebody else, stays. */
  async forget(installationId: number, authorization: string): Promise<void> {
    const kept = this.#kept.get(installationId);
    if (!kept) return;
    const token = await kept.then(
      (fresh) => `token ${fresh.token}`,
      () => authorization,
    );
    if (token === authorization && this.#kept.get(installationId) === kept) this.#kept.delete(installationId);
  }
}
