/** The one comment on a pull request: the check in short, from the same rows, so that both say the same. It mentions nobody. */

import type { Standing } from "../gate/standing.ts";
import type { Verdict } from "../gate/verdict.ts";
import { bypassParagraphs } from "./bypass-words.ts";
import { checkIdentity } from "./check-identity.ts";
import type { CheckRunDraft } from "./check-run.ts";
import { firstLine } from "./check-summary.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { isOpenRow, marks, type Row, rowsOf } from "./rows.ts";
import { count, type Telling } from "./telling.ts";
import { code, oneLine, type Piece, say, strong, type Words } from "./words.ts";

/** By which ours is found again among the comments that we wrote; in anybody else's it means nothing. */
export const stickyMarker = "<!-- holdpoint sticky -->";

/** GitHub takes 65,536 characters; a comment that says all would be the check again. */
const bytesMax = 8_000;
/** Open points told in full; the check has the rest. */
const rowsMax = 12;

/** @param heldBy another pull request on the same commit that holds this one */
export function renderSticky(verdict: Verdict, telling: Telling, heldBy: number | null): string {
  const rows = rowsOf(verdict, telling);
  const open = rows.filter(isOpenRow);
  const met = rows.filter((row) => row.state === "satisfied").length;
  const passed = rows.filter((row) => row.state === "bypassed").length;
  const held =
    heldBy === null
      ? []
      : say`It shares its commit with ${{ kind: "ours", text: `#${heldBy}` }}, which may not be merged yet; until then neither may be.`;
  const shown = open.slice(0, rowsMax);
  const more = open.length - shown.length;
  const tail = [
    ...(more > 0 ? [say`${count(more, "more open point")}`] : []),
    ...(passed > 0 ? [say`${count(passed, "point")} let through without being met`] : []),
    ...(met > 0 ? [say`${count(met, "point")} met`] : []),
    say`the check ${code(checkIdentity(telling.snapshot).name)} tells all of it`,
  ];
  const way = fastestWayWords(verdict, telling);
  return finish([
    paragraph(firstLine(verdict, rows)),
    ...(held.length > 0 ? [paragraph(held)] : []),
    ...bypassParagraphs(verdict, telling).map(paragraph),
    ...(shown.length > 0
      ? [keep("| | What | Why | Who or how |\n|---|---|---|---|\n"), ...shown.map(rowBlock), keep("\n")]
      : []),
    ...(way.length > 0 ? [paragraph(way)] : []),
    paragraph(sentence(tail)),
  ]);
}

/** Where nothing was judged rule by rule, or no longer is: what the check says at the top. */
export function renderStickyTitle({ title, name }: Pick<CheckRunDraft, "title" | "name">): string {
  return finish([paragraph(strong(say`${oneLine(title)}`)), paragraph(say`The check ${code(name)} says more.`)]);
}

/** The policy wants no comment any more: what stands there must not be taken for the state of things. */
export function renderStickyEnd({ name }: Pick<CheckRunDraft, "name">): string {
  return finish([
    paragraph(say`This comment is no longer kept up to date; the check ${code(name)} tells how things stand.`),
  ]);
}

/** Something that a person can do is open. */
export function isWorthSaying(standing: Standing): boolean {
  return standing === "waiting" || standing === "must_change" || standing === "error";
}

function paragraph(words: Words | Piece): Block {
  return keep(`${toMarkdown(quietWords("kind" in words ? [words] : words))}\n\n`);
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}

function rowBlock(row: Row): Block {
  const cells = [row.what, row.why, row.who].map((words) => toMarkdown(quietWords(words)));
  return { text: `| ${marks[row.state]} | ${cells.join(" | ")} |\n`, expendable: 1, name: "open points" };
}

function sentence(parts: readonly Words[]): Words {
  const words = parts.flatMap((part, index) => (index === 0 ? part : [...say`; `, ...part]));
  const [first, ...rest] = words;
  if (first?.kind !== "ours") return say`${words}.`;
  return say`${{ kind: "ours", text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }}${rest}.`;
}

function finish(blocks: readonly Block[]): string {
  return `${fitBytes(blocks, bytesMax).trimEnd()}\n\n${stickyMarker}`;
}
