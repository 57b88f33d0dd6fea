/** The event that started the workflow, as the runner hands it over: strangers' text, and as large as GitHub makes it. */

import { readFile } from "node:fs/promises";
import { ActionError } from "./action-error.ts";

export interface RunnerEvent {
  /** `pull_request`, `push`, … */
  name: string;
  /** The webhook's payload; nothing of it is certain. */
  payload: Record<string, unknown>;
}

/** @throws {ActionError} where there is none, or one that is no JSON object */
export async function readEvent(env: NodeJS.ProcessEnv): Promise<RunnerEvent> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path } = env;
  if (!name || !path) throw new ActionError(`${missing} Run this action as a step of a workflow on GitHub.`);
  let payload: unknown;
  try {
    payload = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw new ActionError("The event that started the workflow cannot be read from GITHUB_EVENT_PATH.");
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new ActionError("The event that started the workflow is no JSON object.");
  }
  return { name, payload: payload as Record<string, unknown> };
}

const missing = "GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set.";
