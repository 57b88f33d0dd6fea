/** What the last look at a request found, kept for the issue that tells of it and for commands elsewhere. */

import { z } from "zod";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { KeptRequest } from "../deployment-port.ts";

const schema = z.object({
  /** Markdown of its part of the issue. */
  section: z.string(),
  /** Pull requests that it brings along. */
  pulls: z.array(z.number()),
  dueAt: z.iso.datetime(),
  /** Name of the level that escalation starts at when it is overdue. */
  escalation: z.string(),
  /** Who can unblock it. */
  roles: z.array(z.string()),
});

export type RequestView = z.infer<typeof schema>;

/** @returns `null` where nobody has looked yet, or another version wrote it: the next look writes it anew */
export function readView(view: Json): RequestView | null {
  return schema.safeParse(view).data ?? null;
}

/** What the issue of an environment shows of those that wait, oldest first. */
export function sectionsOf(waiting: readonly KeptRequest[]): string[] {
  return waiting.flatMap(({ view }) => readView(view)?.section ?? []);
}

const shownSchema = z.object({ environment: z.string(), shown: z.string().nullable().catch(null) });

/** What is kept with the issue: its environment, and the digest of what it shows. */
export function readShown(data: Json): z.infer<typeof shownSchema> {
  return shownSchema.parse(data);
}
