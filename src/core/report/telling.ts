/** What the words about a verdict are made from. */

import type { OpenEscalation } from "../escalation/escalation-state.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import { joinList, link, type Piece, say, type Words } from "./words.ts";

export interface Telling {
  snapshot: Snapshot;
  document: PolicyDocument;
  now: Date;
  /** What is stuck about it and being escalated; left out where nobody keeps that, as on the command line. */
  escalations?: readonly OpenEscalation[];
  /** Address of a line of the policy file at its commit (`null`: of the file); `null` where there is none, as on the command line. */
  policyUrl(line: number | null): string | null;
  /** GitHub's web address without a slash at its end; left out where nobody reads this there. */
  server?: string;
  /** Address that explains a reason code. */
  codeUrl(code: string): string | null;
  /** Address that explains a rule of findings. */
  ruleUrl(rule: string): string | null;
}

export function personPiece(person: Pick<Person, "login" | "kind">): Piece {
  return { kind: "person", login: person.login, isBot: person.kind === "bot" };
}

/** People by login; at most five, then a count. */
export function peopleWords(people: readonly Person[]): Words {
  return joinList(people.map((person) => [personPiece(person)]));
}

/** ` ([rule](…))`, or nothing where the rule has no line to link to. */
export function ruleLink(line: number | null, { policyUrl }: Pick<Telling, "policyUrl">): Words {
  const href = line === null ? null : policyUrl(line);
  return href === null ? [] : say` (${link(say`rule`, href)})`;
}

/** A name from the policy as words: `rollback_plan` → `rollback plan`. */
export function spoken(name: string): string {
  return name.replace(/[_-]+/g, " ").trim();
}

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${thousands(amount)} ${amount === 1 ? one : many}`;
}

/** `65,535`. By hand: the first use of `Intl` costs 30 ms, a tenth of a cold start. */
export function thousands(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
}
