/** Keeps what was used last, as much of it as there is room for. */

export interface BoundedCache<V> {
  get(key: string): V | undefined;
  /** @param weight in the unit of the cache's room; what is heavier than all of it is not kept */
  set(key: string, value: V, weight: number): void;
}

export function createBoundedCache<V>(room: number): BoundedCache<V> {
  /** In the order of last use, as a `Map` keeps the order of insertion. */
  const entries = new Map<string, { value: V; weight: number }>();
  let filled = 0;
  const take = (key: string) => {
    const entry = entries.get(key);
    if (entry !== undefined) {
      entries.delete(key);
      filled -= entry.weight;
    }
    return entry;
  };
  const put = (key: string, entry: { value: V; weight: number }) => {
    entries.set(key, entry);
    filled += entry.weight;
  };
  return {
    get(key) {
      const entry = take(key);
      if (entry !== undefined) put(key, entry);
      return entry?.value;
    },
    set(key, value, weight) {
      take(key);
      if (weight > room) return;
      put(key, { value, weight });
      for (const oldest of entries.keys()) {
        if (filled <= room) return;
        take(oldest);
      }
    },
  };
}
