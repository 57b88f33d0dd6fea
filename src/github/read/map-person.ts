/** GraphQL actor → {@link Person}. */

import type { Person } from "../../core/snapshot.ts";

export const actorFields = `
fragment ActorFields on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
}`;

export interface RawActor {
  __typename?: string;
  login: string;
  databaseId?: number | null;
}

/**
 * Names who did something. Deleted accounts come as `null`: each becomes a ghost of its own, so that two of them are never one person.
 *
 * @param seed a number that belongs to what the ghost did, such as the id of its review
 */
export function personOf(actor: RawActor | null | undefined, seed: number): Person {
  if (!actor || typeof actor.databaseId !== "number") return ghost(actor?.login ?? "ghost", seed);
  const { login, databaseId: id } = actor;
  switch (actor.__typename) {
    case "Bot":
      // GraphQL leaves out the suffix that REST and everybody who writes a policy use.
      return { id, login: login.endsWith("[bot]") ? login : `${login}[bot]`, kind: "bot" };
    case "User":
    case undefined:
      return { id, login, kind: login.endsWith("[bot]") ? "bot" : "user" };
    default: // Mannequins stand for people of an import; organisations and enterprise accounts do not review.
      return { id, login, kind: "ghost" };
  }
}

/** The account where there is one. */
export function personOrNull(actor: RawActor | null | undefined): Person | null {
  return actor && typeof actor.databaseId === "number" ? personOf(actor, 0) : null;
}

function ghost(login: string, seed: number): Person {
  return { id: -Math.abs(seed) - 1, login, kind: "ghost" };
}
