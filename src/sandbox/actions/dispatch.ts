/** Somebody outside tells a repository that something happened: a `repository_dispatch`. */
import type { Account } from "../state/accounts.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { Refusal } from "./refusal.ts";

/** @see https://docs.github.com/rest/repos/repos#create-a-repository-dispatch-event */
const TYPE_CHARACTERS_MAX = 100;
const PROPERTIES_MAX = 10;
const PAYLOAD_BYTES_MAX = 64 * 1_024;

/** @throws {Refusal} 422 for an empty or long type, more than ten properties, or 64 KB and more */
export function dispatch(
  world: World,
  repository: Repository,
  eventType: string,
  payload: Readonly<Record<string, unknown>>,
  by: Account,
): void {
  if (eventType === "" || eventType.length > TYPE_CHARACTERS_MAX) {
    throw new Refusal(422, `event_type must have 1 to ${TYPE_CHARACTERS_MAX} characters`);
  }
  if (Object.keys(payload).length > PROPERTIES_MAX) {
    throw new Refusal(
      422,
      `No more than ${PROPERTIES_MAX} properties are allowed; ${Object.keys(payload).length} were supplied.`,
    );
  }
  if (JSON.stringify(payload).length >= PAYLOAD_BYTES_MAX) throw new Refusal(422, "client_payload is too large.");
  announce(
    world,
    `repository_dispatch.${eventType}`,
    { repository, sender: by },
    { branch: repository.defaultBranch, client_payload: payload },
  );
}
