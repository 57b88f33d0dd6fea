/** How long a failed look at a subject waits for the next one, and when it is given up. */

/** After these a subject is dead until something new happens to it (SAFETY: whole job ≤ 20 attempts / 24 h). */
export const attemptsMax = 20;
export const failingHoursMax = 24;

const firstDelayMs = 1_000;
const delayMsMax = 2 * 60 * 60 * 1000;

/**
 * Doubles from one second to two hours, so that 19 waits together stay within a day.
 *
 * @param attempt the attempt that failed, from 1
 * @param luck from 0 to 1; spreads subjects that failed together
 * @returns milliseconds
 */
export function retryDelayMs(attempt: number, luck: number): number {
  const whole = Math.min(delayMsMax, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(whole * (0.5 + luck / 2));
}

/** What a thrown value says for the record: its text, and the moment before which trying again is of no use. */
export function readFailure(error: unknown): { error: string; retryAt: Date | null } {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isBearer = typeof error === "object" && error !== null && "retryAt" in error;
  return {
    // Shown in the list of dead letters. PostgreSQL's text cannot hold NUL.
    error: text.replaceAll("\0", "").slice(0, 1_000),
    retryAt: isBearer && isMoment(error.retryAt) ? error.retryAt : null,
  };
}

function isMoment(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
