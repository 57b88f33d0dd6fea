/** Findings that people called wrong: each is kept together with its entry in the ledger. */

import type pg from "pg";
import type { Json } from "../core/report/ledger-hash.ts";
import type { Disagreement, DisagreementStore, RuleDisagreements } from "../handlers/disagreement-port.ts";
import { appendStatements } from "./ledger.ts";
import { inTransaction } from "./transaction.ts";

export function createDisagreements(pool: pg.Pool, now: () => Date): DisagreementStore {
  return {
    saveDisagreement: (repositoryId, number, one) => save(pool, repositoryId, number, one, now()),
    countDisagreements: (repositoryId) => countByRule(pool, repositoryId),
  };
}

async function save(
  pool: pg.Pool,
  repositoryId: number,
  number: number,
  disagreement: Disagreement,
  now: Date,
): Promise<void> {
  const { findingId, person, rule, strength, isHeld } = disagreement;
  const data = { number, ...(JSON.parse(JSON.stringify(disagreement)) as { [key: string]: Json }) };
  await inTransaction(pool, async (session) => {
    const { rowCount } = await session.query(
      `insert into disagreements (repository_id, number, finding_id, person_id, rule, strength, is_held, data, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [repositoryId, number, findingId, person.id, rule, strength, isHeld, JSON.stringify(data), now],
    );
    if (rowCount === 0) return;
    await session.query(appendStatements({ repositoryId, at: now, kind: "finding_disputed", data }).join(";\n"));
  });
}

async function countByRule(pool: pg.Pool, repositoryId: number): Promise<RuleDisagreements[]> {
  const { rows } = await pool.query<{ rule: string; findings: number; held: number; people: number }>(
    `select rule, count(distinct (number, finding_id))::int as findings,
        count(distinct (number, finding_id)) filter (where is_held)::int as held, count(distinct person_id)::int as people
      from disagreements where repository_id = $1 group by rule order by findings desc, rule`,
    [repositoryId],
  );
  return rows;
}
