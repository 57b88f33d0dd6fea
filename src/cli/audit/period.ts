/** A period as people write it on the command line. */

import { UsageError } from "../usage-error.ts";

export interface Period {
  /** Included; `null`: from the beginning. */
  from: Date | null;
  /** Not included; `null`: until now. */
  to: Date | null;
}

/**
 * @param from a day (`2026-10-01`, from its first moment in UTC) or a moment (`2026-10-01T08:00:00Z`)
 * @param to the same; a day is included whole
 * @throws {UsageError} for what is neither, and for a period that ends before it begins
 */
export function readPeriod(from: string | undefined, to: string | undefined): Period {
  const start = from === undefined ? null : momentOf("--from", from);
  const end = to === undefined ? null : momentOf("--to", to);
  const period = {
    from: start?.at ?? null,
    to: end === null ? null : end.isDay ? new Date(end.at.getTime() + 86_400_000) : end.at,
  };
  if (period.from && period.to && period.from >= period.to) {
    throw new UsageError(`The period ends (--to ${to}) before it begins (--from ${from}).`);
  }
  return period;
}

function momentOf(option: string, text: string): { at: Date; isDay: boolean } {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = new Date(text);
  const isReal = !Number.isNaN(at.getTime()) && (!isDay || at.toISOString().startsWith(text));
  if ((isDay || isMoment) && isReal) return { at, isDay };
  throw new UsageError(
    `${option} "${text}" is neither a day such as 2026-10-01 nor a moment such as 2026-10-01T08:00:00Z.`,
  );
}
