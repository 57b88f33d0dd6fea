/** What is remembered with the issue of a question about taking an environment back. */

import { z } from "zod";
import type { PastDeployment } from "../../core/deployment/deployment.ts";
import { type RollbackStanding, rollbackChoices } from "../../core/deployment/deployment.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";

const person = z.object({ id: z.number(), login: z.string() });

const schema = z.object({
  environment: z.string(),
  deploymentId: z.number().nullable(),
  /** What failed, or runs and is to be taken back. */
  sha: z.string().nullable(),
  /** What to go back to. */
  good: z.object({ id: z.number(), sha: z.string() }).nullable(),
  askedBy: person.nullable(),
  openedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  roles: z.array(z.string()),
  escalation: z.string(),
  decision: z
    .object({
      choice: z.enum(rollbackChoices),
      rationale: z.string(),
      person,
      commentId: z.number(),
      at: z.iso.datetime(),
    })
    .nullable(),
  heard: z.array(z.number()).default([]),
});

export type RollbackData = z.infer<typeof schema>;

/** @throws {z.ZodError} when something else stands there */
export function readRollbackData(data: unknown): RollbackData {
  return schema.parse(data);
}

/**
 * The question that is open about an environment, or the newest answer as long as it says something: until a deployment ran after it.
 *
 * @throws {z.ZodError} when what is kept cannot be read; nothing is released then
 */
export async function readRollbackStanding(
  repositoryId: number,
  environment: string,
  past: readonly PastDeployment[],
  { store }: Pick<Ports, "store">,
): Promise<RollbackStanding | null> {
  const issues = await store.listIssues({ repositoryId, kind: "rollback" });
  const own = issues.map((issue) => ({ issue, data: readRollbackData(issue.data) }));
  const about = own.filter(({ data }) => data.environment === environment);
  const open = about.find(({ issue, data }) => issue.state === "open" && data.decision === null);
  if (open !== undefined) return standingOf(open.issue, open.data);
  const answered = about.filter(({ data }) => data.decision !== null).map(({ issue, data }) => standingOf(issue, data));
  const newest = answered.sort((a, b) => (b.decision?.at.getTime() ?? 0) - (a.decision?.at.getTime() ?? 0))[0];
  if (newest === undefined || newest.decision === null) return null;
  const { at } = newest.decision;
  return past.some((one) => one.state === "ran" && one.createdAt > at) ? null : newest;
}

function standingOf({ number }: KeptIssue, { sha, openedAt, decision }: RollbackData): RollbackStanding {
  return {
    issue: number,
    sha,
    openedAt: new Date(openedAt),
    decision: decision === null ? null : { choice: decision.choice, at: new Date(decision.at) },
  };
}
