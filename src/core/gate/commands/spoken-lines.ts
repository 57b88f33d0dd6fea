/** What a person says in a comment themselves: commands and phrases count nowhere else. */

/** Lines that a person wrote in the comment itself: no quotes, no fenced or indented code. */
export function spokenLines(body: string): string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const raw of body.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
    if (mark) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
      continue;
    }
    if (fence !== null || /^ {0,3}>/.test(raw) || /^( {4}|\t)/.test(raw)) continue;
    const line = raw.trim();
    if (line) lines.push(line);
  }
  return lines;
}
