/** Whether an emergency bypass is asked for, or may be in force: only then who may ask for one matters, and how many there were. */

import type { Memory, Snapshot } from "../snapshot.ts";
import { authorisedRoles, emergencyLabels } from "./emergency-defaults.ts";
import type { Policy } from "./schema.ts";

const command = /^\s{0,3}\/holdpoint\s+bypass\b/im;

export function isBypassTried(
  { bypass }: Pick<Policy, "bypass">,
  { labels, comments, reviews }: Pick<Snapshot, "labels" | "comments" | "reviews">,
  { commands, bypasses }: Pick<Memory, "commands" | "bypasses">,
): boolean {
  if (bypass?.emergency === undefined) return false;
  const names = Object.keys(bypass.emergency.labels ?? emergencyLabels).map((name) => name.toLowerCase());
  return (
    labels.some(({ name }) => names.includes(name.toLowerCase())) ||
    [...comments, ...reviews].some(({ body }) => command.test(body)) ||
    commands.some(({ text }) => /^bypass\b/.test(text)) ||
    bypasses.some((one) => one.outcome === "granted" && one.ended === null)
  );
}

/** Roles of those who may ask for one, and of those who may agree to it. */
export function bypassRoles(policy: Pick<Policy, "bypass">): string[] {
  const second = policy.bypass?.emergency?.second_person;
  return [...authorisedRoles(policy), ...(second ? [second] : [])];
}
