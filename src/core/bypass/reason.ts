/** The written reason of a bypass: in its command, in a comment of the requester, or in the description. */

import type { Person } from "../snapshot.ts";
import type { EmergencyRules } from "./emergency-rules.ts";
import type { BypassFacts } from "./facts.ts";
import { isAfterHead } from "./on-head.ts";

export type ReasonOutcome =
  /** `at`: when it was given; `null` where that is not known. */
  | { kind: "given"; text: string; at: Date | null }
  | { kind: "missing" }
  /** Something was written, and it says too little. */
  | { kind: "short" };

/** Headings of the description under which a reason may stand. */
export const reasonSections = ["Emergency", "Emergency bypass", "Bypass reason"] as const;

/** What is kept of a reason; it goes into an issue and into the ledger. */
const reasonMax = 1000;

/**
 * @param asked who asked, when, and the reason in the command itself
 * @param deadline up to which a comment may give it
 */
export function findReason(
  asked: { requester: Person; inCommand: string | null; deadline: Date },
  rules: Pick<EmergencyRules, "reason">,
  facts: Pick<BypassFacts, "reasons" | "snapshot" | "memory">,
): ReasonOutcome {
  const isMeant = ({ person, at }: BypassFacts["reasons"][number]) =>
    person === null ||
    at === null ||
    (person.id === asked.requester.id && at.getTime() <= asked.deadline.getTime() && isAfterHead(at, facts));
  const written = facts.reasons.filter(isMeant);
  const all = [...(asked.inCommand === null ? [] : [{ text: asked.inCommand, at: null }]), ...written];
  const good = all.find(({ text }) => saysEnough(text, rules.reason.minLength));
  if (good !== undefined) return { kind: "given", text: plainText(good.text).slice(0, reasonMax), at: good.at };
  return all.length > 0 ? { kind: "short" } : { kind: "missing" };
}

/** Long enough, and more than one word said over and over. */
export function saysEnough(text: string, minLength: number): boolean {
  const plain = plainText(text);
  return [...plain].length >= minLength && wordsIn(plain).size >= 2;
}

/** Languages that put no space between words are told apart too. Made when it is first needed: `Intl` is slow to start. */
let segmenter: Intl.Segmenter | undefined;

function wordsIn(text: string): Set<string> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "word" });
  const words = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(text.slice(0, reasonMax))) {
    if (isWordLike) words.add(segment.toLowerCase());
  }
  return words;
}

function plainText(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
