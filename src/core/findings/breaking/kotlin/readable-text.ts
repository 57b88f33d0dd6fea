/** Kotlin without what the grammar stumbles over, each thing at its place: only blanks are put in. */

/** Stands for `Deprecated` where that hides what it stands at; as long as it. */
export const hiddenName = "HiddenHere";

/** Longest list of arguments of an annotation that is blanked. */
const argumentsMax = 5000;

/**
 * - It does not know interfaces with one function: `fun` goes.
 * - It takes declarations under several annotations with arguments for an expression: the arguments go; what `Deprecated` hides bears another name.
 */
export function readableText(text: string): string {
  const plain = text.replace(/\bfun(?=[ \t]{1,20}interface\b)/g, "   ");
  const parts: string[] = [];
  let done = 0;
  for (const { 0: found, index } of plain.matchAll(/^[ \t]{0,200}@(?:[a-z]{1,20}:)?[\w.]{1,200}\(/gm)) {
    const open = index + found.length - 1;
    const close = open < done ? -1 : closingOf(plain, open);
    if (close === -1) continue;
    const given = plain.slice(open, close + 1);
    const before = plain.slice(done, open);
    const isHidden = /\bHIDDEN\b/.test(given) && before.endsWith("Deprecated");
    parts.push(isHidden ? before.slice(0, -hiddenName.length) + hiddenName : before, blank(given));
    done = close + 1;
  }
  return parts.join("") + plain.slice(done);
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, " ");
}

/** Where the bracket closes that opens at `open`, brackets in texts left out; -1 where it does not, or too far away. */
function closingOf(text: string, open: number): number {
  let depth = 0;
  let isText = false;
  for (let at = open; at < Math.min(text.length, open + argumentsMax); at++) {
    const one = text.charAt(at);
    if (isText && one === "\\") at++;
    else if (one === '"') isText = !isText;
    else if (!isText && one === "(") depth++;
    else if (!isText && one === ")" && --depth === 0) return at;
  }
  return -1;
}
