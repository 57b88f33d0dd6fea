/** What a person says in a comment themselves: commands and phrases count nowhere else. */

export interface SpokenLine {
  /** Without white space at its ends. */
  text: string;
  isIndented: boolean;
  /** A blank line stands before it, or a quote, or code. */
  startsBlock: boolean;
}

/** Lines that a person wrote in the comment itself: no quotes, no fenced or indented code. */
export function spokenLines(body: string): string[] {
  return spokenBlocks(body).map(({ text }) => text);
}

/** The same with how they stand in the text. */
export function spokenBlocks(body: string): SpokenLine[] {
  const lines: SpokenLine[] = [];
  let fence: string | null = null;
  let startsBlock = true;
  for (const raw of body.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
    if (mark) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
      startsBlock = true;
      continue;
    }
    const text = raw.trim();
    if (fence !== null || /^ {0,3}>/.test(raw) || /^( {4}|\t)/.test(raw) || text === "") {
      startsBlock = true;
      continue;
    }
    lines.push({ text, isIndented: /^\s/.test(raw), startsBlock });
    startsBlock = false;
  }
  return lines;
}
