/** Sentences for people, before it is known where they are shown: our own words, and other people's words kept apart from them. */

/** A piece of text written by others (a title, a path, a login) is never a plain string: renderers escape it. */
export type Piece =
  | { kind: "ours"; text: string }
  | { kind: "theirs"; text: string }
  | { kind: "code"; text: string }
  | { kind: "person"; login: string; isBot: boolean }
  | { kind: "strong"; words: Words }
  | { kind: "link"; words: Words; href: string };

export type Words = readonly Piece[];

/**
 * Makes a sentence: the literal parts are ours, strings put into it are other people's.
 *
 * @example say`Waiting for ${role} (${1} of ${2})`
 */
export function say(parts: TemplateStringsArray, ...values: (string | number | Piece | Words)[]): Words {
  const words: Piece[] = [];
  parts.forEach((part, index) => {
    if (part !== "") words.push({ kind: "ours", text: part });
    const value = values[index];
    if (value !== undefined) words.push(...toWords(value));
  });
  return words;
}

function toWords(value: string | number | Piece | Words): Words {
  if (typeof value === "string") return value === "" ? [] : [{ kind: "theirs", text: value }];
  if (typeof value === "number") return [{ kind: "ours", text: String(value) }];
  return "kind" in value ? [value] : value;
}

export function code(text: string): Piece {
  return { kind: "code", text };
}

export function strong(words: Words): Piece {
  return { kind: "strong", words };
}

/** A link; without an address only its words. */
export function link(words: Words, href: string | null): Words {
  return href === null ? words : [{ kind: "link", words, href }];
}

/** A phrase of ours around other people's names in back-ticks, as findings and traces carry: `exported function \`parse\` was removed`. */
export function phrase(text: string): Words {
  const words: Piece[] = [];
  // With an odd number of back-ticks the last one is only text.
  const pieces = text.split("`");
  const codeMax = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  pieces.forEach((piece, index) => {
    const isCode = index % 2 === 1 && index < codeMax;
    if (isCode && piece !== "") words.push({ kind: "code", text: piece });
    else if (piece !== "")
      words.push({ kind: "theirs", text: index === codeMax && index % 2 === 1 ? `\`${piece}` : piece });
  });
  return words;
}

/** A sentence of our own from a table, with names in back-ticks. */
export function ourPhrase(text: string): Words {
  return phrase(text).map((piece) => (piece.kind === "theirs" ? { kind: "ours", text: piece.text } : piece));
}

/** Puts a separator between sentences. */
export function join(list: readonly Words[], separator: string): Words {
  return list.flatMap((words, index) => (index === 0 ? words : [{ kind: "ours", text: separator } as const, ...words]));
}

/** `a`, `a and b`, `a, b and c`; beyond `max` the rest is counted: `a, b and 3 more`. */
export function joinList(list: readonly Words[], conjunction: "and" | "or" = "and", max = 5): Words {
  const shown = list.length > max ? [...list.slice(0, max), say`${list.length - max} more`] : list;
  const last = shown.at(-1);
  if (!last || shown.length === 1) return last ?? [];
  return [...join(shown.slice(0, -1), ", "), { kind: "ours", text: ` ${conjunction} ` }, ...last];
}

/** `a, b, c`; beyond `max` the rest is counted: `a, b and 3 more`. */
export function enumerate(list: readonly Words[], max = 5): Words {
  return list.length > max ? joinList(list, "and", max) : join(list, ", ");
}

/** As plain text on one line, for titles and for terminals; nothing of it can steer a terminal. */
export function toPlain(words: Words): string {
  return words.map(pieceToPlain).join("");
}

function pieceToPlain(piece: Piece): string {
  switch (piece.kind) {
    case "ours":
      return piece.text;
    case "theirs":
    case "code":
      return oneLine(piece.text);
    case "person":
      return piece.isBot ? oneLine(piece.login) : `@${oneLine(piece.login)}`;
    case "strong":
    case "link":
      return toPlain(piece.words);
  }
}

// Controls, format characters (direction marks and overrides, zero-width, tags), halves of surrogate pairs, line separators and blanks
// that look like nothing: invisible, or able to make text look like another.
const invisible = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** One line without invisible characters: line ends and tabs become spaces, the others are spelt out, so that nothing hides. */
export function oneLine(text: string): string {
  return text.replace(/\r\n|[\r\n\t]/g, " ").replace(invisible, (character) => spelt(character));
}

/** As {@link oneLine}, but line ends and tabs stay: for code blocks. */
export function manyLines(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(invisible, (character) => (character === "\n" || character === "\t" ? character : spelt(character)));
}

function spelt(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Cuts text to so many characters, with an ellipsis in the place of the rest; never through the middle of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
