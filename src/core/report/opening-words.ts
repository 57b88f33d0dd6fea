/** What lets the gate be passed without being met, in words. */

import type { Opening } from "../bypass/bypass.ts";
import { withParts } from "../gate/requirements.ts";
import type { Verdict } from "../gate/verdict.ts";
import { issueWords } from "./bypass-words.ts";
import type { Row } from "./rows.ts";
import { count, personPiece } from "./telling.ts";
import { formatTime, when } from "./times.ts";
import { code, say, type Words } from "./words.ts";

/** Openings by which something is let through that is not met, each once; bypasses first. */
export function usedOpenings({ requirements }: Pick<Verdict, "requirements">): Opening[] {
  const used = new Map<string, Opening>();
  for (const { opening } of withParts(requirements)) if (opening !== null) used.set(keyOf(opening), opening);
  const isBypass = ({ kind }: Opening) => Number(kind === "bypass");
  return [...used.values()].sort((a, b) => isBypass(b) - isBypass(a));
}

function keyOf(opening: Opening): string {
  if (opening.kind === "bypass") return `bypass:${opening.grant.id}`;
  return opening.kind === "window" ? `window:${opening.name}` : `test_branch:${opening.pattern}`;
}

/** `Bypassed by @otto until 03:40 UTC, post-review #412`: the check's title. */
export function openingTitle(verdict: Pick<Verdict, "requirements" | "isObserved">): Words {
  const [opening] = usedOpenings(verdict);
  const would = verdict.isObserved ? "Would be " : "";
  if (opening === undefined) return [{ kind: "ours", text: `${would || "Let "}through` }];
  switch (opening.kind) {
    case "bypass": {
      const { grant } = opening;
      const lead = { kind: "ours" as const, text: would === "" ? "Bypassed by" : `${would}bypassed by` };
      const until = { kind: "ours" as const, text: shortTime(grant.until, grant.grantedAt) };
      return say`${lead} ${personPiece(grant.requester)} until ${until}, post-review ${{ kind: "ours", text: `#${grant.issue.number}` }}`;
    }
    case "window": {
      const lead = { kind: "ours" as const, text: would === "" ? "Let through by" : `${would}let through by` };
      return say`${lead} the maintenance window ${opening.name} until ${when(opening.until, opening.until)}`;
    }
    case "test_branch": {
      const lead = { kind: "ours" as const, text: would === "" ? "Let through:" : `${would}let through:` };
      return say`${lead} the gate stands aside on ${opening.pattern}`;
    }
  }
}

/** Without the date on the day it was granted. */
function shortTime(at: Date, from: Date): string {
  const isSameDay = at.toISOString().slice(0, 10) === from.toISOString().slice(0, 10);
  return isSameDay ? `${at.toISOString().slice(11, 16)} UTC` : formatTime(at, from);
}

/** `The gate is open by …`: what the first line says of a gate that is open without being met. */
export function openedWords(verdict: Pick<Verdict, "requirements" | "isObserved">, rows: readonly Row[]): Words {
  const passed = rows.filter(({ state }) => state === "bypassed").length;
  const unmet = say`${count(passed, "point")} ${passed === 1 ? "is" : "are"} not met and let through`;
  const [opening] = usedOpenings(verdict);
  if (verdict.isObserved)
    return say`The policy only observes, so nothing is held. Enforced, it would be open too: ${unmet}.`;
  if (opening === undefined) return say`The gate is open.`;
  return say`The gate is open by ${openingWords(opening)}: ${unmet}.`;
}

/** The same in a row, where the first line says until when. */
export function openingInRow(opening: Opening): Words {
  if (opening.kind !== "bypass") return openingWords(opening);
  return say`the bypass of ${personPiece(opening.grant.requester)} (${issueWords(opening.grant)})`;
}

/** `the bypass of @otto until 22 Nov 03:40 UTC (post-review #412)`. */
export function openingWords(opening: Opening): Words {
  switch (opening.kind) {
    case "bypass": {
      const { grant } = opening;
      return say`the bypass of ${personPiece(grant.requester)} until ${when(grant.until, grant.grantedAt)} (post-review ${issueWords(grant)})`;
    }
    case "window":
      return say`the maintenance window ${code(opening.name)} until ${when(opening.until, opening.until)}`;
    case "test_branch":
      return say`the policy, which lists ${code(opening.pattern)} as a test environment`;
  }
}
