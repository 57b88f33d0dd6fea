/** One thing that was looked at, and how it is. */

/** `unread`: it could not be looked at. */
export type Health = "well" | "mend" | "unread";

export interface LookedAt {
  /** What it belongs to: `GitHub App`, `acme/api`, … */
  area: string;
  name: string;
  health: Health;
  /** A phrase. */
  found: string;
  /** How to mend it; empty where nothing is to be mended. */
  mend: string;
}

export function well(area: string, name: string, found: string): LookedAt {
  return { area, name, health: "well", found, mend: "" };
}

export function toMend(area: string, name: string, found: string, mend: string): LookedAt {
  return { area, name, health: "mend", found, mend };
}

export function unread(area: string, name: string, error: unknown): LookedAt {
  return { area, name, health: "unread", found: `could not be looked at: ${reasonOf(error)}`, mend: "" };
}

/** Looks, and says what kept it from looking. */
export async function orUnread(area: string, name: string, look: () => Promise<LookedAt[]>): Promise<LookedAt[]> {
  return look().catch((error: unknown) => [unread(area, name, error)]);
}

/** Errors of several addresses have an empty message and the reasons inside. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 300);
}
