/** The keys with which an issuer of tokens signs: fetched where it publishes them, kept for a while, fetched anew when one is not among them. */

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

export interface IssuerKeysOptions {
  /** Without a slash at its end. */
  issuer: string;
  now(): Date;
}

/** The keys cannot be had now: whether a token is right is not known. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/** A key that was taken back is taken no longer after this. */
const keptMs = 10 * 60_000;
/** Strangers who name keys that there are none of cost the issuer no more requests than this. */
const refetchAfterMs = 30_000;
const timeoutMs = 5_000;
/** GitHub's have some 10 kB. */
const bytesMax = 256 * 1024;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySet = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string(), kid: z.string() }))
    .min(1)
    .max(50),
});

interface FetchedKeys {
  find: ReturnType<typeof createLocalJWKSet>;
  at: number;
}

/**
 * @returns what `jwtVerify` asks for the key of a token
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function createIssuerKeys({ issuer, now }: IssuerKeysOptions): JWTVerifyGetKey {
  let fetched: FetchedKeys | null = null;
  let underWay: Promise<FetchedKeys> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  const fetchKeys = (): Promise<FetchedKeys> => {
    if (now().getTime() - failedAt < 1_000) throw new KeysUnavailable("The keys could not be had a moment ago");
    underWay ??= readKeys(issuer)
      .then((keys) => {
        fetched = { find: createLocalJWKSet(keys), at: now().getTime() };
        return fetched;
      })
      .catch((cause: unknown) => {
        failedAt = now().getTime();
        throw new KeysUnavailable(`The keys of ${issuer} could not be had`, { cause });
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
  return async (header, token) => {
    const ageMs = (keys: FetchedKeys) => now().getTime() - keys.at;
    const keys = fetched !== null && ageMs(fetched) < keptMs ? fetched : await fetchKeys();
    try {
      return await keys.find(header, token);
    } catch (error) {
      const isNew = ageMs(keys) < refetchAfterMs;
      if (!(error instanceof errors.JWKSNoMatchingKey) || isNew) throw error;
      return (await fetchKeys()).find(header, token);
    }
  };
}

async function readKeys(issuer: string): Promise<JSONWebKeySet> {
  const { issuer: told, jwks_uri } = discovery.parse(await readJson(`${issuer}/.well-known/openid-configuration`));
  if (told.replace(/\/+$/, "") !== issuer) throw new Error("The issuer's own document names another issuer");
  if (new URL(jwks_uri).origin !== new URL(issuer).origin) throw new Error("The keys are published on another host");
  const { keys } = keySet.parse(await readJson(jwks_uri));
  return { keys: keys.filter(({ kty }) => kty === "RSA") };
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, {
    redirect: "error",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Error(`${url} answered more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
