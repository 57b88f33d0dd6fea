/** Whom an answer can name: people who are known to hold one of these roles and may act on this change. */

import { candidatesOf } from "../../core/gate/candidates.ts";
import type { DecideInput } from "../../core/gate/facts.ts";
import type { Person } from "../../core/snapshot.ts";

export function holdersOf(roles: readonly string[], { document, snapshot }: DecideInput): Person[] {
  const people = roles.flatMap((role) => candidatesOf(role, document.policy, snapshot));
  return people.filter(
    ({ login }, index) =>
      login !== snapshot.author.login && people.findIndex((other) => other.login === login) === index,
  );
}
