/** What events about deployments ask to look at. Nothing of an address in them is used but the number of a run. */

import type { DeploymentSubject, RollbackSubject } from "../core/subject.ts";
import { idAt, type Payload, repositoryIn, shaAt, textAt } from "./payload.ts";

/** A run waits for us: which one, only its callback address says. */
export function requestedDeployments(payload: Payload): DeploymentSubject[] {
  const repository = repositoryIn(payload);
  const runId = runIn(textAt(payload, "deployment_callback_url"));
  const environment = environmentAt(payload, "environment");
  if (repository === null || runId === null || environment === null) return [];
  const sha = shaAt(payload, "deployment", "sha");
  return [{ kind: "deployment", ...repository, runId, environment, ...(sha === null ? {} : { named: { sha } }) }];
}

/** One that failed may have to be taken back; one that succeeded may settle that. */
export function endedDeployments(payload: Payload): RollbackSubject[] {
  const repository = repositoryIn(payload);
  const environment = environmentAt(payload, "deployment", "environment");
  const state = textAt(payload, "deployment_status", "state");
  if (repository === null || environment === null || state === null) return [];
  const about = { kind: "rollback" as const, ...repository, environment, askedBy: null };
  const deploymentId = idAt(payload, "deployment", "id");
  if (state === "failure" || state === "error") return [{ ...about, deploymentId }];
  return state === "success" ? [{ ...about, deploymentId, hasSucceeded: true }] : [];
}

/** Somebody who may write to the repository wants an environment taken back: `client_payload: { environment }`. */
export function askedRollbacks(payload: Payload): RollbackSubject[] {
  const repository = repositoryIn(payload);
  const environment = environmentAt(payload, "client_payload", "environment");
  const id = idAt(payload, "sender", "id");
  const login = textAt(payload, "sender", "login");
  if (repository === null || environment === null || id === null || login === null) return [];
  return [{ kind: "rollback", ...repository, environment, deploymentId: null, askedBy: { id, login } }];
}

/** @see https://docs.github.com/webhooks/webhook-events-and-payloads#deployment_protection_rule */
const callbackPath =
  /^(?:\/api\/v3)?\/repos\/[^/]+\/[^/]+\/actions\/runs\/([1-9]\d{0,15})\/deployment_protection_rule$/;

function runIn(address: string | null): number | null {
  const url = address === null ? null : URL.parse(address);
  const match = url === null ? null : callbackPath.exec(url.pathname);
  const runId = Number(match?.[1]);
  return Number.isSafeInteger(runId) ? runId : null;
}

/** @see https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments (at most 255 characters) */
const environmentCharactersMax = 255;

function environmentAt(payload: Payload, ...keys: string[]): string | null {
  const name = textAt(payload, ...keys);
  // PostgreSQL takes no NUL, and no environment has one.
  const isName = name !== null && name !== "" && name.length <= environmentCharactersMax && !name.includes("\0");
  return isName ? name : null;
}
