/** Bypasses: each grant, refusal and end is kept together with its entry in the ledger. */

import type pg from "pg";
import type { BypassEnd, GrantedBypass, RefusedBypass, RememberedBypass } from "../../core/bypass/bypass.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import { appendStatements } from "../ledger.ts";
import { inTransaction } from "../transaction.ts";

/** One that is kept already changes nothing, and is told in the ledger once. */
export async function keepBypass(
  pool: pg.Pool,
  repositoryId: number,
  number: number,
  bypass: RememberedBypass,
  now: Date,
): Promise<void> {
  await inTransaction(pool, async (session) => {
    const { rowCount } = await session.query(
      `insert into bypasses (repository_id, number, id, outcome, head_sha, data, at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [repositoryId, number, bypass.id, bypass.outcome, bypass.headSha, JSON.stringify(bypass), now],
    );
    if (rowCount === 0) return;
    const kind = bypass.outcome === "granted" ? "bypass_granted" : "bypass_refused";
    const data = { number, ...(JSON.parse(JSON.stringify(bypass)) as { [key: string]: Json }) };
    await session.query(appendStatements({ repositoryId, at: now, kind, data }).join(";\n"));
  });
}

/** The first end counts. */
export async function endBypass(
  pool: pg.Pool,
  repositoryId: number,
  number: number,
  id: string,
  { at, why }: { at: Date; why: BypassEnd },
): Promise<void> {
  await inTransaction(pool, async (session) => {
    const { rows } = await session.query<{ head_sha: string }>(
      `update bypasses set ended_at = $4, ended_why = $5
        where repository_id = $1 and number = $2 and id = $3 and outcome = 'granted' and ended_at is null
        returning head_sha`,
      [repositoryId, number, id, at, why],
    );
    for (const { head_sha: headSha } of rows) {
      const data = { number, id, headSha, why };
      await session.query(appendStatements({ repositoryId, at, kind: "bypass_ended", data }).join(";\n"));
    }
  });
}

/** A row as the dossier's statement tells it. */
export interface BypassRow {
  data: Omit<GrantedBypass, "at" | "grantedAt" | "until" | "ended"> & Record<"at" | "grantedAt" | "until", string>;
  endedAt: number | null;
  endedWhy: BypassEnd | null;
}

export function toBypass({ data, endedAt, endedWhy }: BypassRow): RememberedBypass {
  if ((data as { outcome: string }).outcome === "refused") {
    const refused = data as unknown as Omit<RefusedBypass, "at"> & { at: string };
    return { ...refused, at: new Date(refused.at) };
  }
  return {
    ...data,
    at: new Date(data.at),
    grantedAt: new Date(data.grantedAt),
    until: new Date(data.until),
    ended: endedAt === null || endedWhy === null ? null : { at: new Date(endedAt), why: endedWhy },
  };
}
