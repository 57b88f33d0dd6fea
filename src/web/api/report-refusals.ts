/** The words with which a report is refused. */

import type { ReportOutcome } from "../../handlers/keep-report.ts";
import type { TokenReading } from "../oidc.ts";
import type { Refusal } from "./problem.ts";

export const unconfigured: Refusal = {
  status: 503,
  code: "no_public_url",
  title: "Reports cannot be taken yet",
  found: "PUBLIC_URL is not set, so no token can be for this Holdpoint",
  expected: "the address under which workflows reach it",
  fix: "The operator sets PUBLIC_URL and starts Holdpoint again.",
};

export function refusalOfToken(reading: Exclude<TokenReading, { kind: "verified" }>): Refusal {
  if (reading.kind === "unavailable") {
    return {
      status: 503,
      code: "keys_unavailable",
      title: "The token cannot be checked now",
      found: "GitHub's keys cannot be had",
      expected: "keys to check the token with",
      fix: "Send it again in half a minute; the operator's OIDC_ISSUER says where the keys are asked for.",
      headers: { "retry-after": "30" },
    };
  }
  const { found, expected, fix } = reading;
  return {
    ...{ status: 401, code: "token_refused", title: "The token is refused", found, expected, fix },
    headers: { "www-authenticate": 'Bearer realm="holdpoint"' },
  };
}

export function refusalOfOutcome(
  outcome: Exclude<ReportOutcome, { kind: "kept" | "known" }>,
  repository: string,
  now: Date,
): Refusal {
  switch (outcome.kind) {
    case "mismatch":
      return {
        status: 403,
        code: "another_run",
        title: "The report is about another run",
        found: `${outcome.mismatch.field} is ${outcome.mismatch.found}`,
        expected: `${outcome.mismatch.expected}, as in the token`,
        fix: "Hand over a report about the run that the token was issued to.",
      };
    case "not_installed":
      return {
        status: 403,
        code: "not_installed",
        title: "The App is not installed there",
        found: `the App is not installed on ${repository}, or is suspended`,
        expected: "an installation that has the repository",
        fix: "Install the App on the repository; within a minute its reports are taken.",
      };
    case "replayed":
      return {
        status: 409,
        code: "replayed",
        title: "The token was used before",
        found: "another report came with the same token",
        expected: "a token of its own for each report",
        fix: "Ask the runner for a new token.",
      };
    case "too_many":
      return {
        status: 429,
        code: "too_many",
        title: "Too many reports",
        found: `${repository} has handed over as many reports as it may in an hour`,
        expected: "fewer",
        fix: "Send it again later.",
        headers: { "retry-after": String(Math.max(1, Math.ceil((outcome.retryAt.getTime() - now.getTime()) / 1000))) },
      };
  }
}
