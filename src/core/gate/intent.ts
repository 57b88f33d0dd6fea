/** What a comment in free text means for the review. Whatever is not plain is `ambiguous`, and ambiguous never approves. */

import { doubts, fillers, type IntentPhrases } from "./intent-phrases.ts";

export type Intent = "approve" | "reject" | "edit" | "ambiguous" | "none";

/**
 * Approves only where nothing else is said: phrases that approve and courtesies. A condition, a negation, a question, a further
 * intent, or any word that is not understood beside the phrase makes it ambiguous; so does a phrase that stands only in a quote
 * or in code. A rejection may give its reasons and may ask for edits; a doubt in its own sentence makes it ambiguous.
 *
 * @param text Markdown, as written by anybody
 */
export function intentOf(text: string, phrases: IntentPhrases): Intent {
  const table = tableOf(phrases);
  const { said, cited } = apart(text);
  const sentences = sentencesOf(said).map((sentence) => readSentence(sentence, table));
  const has = (kind: Kind) => sentences.some(({ kinds }) => kinds.has(kind));
  if (has("approve")) {
    const isPlain = sentences.every(({ isDoubted, isUnderstood }) => !isDoubted && isUnderstood);
    return isPlain && !has("reject") && !has("edit") ? "approve" : "ambiguous";
  }
  const rejections = sentences.filter(({ kinds }) => kinds.has("reject"));
  if (rejections.length > 0) return rejections.some(({ isDoubted }) => !isDoubted) ? "reject" : "ambiguous";
  if (has("edit")) return "edit";
  const isCited = sentencesOf(cited).some((sentence) => {
    const { kinds } = readSentence(sentence, table);
    return kinds.has("approve") || kinds.has("reject");
  });
  return isCited ? "ambiguous" : "none";
}

type Kind = keyof IntentPhrases;

interface Sentence {
  words: string[];
  isQuestion: boolean;
}

interface SentenceReading {
  kinds: Set<Kind>;
  isDoubted: boolean;
  /** Nothing but phrases and courtesies. */
  isUnderstood: boolean;
}

function readSentence({ words, isQuestion }: Sentence, table: PhraseTable): SentenceReading {
  const kinds = new Set<Kind>();
  let isDoubted = isQuestion;
  let isUnderstood = true;
  for (let index = 0; index < words.length; ) {
    const match = longestAt(words, index, table);
    if (match) {
      kinds.add(match.kind);
      index += match.words.length;
      continue;
    }
    const word = words[index] ?? "";
    if (isDoubt(word)) isDoubted = true;
    else if (!fillers.has(word) && !word.startsWith("@")) isUnderstood = false;
    index += 1;
  }
  return { kinds, isDoubted, isUnderstood };
}

function isDoubt(word: string): boolean {
  return doubts.has(word) || /n't$/.test(word);
}

interface Phrase {
  kind: Kind;
  words: string[];
}
/** By the first word, longest first: `not approved` is read before `approved`. */
type PhraseTable = ReadonlyMap<string, Phrase[]>;

const tables = new WeakMap<IntentPhrases, PhraseTable>();

function tableOf(phrases: IntentPhrases): PhraseTable {
  const known = tables.get(phrases);
  if (known) return known;
  const table = new Map<string, Phrase[]>();
  // Of one phrase under several kinds the one that approves least is meant.
  for (const kind of ["reject", "edit", "approve"] as const) {
    for (const text of phrases[kind]) {
      const words = sentencesOf(text).flatMap((sentence) => sentence.words.map(withoutAccents));
      const [first] = words;
      if (first !== undefined) table.set(first, [...(table.get(first) ?? []), { kind, words }]);
    }
  }
  for (const list of table.values()) list.sort((a, b) => b.words.length - a.words.length);
  tables.set(phrases, table);
  return table;
}

function longestAt(words: readonly string[], start: number, table: PhraseTable): Phrase | undefined {
  const first = words[start];
  if (first === undefined) return undefined;
  return table
    .get(withoutAccents(first))
    ?.find((phrase) => phrase.words.every((word, index) => withoutAccents(words[start + index] ?? "") === word));
}

function withoutAccents(word: string): string {
  return word.normalize("NFD").replace(/\p{Mn}/gu, "");
}

/** Words of a sentence: `don't`, `+1`, `r+`, `:+1:`, `@login`, one emoji. */
const token =
  /:[+\w-]+:|@[\w-]+(?:\[bot\])?|r\+(?!\w)|(?<![\w+-])[+-]1(?![\w.])|[\p{Extended_Pictographic}\p{So}\p{Sm}]|[\p{L}\p{M}\p{N}_]+(?:'\p{L}+)*|[.!?;¿¡\n]/gu;

function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let current: Sentence = { words: [], isQuestion: false };
  const close = () => {
    if (current.words.length > 0 || current.isQuestion) sentences.push(current);
    current = { words: [], isQuestion: false };
  };
  // Skin tones and the variation selector of emoji say nothing.
  const plain = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, "")
    .replace(/[’`]/g, "'");
  for (const [word] of plain.matchAll(token)) {
    if (word === "¿") current.isQuestion = true;
    else if (word === "?") {
      current.isQuestion = true;
      close();
    } else if (/^[.!;¡\n]$/.test(word)) close();
    else current.words.push(word);
  }
  close();
  return sentences;
}

/** What a person says, and what they only cite: quotes, code, text struck out, comments that nobody sees. */
function apart(text: string): { said: string; cited: string } {
  const said: string[] = [];
  const cited: string[] = [];
  let fence: string | null = null;
  for (const line of text.replace(/<!--[\s\S]*?(?:-->|$)/g, keep(cited)).split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark : null;
    else if (fence !== null || /^ {0,3}>/.test(line) || /^(?: {4}|\t)/.test(line)) cited.push(line);
    // Commands are read elsewhere.
    else if (!/^\s*\//.test(line)) said.push(line.replace(inlineCitation, keep(cited)));
  }
  return { said: said.join("\n"), cited: cited.join("\n") };
}

const inlineCitation = /`[^`]*`|"[^"]*"|“[^”]*”|«[^»]*»|~~[^~]*~~/g;

/** What is lifted out leaves a mark that nobody understands, so that what is left does not read as if it stood alone. */
function keep(cited: string[]): (match: string) => string {
  return (match) => {
    cited.push(match);
    return match.startsWith("<!--") ? " " : " cited_text ";
  };
}
