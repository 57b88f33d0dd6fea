/** What a detector's rule is about, in its own words. */

import { rules } from "../findings/index.ts";
import { spoken } from "./telling.ts";

export interface RuleWords {
  /** A few words, starting lower case. */
  title: string;
  /** Why the rule exists and what usually helps; empty where the rule does not say. */
  why: string;
}

export function ruleWords(id: string): RuleWords {
  const rule = Object.hasOwn(rules, id) ? rules[id] : undefined;
  if (!rule) return { title: spoken(id), why: "" };
  return { title: rule.title, why: [rule.why, rule.fix ?? ""].filter((text) => text !== "").join(" ") };
}
