/** Whether a token was issued by GitHub to a workflow, for us: its signature, issuer, audience and times, by the keys that GitHub publishes. */

import { decodeJwt, errors, jwtVerify } from "jose";
import { z } from "zod";
import type { WorkflowClaims } from "../core/failures/workflow-claims.ts";
import { createIssuerKeys, KeysUnavailable } from "./issuer-keys.ts";

export interface TokenRefusal {
  /** What is wrong with it, never the token or a part of it. */
  found: string;
  expected: string;
  fix: string;
}

export type TokenReading =
  | { kind: "verified"; claims: WorkflowClaims }
  | ({ kind: "refused" } & TokenRefusal)
  /** The issuer's keys cannot be had. */
  | { kind: "unavailable"; error: Error };

export interface TokenVerifierOptions {
  /** Without a slash at its end. */
  issuer: string;
  /** What the workflow asks its token for. */
  audience: string;
  now(): Date;
}

/** Clocks may differ by so much. */
const skewSeconds = 60;
/** GitHub's live for up to six hours; ids of used ones are kept as long. */
const lifeSecondsMax = 24 * 3_600;
const charactersMax = 12_000;

const digits = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number);

/** @see https://docs.github.com/actions/reference/security/oidc#oidc-token-claims */
const claimsSchema = z.object({
  jti: z.string().min(8).max(200),
  aud: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  repository_id: digits,
  run_id: digits,
  run_attempt: digits,
  sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  ref: z.string().max(500),
  event_name: z.string().min(1).max(100),
  job_workflow_ref: z.string().min(1).max(1_000),
  actor_id: digits.optional().catch(undefined),
});

/** @returns never throws for a token, whatever it holds */
export function createTokenVerifier({
  issuer,
  audience,
  now,
}: TokenVerifierOptions): (token: string) => Promise<TokenReading> {
  const keys = createIssuerKeys({ issuer, now });
  return async (token) => {
    if (token.length > charactersMax || !isOf(issuer, token)) {
      return refused(
        "the token is not one of this GitHub's",
        `a token issued by ${issuer}`,
        "Ask the runner for one, as the Action does; the operator's OIDC_ISSUER says whose are taken.",
      );
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: [issuer, `${issuer}/`],
        audience,
        algorithms: ["RS256"],
        clockTolerance: skewSeconds,
        currentDate: now(),
        requiredClaims: ["exp", "nbf", "iat", "jti"],
      });
      return readClaims(payload, audience, now());
    } catch (error) {
      if (error instanceof KeysUnavailable) return { kind: "unavailable", error };
      if (error instanceof errors.JOSEError) return refusalOf(error, { issuer, audience });
      throw error;
    }
  };
}

/** By its own word: so that nobody makes us fetch keys with tokens of others. */
function isOf(issuer: string, token: string): boolean {
  try {
    return decodeJwt(token).iss?.replace(/\/+$/, "") === issuer;
  } catch {
    return false; // It is no token at all.
  }
}

function readClaims(payload: object, audience: string, now: Date): TokenReading {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].join(", ");
    return refused(`the token lacks, or has unexpected, claims: ${names}`, "a token of a workflow run", askAnew);
  }
  const { data } = parsed;
  if (data.aud !== audience) return refused("the token is for others, too", `${audience} as its one audience`, askAnew);
  const seconds = now.getTime() / 1000;
  if (data.iat > seconds + skewSeconds)
    return refused("the token was issued in the future", "clocks that agree", setClock);
  if (data.exp - data.iat > lifeSecondsMax)
    return refused("the token lives for more than a day", "GitHub's own", askAnew);
  const [owner = "", name = ""] = data.repository.split("/");
  return {
    kind: "verified",
    claims: {
      tokenId: data.jti,
      expiresAt: new Date(data.exp * 1000),
      repositoryId: data.repository_id,
      owner,
      name,
      runId: data.run_id,
      runAttempt: data.run_attempt,
      sha: data.sha,
      ref: data.ref,
      event: data.event_name,
      jobWorkflowRef: data.job_workflow_ref,
      actorId: data.actor_id ?? null,
    },
  };
}

const askAnew = "Ask the runner for a new token with `permissions: id-token: write`, as the Action does.";
const setClock = "Set the clock of the machine that Holdpoint runs on.";

function refusalOf(error: errors.JOSEError, { issuer, audience }: { issuer: string; audience: string }): TokenReading {
  if (error instanceof errors.JWTExpired) return refused("the token has expired", "one that is minutes old", askAnew);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "aud") {
      return refused(
        "the token is for somebody else",
        `the audience ${audience}`,
        "Set the Action's `url` to that address.",
      );
    }
    if (error.claim === "nbf") return refused("the token is not valid yet", "clocks that agree", setClock);
    return refused(`the token's claim \`${error.claim}\` is not right`, `a token issued by ${issuer}`, askAnew);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refused("the token is not signed with RS256", "RS256", askAnew);
  return refused("the token's signature does not fit", `one by a key that ${issuer} publishes`, askAnew);
}

function refused(found: string, expected: string, fix: string): TokenReading {
  return { kind: "refused", found, expected, fix };
}
