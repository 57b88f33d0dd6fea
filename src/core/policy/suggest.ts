/** "Did you mean …": the known word that is nearest to what was typed. */

/**
 * @returns the nearest candidate within two edits (one for words of four letters or fewer), or one that means the same but for case and
 * separators; `null` when nothing is near
 */
export function suggest(word: string, candidates: readonly string[]): string | null {
  const same = candidates.find((candidate) => canonical(candidate) === canonical(word));
  if (same !== undefined) return same;
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= editsAllowed(word, candidate) && (best === null || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate ?? null;
}

function editsAllowed(word: string, candidate: string): number {
  return Math.min(word.length, candidate.length) <= 4 ? 1 : 2;
}

function canonical(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Edits (insert, delete, replace, swap neighbours) that turn one word into the other; words longer than 64 are as far as can be. */
export function editDistance(from: string, to: string): number {
  if (from.length > 64 || to.length > 64) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let edits = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
