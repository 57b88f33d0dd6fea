/** The outside is not where it has to be for a judgement: look again at a given time. */

export class NotYet extends Error {
  override readonly name = "NotYet";
  readonly retryAt: Date;

  constructor(why: string, retryAt: Date) {
    super(why);
    this.retryAt = retryAt;
  }
}

/** @param attempt from 1; waits 1, 2, 4, … seconds, at most 30 */
export function soon(now: Date, attempt: number): Date {
  return new Date(now.getTime() + Math.min(30, 2 ** (attempt - 1)) * 1000);
}
