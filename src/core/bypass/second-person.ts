/** A second pair of eyes: somebody with the role who neither asked nor has a hand in the change agrees, on this head and after the request. */

import type { Person } from "../snapshot.ts";
import { isAuthorised } from "./authority.ts";
import type { BypassFacts } from "./facts.ts";

export type Agreement =
  | { kind: "agreed"; person: Person; at: Date }
  | { kind: "awaited" }
  /** Somebody agreed whose role could not be read. */
  | { kind: "unreadable"; reason: string };

/** Why somebody's word to agree does not count. */
export type AgreementFault =
  | "requester"
  | "author"
  | "contributor"
  | "not_authorised"
  | "not_on_head"
  | "before_request";

/** @param roles any of these @param asked the request that is agreed to */
export function findAgreement(
  asked: { requester: Person; at: Date },
  roles: readonly string[],
  facts: BypassFacts,
): Agreement {
  let unread: Person | null = null;
  for (const said of facts.commands) {
    if (said.said.kind !== "agree") continue;
    const outcome = judgeAgreement(said, asked, roles, facts);
    if (outcome === "counts") return { kind: "agreed", person: said.person, at: said.at };
    if (outcome === "unknown") unread ??= said.person;
  }
  if (unread === null) return { kind: "awaited" };
  return { kind: "unreadable", reason: `whether @${unread.login} may agree could not be read` };
}

/** What comes of one `/holdpoint bypass agree`. */
export function judgeAgreement(
  { person, at, headSha }: Pick<BypassFacts["commands"][number], "person" | "at" | "headSha">,
  asked: { requester: Person; at: Date },
  roles: readonly string[],
  facts: BypassFacts,
): "counts" | "unknown" | AgreementFault {
  if (headSha !== facts.snapshot.head.sha) return "not_on_head";
  // Within one second nothing proves which came first.
  if (at.getTime() <= asked.at.getTime()) return "before_request";
  if (person.id === asked.requester.id) return "requester";
  if (person.id === facts.snapshot.author.id) return "author";
  if (facts.contributes(person)) return "contributor";
  const holds = isAuthorised(person, roles, facts);
  if (holds === "unknown") return "unknown";
  return holds ? "counts" : "not_authorised";
}
