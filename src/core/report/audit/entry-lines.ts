/** Entries of the other kinds, a line each. */

import type { Json, LedgerEntry } from "../ledger-hash.ts";
import { toMarkdown } from "../markdown.ts";
import { spoken } from "../telling.ts";
import { code, join, say, type Words } from "../words.ts";
import { fieldAt, textAt } from "./entry-fields.ts";
import { fullTime } from "./period-words.ts";

/** In the order of the document. Kinds that begin with a group's prefix belong to it; verdicts are in the figures and the export alone. */
export const groups = [
  { name: "refusals", title: "Bypasses that were refused", prefixes: ["bypass_refused"] },
  { name: "windows", title: "Maintenance windows", prefixes: ["window_"] },
  { name: "reviews", title: "Reviews of exceptions", prefixes: ["post_review_"] },
  { name: "deployments", title: "Deployments and rollbacks", prefixes: ["deployment_", "rollback_"] },
  { name: "escalations", title: "Escalations", prefixes: ["escalation_"] },
  { name: "settings", title: "Settings", prefixes: ["gate_taken_off", "auto_merge_taken_off"] },
] as const;

export function groupOf(kind: string): (typeof groups)[number]["name"] | null {
  return groups.find(({ prefixes }) => prefixes.some((prefix) => kind.startsWith(prefix)))?.name ?? null;
}

/** What people look for first, as far as an entry has it; the export has all of it. */
const shownKeys = [
  "number",
  "issue",
  "name",
  "environment",
  "baseRef",
  "level",
  "action",
  "outcome",
  "why",
  "choice",
  "verdict",
  "person",
  "requester",
  "by",
  "mergedBy",
  "reason",
  "rationale",
  "lessons",
];

export function entryLine({ seq, at, kind, data }: LedgerEntry): string {
  const facts = shownKeys.flatMap((key): Words[] => {
    const words = valueWords(key, fieldAt(data, key));
    return words === null ? [] : [say`${{ kind: "ours", text: spoken(key) }} ${words}`];
  });
  const what = say`${{ kind: "ours", text: fullTime(at) }}: ${{ kind: "ours", text: spoken(kind) }}`;
  return `- ${toMarkdown(say`${what}${facts.length === 0 ? [] : say`, ${join(facts, ", ")}`} (entry ${seq})`)}`;
}

function valueWords(key: string, value: Json): Words | null {
  if (typeof value === "number")
    return say`${{ kind: "ours", text: key === "number" || key === "issue" ? `#${value}` : String(value) }}`;
  if (typeof value === "string" && value !== "") return say`${value}`;
  const login = textAt(value, "login");
  if (login !== null) return say`${code(login)}`;
  const number = textAt(value, "number");
  return number === null ? null : say`${{ kind: "ours", text: `#${number}` }}`;
}
