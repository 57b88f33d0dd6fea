/** Bypasses that a description says were granted before. */

import type { GrantedBypass } from "../bypass/bypass.ts";
import type { Accounts } from "./accounts.ts";
import { timeOf } from "./described-time.ts";
import type { Description } from "./schema.ts";

const hourMs = 3_600_000;

export function bypassesOf(
  { bypasses = [] }: Description,
  accounts: Accounts,
  headSha: string,
  now: Date,
): GrantedBypass[] {
  return bypasses.map((bypass, index) => {
    const at = timeOf(bypass.at) ?? new Date(now.getTime() - hourMs);
    const number = bypass.issue ?? 1 + index;
    return {
      outcome: "granted",
      // A label that is on keeps its own name; a command of before is known by the place in the list.
      id: bypass.label === undefined ? `described:${index}` : `label:${bypass.label}@${at.toISOString()}`,
      source:
        bypass.label === undefined ? { kind: "command", commentId: index } : { kind: "label", label: bypass.label },
      scope: bypass.checkpoints ?? "all",
      cause: bypass.cause ?? "unspecified",
      requester: accounts.of(bypass.by),
      at,
      headSha: bypass.head ?? headSha,
      reason: bypass.reason ?? "as described",
      secondPerson: bypass.second_person === undefined ? null : accounts.of(bypass.second_person),
      grantedAt: at,
      until: timeOf(bypass.until) ?? new Date(now.getTime() + 3 * hourMs),
      issue: { number, url: "" },
      ended: bypass.ended === undefined ? null : { at: now, why: bypass.ended },
    };
  });
}
