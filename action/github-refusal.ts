/** What GitHub refused, as a sentence that says what to do about it. */

import { oneLine } from "../src/core/report/words.ts";
import type { GithubError } from "../src/github/errors.ts";

/** What the workflow has to allow for a mode; see https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions#permissions */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** The lines for the job. */
export function permissionsYaml(permissions: Permissions): string {
  const lines = Object.entries(permissions).map(([name, access]) => `  ${name}: ${access}`);
  return ["permissions:", ...lines].join("\n");
}

/** What a request needs, by its route. */
const needs: readonly [RegExp, string][] = [
  [/\/check-runs/, "checks: read"],
  [/\/compare\/|\/contents\//, "contents: read"],
  [/\/pulls/, "pull-requests: read"],
  [/Origins$/, "pull-requests: read"],
];

/** @param wanted what was asked for, e.g. `the checks of 1234567` */
export function refusalSentence(error: GithubError, wanted: string, permissions: Permissions): string {
  switch (error.kind) {
    case "forbidden":
      return error.status === 401 ? unknownToken(wanted) : missingPermission(error, wanted, permissions);
    case "rate_limited":
      return `GitHub limits requests until ${timeOf(error.retryAt)}, so ${wanted} could not be read.`;
    case "unavailable":
      return `GitHub did not answer when asked for ${wanted}: ${said(error)}.`;
    case "not_found":
      return `GitHub shows no ${wanted} to this token.`;
    case "invalid":
      return `GitHub refused to show ${wanted}: ${said(error)}.`;
  }
}

function unknownToken(wanted: string): string {
  return `GitHub does not know the token that asked for ${wanted}. Leave the input \`token\` out, or give it one that has not expired.`;
}

function missingPermission(error: GithubError, wanted: string, permissions: Permissions): string {
  const need = needs.find(([route]) => route.test(error.route))?.[1];
  const named = need === undefined ? "a permission is missing" : `the permission \`${need}\` is missing`;
  return `GitHub refuses to show ${wanted} to this token (${said(error)}): ${named}. Add to the job:\n${permissionsYaml(permissions)}`;
}

function said({ said: words, message, route }: GithubError): string {
  return oneLine(words ?? message.replace(`${route}: `, ""))
    .replace(/\.$/, "")
    .slice(0, 200);
}

function timeOf(moment: Date | null): string {
  return moment === null
    ? "a time that it does not tell"
    : `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
