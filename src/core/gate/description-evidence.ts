/** Reads a pull request's description as evidence: what stands in a template's comments or as a placeholder is no content. */

const headingLine = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const placeholder =
  /^(n\/?a|none|tbd|todo|to do|to be done|to be defined|\.{2,}|…|-+|_+|x+|\?+|not applicable|<[^<>]*>|\[[^[\]]*\])\.?$/i;

/**
 * @param heading compared without case, marks and closing hashes
 * @returns the section's own text, `null` when there is none or it holds nothing but comments and placeholders
 */
export function findSection(body: string, heading: string): string | null {
  const wanted = normalise(heading);
  let level = 0;
  let content: string[] | null = null;
  for (const line of visibleLines(body)) {
    const match = headingLine.exec(line);
    if (match?.[1] && match[2] !== undefined) {
      if (content && match[1].length <= level) {
        if (hasContent(content)) return content.join("\n").trim();
        content = null;
      }
      if (!content && normalise(match[2]) === wanted) {
        content = [];
        level = match[1].length;
      }
      continue;
    }
    content?.push(line);
  }
  return content && hasContent(content) ? content.join("\n").trim() : null;
}

/** Holds when the description has a task-list box with this text, ticked, and none with it left open. */
export function findTickedBox(body: string, text: string): boolean {
  const wanted = normalise(text);
  let isTicked = false;
  for (const line of visibleLines(body)) {
    const match = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+(.*)$/.exec(line);
    if (!match || normalise(match[2] ?? "") !== wanted) continue;
    if (match[1] === " ") return false;
    isTicked = true;
  }
  return isTicked;
}

function hasContent(lines: readonly string[]): boolean {
  return lines.some((line) => {
    const text = line.replace(/^\s*(?:[-*+>]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s*)?/, "").trim();
    return text !== "" && !placeholder.test(text) && !/^\s*(?:[-*+]|\d{1,9}[.)])\s+\[ \]/.test(line);
  });
}

/** Lines outside HTML comments and fenced code: what a reader of the page sees as text. An unclosed comment hides the rest. */
function visibleLines(body: string): string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of withoutComments(body.slice(0, 100_000)).split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === null) fence = mark;
    else if (mark && fence !== null && mark.startsWith(fence)) fence = null;
    else if (fence !== null) lines.push(line.replace(/^#/, "\\#"));
    else lines.push(line);
  }
  return lines;
}

function withoutComments(text: string): string {
  let rest = text;
  let visible = "";
  for (;;) {
    const start = rest.indexOf("<!--");
    if (start === -1) return visible + rest;
    visible += rest.slice(0, start);
    const end = rest.indexOf("-->", start + 4);
    if (end === -1) return visible;
    rest = rest.slice(end + 3);
  }
}

function normalise(text: string): string {
  return text
    .replace(/[*_`~:#]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
