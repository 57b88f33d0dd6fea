/** Looks that nobody waits for, spread over time. */

export interface Spread<T> {
  item: T;
  /** How much later than the first, in milliseconds. */
  delayMs: number;
}

/** So many at once, and so many a minute after: 900 an hour of the 5,000 requests that GitHub allows an installation. */
const atOnceMax = 150;
const perMinute = 15;

/**
 * @param weightOf how many looks an item stands for
 * @see https://docs.github.com/apps/creating-github-apps/registering-a-github-app/rate-limits-for-github-apps
 */
export function spread<T>(items: readonly T[], weightOf: (item: T) => number = () => 1): Spread<T>[] {
  let before = 0;
  return items.map((item) => {
    const minutes = Math.ceil(Math.max(0, before + 1 - atOnceMax) / perMinute);
    before += weightOf(item);
    return { item, delayMs: minutes * 60_000 };
  });
}
