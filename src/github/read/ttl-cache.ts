/** Keeps what was read for a short while; requests for the same thing at the same time share one reading. */

interface Kept<T> {
  value: Promise<T>;
  until: Date;
}

/** Far more than one installation's people and teams; the oldest go first. */
const entriesMax = 10_000;

export class TtlCache<T> {
  readonly #ttlMs: number;
  readonly #now: () => Date;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(ttlMs: number, now: () => Date) {
    this.#ttlMs = ttlMs;
    this.#now = now;
  }

  /** The kept value, or `null` where it has to be read. */
  get(key: string): Promise<T> | null {
    const kept = this.#kept.get(key);
    if (!kept) return null;
    if (kept.until > this.#now()) return kept.value;
    this.#kept.delete(key);
    return null;
  }

  /** Keeps a reading; one that fails is forgotten. */
  set(key: string, value: Promise<T>): void {
    const oldest = this.#kept.size >= entriesMax ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
    const kept = { value, until: new Date(this.#now().getTime() + this.#ttlMs) };
    this.#kept.set(key, kept);
    value.catch(() => {
      if (this.#kept.get(key) === kept) this.#kept.delete(key);
    });
  }

  /** Forgets everything whose key begins so. */
  forget(prefix: string): void {
    for (const key of this.#kept.keys()) if (key.startsWith(prefix)) this.#kept.delete(key);
  }
}
