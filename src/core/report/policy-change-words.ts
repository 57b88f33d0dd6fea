/** "This changes the policy": what a pull request does to the gate itself. */

import type { PolicyChange } from "../policy/comparison/policy-difference.ts";
import { toMarkdown } from "./markdown.ts";
import { differenceWords, whatChanges } from "./policy-difference-words.ts";
import { count } from "./telling.ts";
import { say, type Words } from "./words.ts";

/** Differences shown; the rest is counted. */
const shownMax = 20;

/** Why its owners are asked. */
export function policyChangeWhy(change: PolicyChange | undefined): Words {
  const looser = (change?.differences ?? []).filter(({ isLooser }) => isLooser);
  const [first] = looser;
  if (change?.after === "absent") return say`takes the policy away`;
  if (change?.after === "broken") return say`leaves a policy that cannot be used`;
  if (change?.after === "unreadable") return say`changes the policy in a way that could not be read`;
  if (first === undefined) return say`changes the policy`;
  const more = looser.length > 1 ? say`, and ${looser.length - 1} more` : [];
  const how = first.effect === "loosens" ? say`loosens the policy` : say`may loosen the policy`;
  return say`${how}: ${whatChanges(first)}${more}`;
}

/** Markdown for the check's summary; empty where the policy stays as it is. */
export function policyChangeSection(change: PolicyChange | undefined): string {
  if (change === undefined) return "";
  const { differences } = change;
  const lines = differences.slice(0, shownMax).map((one) => `- ${toMarkdown(differenceWords(one))}`);
  const more = differences.length > shownMax ? [`- ${differences.length - shownMax} more`] : [];
  const list = lines.length === 0 ? [] : ["", ...lines, ...more];
  return `\n${["### This changes the policy", "", toMarkdown(headWords(change)), ...list].join("\n")}\n`;
}

function headWords({ differences, after }: PolicyChange): Words {
  if (after === "absent") return say`It takes the policy away.`;
  if (after === "broken")
    return say`The policy as it leaves it cannot be used, so what it would ask for cannot be told.`;
  if (after === "unreadable")
    return say`The policy as it leaves it could not be read, so what it would ask for cannot be told.`;
  if (differences.length === 0) return say`It asks for the same as before.`;
  const looser = differences.filter(({ effect }) => effect === "loosens").length;
  const unsure = differences.filter(({ effect, isLooser }) => effect !== "loosens" && isLooser).length;
  const parts = [
    ...(looser > 0 ? [say`${count(looser, "difference")} would let more through or ask fewer people`] : []),
    ...(unsure > 0 ? [say`${count(unsure, "difference")} cannot be weighed, and counts as looser`] : []),
  ];
  const [first, second] = parts;
  if (first === undefined) return say`Nothing of it lets more through or asks fewer people.`;
  return second === undefined ? say`${first}.` : say`${first}; ${second}.`;
}
