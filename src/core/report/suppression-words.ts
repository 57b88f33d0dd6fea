/** What leaves a finding out, or was meant to and does not, in words. */

import type { Finding, Suppression } from "../findings/finding.ts";
import { code, phrase, say, type Words } from "./words.ts";

/** `by a comment on line 12, until 2027-01-31: "agreed with its users"`. */
export function leftOutWords({ by, line, until, reason }: Suppression): Words {
  const who = by === "policy" ? say`by the policy` : say`by a comment on line ${line ?? 0}`;
  const end = until === null ? [] : say`, until ${until}`;
  return say`${who}${end}: ${phrase(reason)}`;
}

/** Why something that asks for it leaves the finding in; empty where nothing does. */
export function refusedWords({ suppression }: Pick<Finding, "suppression">): Words {
  if (suppression === null || suppression.refused === null) return [];
  const { by, line, until, reason, refused } = suppression;
  const what = by === "policy" ? say`the policy's entry` : say`the comment on line ${line ?? 0}`;
  switch (refused) {
    case "new":
      return say`asks to be left out: ${what} came with this change and acts once it stands on the base branch (${phrase(reason)})`;
    case "expired":
      return say`counts again: ${what} acted until ${until ?? ""} (${phrase(reason)})`;
    case "elsewhere":
      return say`counts: ${what} was written for another line`;
    case "incomplete":
      return say`counts: ${what} needs a day and a reason, as in ${code("holdpoint-ignore <rule> until 2027-01-31: <reason>")}`;
    case "secret":
      return say`counts: secrets are left out by the policy alone, not by ${what}`;
  }
}
