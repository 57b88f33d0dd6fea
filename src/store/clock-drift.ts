/** Whether it is known what time it is. */

/** As much as readiness allows; an answer under way for longer than that is no measure either. */
const driftMaxMs = 30_000;

/** @param databaseTime as the database has just told it */
export function isClockSure(databaseTime: Date): boolean {
  return Math.abs(databaseTime.getTime() - Date.now()) <= driftMaxMs;
}
