/** Tells the world what happened, in the words of a webhook payload. */
import { accountBody, organisationBody } from "../bodies/account.ts";
import { repositoryBody } from "../bodies/repository.ts";
import type { Account, Organisation } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { organisationOf } from "../state/world.ts";

export interface Scene {
  repository?: Repository;
  organisation?: Organisation;
  sender: Account;
  onlyFor?: App;
}

/** @param name `event.action`, or `event` for the few that carry no action */
export function announce(world: World, name: string, scene: Scene, details: Record<string, unknown>): void {
  // Only the first dot counts: whoever sends a `repository_dispatch` chooses its action.
  const [, event = name, action = null] = /^(\w+)\.(.*)$/s.exec(name) ?? [];
  const repository = scene.repository ?? null;
  const organisation = scene.organisation ?? (repository === null ? null : organisationOf(repository));
  world.announce({
    event,
    action,
    repository,
    organisation,
    sender: scene.sender,
    onlyFor: scene.onlyFor ?? null,
    payload: {
      ...(action === null ? {} : { action }),
      ...(repository === null ? {} : { repository: repositoryBody(world, repository) }),
      ...(organisation === null ? {} : { organization: organisationBody(world, organisation) }),
      sender: accountBody(world, scene.sender),
      ...details,
    },
  });
}
