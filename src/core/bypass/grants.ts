/** Whether a bypass that was granted is still in force: it opens nothing unless all of it can be seen to stand. */

import type { Person } from "../snapshot.ts";
import { isAuthorised } from "./authority.ts";
import type { BypassEnd, BypassState, GrantedBypass } from "./bypass.ts";
import { forbiddenFinding } from "./ceiling.ts";
import type { BypassFacts } from "./facts.ts";
import { causeOfLabel } from "./requests.ts";

export function weighGrant(grant: GrantedBypass, facts: BypassFacts): BypassState {
  const ended = endOf(grant, facts);
  if (ended !== null) return { kind: "ending", grant, why: ended };
  const unread = unreadFact(facts);
  if (unread !== null) return { kind: "unreadable", request: grant, reason: unread };
  if (!hasItsLabel(grant, facts)) return { kind: "ending", grant, why: "unlabelled" };
  if (isCancelled(grant, facts)) return { kind: "ending", grant, why: "cancelled" };
  const holds = isAuthorised(grant.requester, facts.rules?.authorised ?? [], facts);
  if (holds === "unknown") {
    return { kind: "unreadable", request: grant, reason: `the roles of @${grant.requester.login} could not be read` };
  }
  return holds ? { kind: "in_force", grant } : { kind: "ending", grant, why: "authority" };
}

/** What ends it whatever else could be read. */
function endOf(grant: GrantedBypass, { rules, snapshot, foundRules, now }: BypassFacts): BypassEnd | null {
  if (rules === null) return "policy";
  if (snapshot.state === "closed") return "closed";
  if (grant.headSha !== snapshot.head.sha) return "push";
  // What was merged in time stays merged in time.
  const at = snapshot.merged?.at ?? now;
  if (at.getTime() >= grant.until.getTime()) return "expired";
  if (grant.source.kind === "label" && causeOfLabel(grant.source.label, rules.labels) === null) return "policy";
  return forbiddenFinding(rules.never, foundRules) === null ? null : "policy";
}

/** The label is on, and put there by whom it was granted to: taken off and put on by somebody else it is another's request. */
function hasItsLabel({ source, requester }: GrantedBypass, { snapshot }: BypassFacts): boolean {
  if (source.kind === "command") return true;
  const name = source.label.toLowerCase();
  return snapshot.labels.some((label) => label.name.toLowerCase() === name && label.addedBy?.id === requester.id);
}

/** What could not be read whole may hide a word that ends it, or a finding that nothing opens. */
export function unreadFact({ snapshot }: Pick<BypassFacts, "snapshot">): string | null {
  return snapshot.incomplete[0]?.reason ?? null;
}

/** Taken back by whoever asked, or by somebody authorised; only a clear "no" silences the latter. */
export function isCancelled(
  { requester, at }: { requester: Person; at: Date },
  facts: Pick<BypassFacts, "commands" | "rules" | "policy" | "snapshot">,
): boolean {
  return facts.commands.some(
    ({ said, person, at: saidAt }) =>
      said.kind === "cancel" &&
      saidAt.getTime() >= at.getTime() &&
      (person.id === requester.id || isAuthorised(person, facts.rules?.authorised ?? [], facts) !== false),
  );
}
