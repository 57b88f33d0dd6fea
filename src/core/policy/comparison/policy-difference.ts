/** One thing that a new policy says differently. */

import type { KeyPath } from "../policy-text.ts";

/**
 * - `looser`: it may let through what was held, or with fewer people
 * - `stricter`: it only asks for more
 * - `unsure`: nobody can tell; whoever guards the policy treats it as looser
 * - `neutral`: nothing that the gate asks for
 */
export type Strictness = "looser" | "stricter" | "unsure" | "neutral";

export interface PolicyDifference {
  effect: "loosens" | "tightens" | "changes";
  /** It loosens, or nobody can tell: the policy's owners have to agree. */
  isLooser: boolean;
  path: KeyPath;
  /** Line (from 1) of the key in the new file, or of the nearest block around it; `null` where it came from elsewhere. */
  line: number | null;
  /** As the policy says or means it; `undefined` where nothing stands. Durations in milliseconds. */
  before: unknown;
  after: unknown;
}

/** What a change does to the policy. */
export interface PolicyChange {
  differences: PolicyDifference[];
  /** Files of the change that the policy is put together from. */
  paths: string[];
  /** The policy afterwards: as told, taken away, with mistakes, or not to be read. */
  after: "loaded" | "absent" | "broken" | "unreadable";
  /** Whether the owners of the policy are needed because it may get looser. */
  isLooser: boolean;
}

const effects = { looser: "loosens", stricter: "tightens", unsure: "changes", neutral: "changes" } as const;

export function difference(
  strictness: Strictness,
  { path, before, after }: Pick<PolicyDifference, "path" | "before" | "after">,
): Omit<PolicyDifference, "line"> {
  const isLooser = strictness === "looser" || strictness === "unsure";
  return { effect: effects[strictness], isLooser, path, before, after };
}
