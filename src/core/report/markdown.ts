/** Words as GitHub Markdown. Other people's text comes out as text: it never mentions, closes, links, formats or hides. */

import { cut, manyLines, oneLine, type Piece, type Words } from "./words.ts";

/** Longest piece of other people's text in a sentence; what is longer is cut. Paths may be 4,096 bytes, titles 256 characters. */
const pieceMax = 300;

export function toMarkdown(words: Words): string {
  return words.map(pieceToMarkdown).join("");
}

function pieceToMarkdown(piece: Piece): string {
  switch (piece.kind) {
    case "ours":
      return piece.text;
    case "theirs":
      return escapeMarkdown(cut(piece.text, pieceMax));
    case "code":
      return codeSpan(cut(piece.text, pieceMax));
    case "person":
      return mention(piece.login, piece.isBot);
    case "strong":
      return `**${toMarkdown(piece.words)}**`;
    case "link":
      return linkTo(toMarkdown(piece.words), piece.href);
  }
}

// Ends whatever GitHub was about to recognise, and is not seen. None is left in the text itself: `oneLine` spells them out.
const breaker = "\u200b";

/**
 * Escapes text for the inside of a paragraph, a list item or a table cell.
 *
 * @see https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/gh-(?=\d)/gi, (match) => `${match}${breaker}`)
    .replace(/www(?=\.)/gi, (match) => `${match}${breaker}`)
    .replace(/[0-9a-f]{7,}/gi, (id) => `${id.slice(0, 3)}${breaker}${id.slice(3)}`) // commit ids
    .replace(/^\s*(?=[-+=]|\d+[.)])/, breaker) // a list or an underline, where the text starts a line
    .replace(/(?<![a-z0-9])_|_(?![a-z0-9])|[\\`*[\]|~&<>$@#:\u200b]/gi, escapeMark);
}

function escapeMark(mark: string): string {
  switch (mark) {
    case breaker:
      return "&#8203;";
    case "&":
      return "&amp;";
    case "<":
      return "&lt;";
    case ">":
      return "&gt;";
    case "$": // mathematics starts before Markdown is read, so that a backslash is no help
      return "&#36;";
    case "@": // mentions and e-mail addresses
      return "@&#8203;";
    case "#": // `#1`, `owner/repo#1`
      return "\\#&#8203;";
    case ":": // addresses, and emoji by name
      return ":&#8203;";
    default:
      return `\\${mark}`;
  }
}

/** Code within a sentence, also in a table cell, whose bars would else end the cell. */
export function codeSpan(text: string): string {
  const content = oneLine(text);
  if (content === "") return "";
  if (/[|\\]/.test(content)) return `<code>${escapeMarkdown(content)}</code>`;
  const fence = "`".repeat(longestRun(content) + 1);
  // A space on both sides is taken off again; it keeps back-ticks and spaces at the ends.
  const padding = /^[` ]|[` ]$/.test(content) ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** A fenced block whose fence is longer than any inside. */
export function codeBlock(text: string, language = ""): string {
  const content = manyLines(text).replace(/\n+$/, "");
  const fence = "`".repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}

// GitHub's logins: letters, digits and single dashes, at most 39; managed users end in `_shortcode`.
const login = /^[a-z0-9](?:[a-z0-9-]{0,38})(?:_[a-z0-9]{1,16})?$/i;

/** A person by login. This is the only text that mentions, and it does so because we mean that person. */
function mention(name: string, isBot: boolean): string {
  return !isBot && login.test(name) ? `@${name}` : escapeMarkdown(name);
}

function linkTo(words: string, href: string): string {
  if (!/^(https?:\/\/|#)/i.test(href)) return words;
  // `encodeURI` throws on half a surrogate pair; marks that end a Markdown link are encoded by hand.
  const safe = encodeURI(href.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, "%$1");
  return `[${words}](${safe.replace(/[()|'"<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}
