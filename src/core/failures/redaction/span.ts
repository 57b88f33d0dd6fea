/** Parts of a text that are to be cut out. */

export interface Span {
  start: number;
  end: number;
}

/** What stands in a secret's place: the same for all, so that two runs with two secrets read alike. */
export const redactedMark = "[redacted]";

/** @returns the text without the parts, and how many there were; parts that touch are one */
export function cutOut(text: string, spans: readonly Span[]): { text: string; count: number } {
  let out = "";
  let at = 0;
  let count = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    // What reaches on beyond the one before, or begins where it ended, is cut with it.
    if (start > at || count === 0) {
      out += text.slice(at, start) + redactedMark;
      count++;
    }
    at = endOfWord(text, end);
  }
  return { text: out + text.slice(at), count };
}

/** Holds for what the runner, or we, cut out already. */
export function isCutAlready(value: string): boolean {
  return value.replaceAll(redactedMark, "").replaceAll("*", "").trim() === "";
}

/** What goes on behind a secret without a break belongs to it. */
function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
