/** Small statistics, said with how little they rest on. */

/** @returns `null` of nothing; of an even count the lower of the two in the middle, so that it is always one of the values */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export interface Share {
  count: number;
  of: number;
  /** 0 to 1; `null` of nothing. */
  share: number | null;
  /** Where the true share lies in 19 of 20 cases, from 0 to 1; `null` of nothing. */
  interval: [low: number, high: number] | null;
}

/** With Wilson's interval, which holds up for few cases and for shares near 0 and 1. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, interval: null };
  const z = 1.96;
  const share = count / of;
  const scale = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / scale;
  return {
    count,
    of,
    share, // At the ends it touches them, whatever rounding says.
    interval: [count === 0 ? 0 : middle - half, count === of ? 1 : middle + half],
  };
}
