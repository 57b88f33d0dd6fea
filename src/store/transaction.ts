/** Several statements as one: all of them happen, or none. */

import type pg from "pg";

/** @throws what `work` throws, after everything it did was taken back */
export async function inTransaction<T>(pool: pg.Pool, work: (session: pg.PoolClient) => Promise<T>): Promise<T> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    await session.query("begin isolation level read committed");
    const result = await work(session);
    await session.query("commit");
    return result;
  } catch (error) {
    await session.query("rollback").catch((worse: Error) => {
      broken = worse;
    });
    throw error;
  } finally {
    session.release(broken);
  }
}
