/** What a step is to do, settled before it is begun. */

import { z } from "zod";
import type { Json } from "../report/ledger-hash.ts";

const person = z.object({ id: z.number(), login: z.string() });

const stepDataSchema = z.object({
  /** Whom it tells, asks or assigns. */
  people: z.array(person).default([]),
  /** Of which roles, where it is for a role. */
  roles: z.array(z.string()).default([]),
  /** Workflow runs whose failed jobs are run again, each as it was. */
  runs: z.array(z.object({ id: z.number(), name: z.string(), attempt: z.number() })).default([]),
  /** The head that the base branch is brought into; `null`: it is up to date, or that is not wanted. */
  updates: z.string().nullable().default(null),
  label: z.string().nullable().default(null),
  channels: z.array(z.string()).default([]),
  /** By which the comment is known to be ours: nobody else can know it before it stands there. */
  nonce: z.string().default(""),
});
export type StepData = z.output<typeof stepDataSchema>;

/** What is damaged is nothing to do. */
export function readStepData(data: Json): StepData {
  const parsed = stepDataSchema.safeParse(data ?? {});
  return parsed.success ? parsed.data : stepDataSchema.parse({});
}
