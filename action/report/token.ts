/** The job's proof of which run it is: a token that the runner asks GitHub for. */

import { setSecret } from "@actions/core";
import { z } from "zod";
import { ActionError } from "../action-error.ts";
import type { RunnerEvent } from "../event.ts";
import { type Permissions, permissionsYaml } from "../github-refusal.ts";
import { fetchPatiently } from "./fetch-patiently.ts";

export type Asking = { kind: "allowed" } | { kind: "fork"; said: string } | { kind: "forbidden"; said: string };

/** @param permissions what the job should have */
export function mayAskForTokens(env: NodeJS.ProcessEnv, event: RunnerEvent, permissions: Permissions): Asking {
  if (env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN) return { kind: "allowed" };
  if (isFromFork(event)) {
    const said =
      "Nothing is handed over: GitHub gives workflows of pull requests from forks no token. Holdpoint still sees that the run failed.";
    return { kind: "fork", said };
  }
  const said = `The job may not ask for a token, so nothing can be handed over. Add to the job:\n${permissionsYaml(permissions)}`;
  return { kind: "forbidden", said };
}

function isFromFork({ payload }: RunnerEvent): boolean {
  const { pull_request: pull, repository } = payload as {
    pull_request?: { head?: { repo?: { id?: unknown } | null } };
    repository?: { id?: unknown };
  };
  // A fork that was deleted has no repository any more.
  return pull !== undefined && pull.head?.repo?.id !== repository?.id;
}

const answer = z.object({ value: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/) });

/**
 * @param audience whom it is for: the address of this Holdpoint
 * @throws {ActionError} where the runner gives none
 * @see https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export async function requestIdToken(env: NodeJS.ProcessEnv, audience: string): Promise<string> {
  const url = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? "");
  url.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`, accept: "application/json" };
  const response = await fetchPatiently(url, { headers }, "GitHub's token service");
  const parsed = answer.safeParse(response.body);
  if (response.status !== 200 || !parsed.success) {
    throw new ActionError(`GitHub's token service gave no token (it answered ${response.status}).`);
  }
  setSecret(parsed.data.value);
  return parsed.data.value;
}
