/** What a later change says of those before it, in its title and message. All of it is its author's word. */

import type { LaterChange } from "./later-change.ts";

export interface Marks {
  /** What it says to take back. */
  reverts: { shas: string[]; ids: string[]; title: string | null };
  /** The title of what it says to bring back. */
  reapplies: string | null;
  fix: FixMark | null;
}

export interface FixMark {
  /** Numbers (`#12`, `!12`) and the first seven letters of commits that it names. */
  names: ReadonlySet<string>;
}

/** Further text is not looked at. */
const messageMax = 20_000;

export function readMarks({ title, message }: Pick<LaterChange, "title" | "message">): Marks {
  const text = message.slice(0, messageMax);
  const quoted =
    /^(?:[a-z]{1,20}(?:\([^)]{0,100}\))?!?: )?revert:? "(.{1,300})"\s*(?:\((?:#|!)\d{1,9}\)\s*)?$/i.exec(
      title.trim(),
    )?.[1] ?? null;
  const conventional = /^revert(?:\([^)]{0,100}\))?!?:\s{0,5}(.{1,300})$/i.exec(title.trim())?.[1] ?? null;
  const reapplied = /^re-?apply:? "(.{1,300})"/i.exec(title.trim())?.[1] ?? reappliedIn(quoted);
  const reverts = {
    shas: [...text.matchAll(/^\s{0,10}(?:\* )?This reverts commit ([0-9a-f]{7,64})/gim)].flatMap(
      ([, sha]) => sha?.toLowerCase() ?? [],
    ),
    ids: [
      ...[...text.matchAll(/^Reverts (?:[\w.-]{1,100}\/[\w.-]{1,100})?#(\d{1,9})\b/gm)].flatMap(
        ([, number]) => `#${number}`,
      ),
      ...[...title.matchAll(/\brevert(?:s|ed)? (?:pr |mr |pull request |merge request )?([#!]\d{1,9})\b/gi)].flatMap(
        ([, id]) => id ?? [],
      ),
      ...[...text.matchAll(/^This reverts merge request !(\d{1,9})/gm)].flatMap(([, number]) => `!${number}`),
    ],
    title: quoted ?? conventional,
  };
  const isRevert = reverts.title !== null || reverts.shas.length > 0 || reverts.ids.length > 0;
  return {
    reverts,
    reapplies: reapplied,
    fix: isFix(title) && !isRevert ? { names: namesIn(`${title}\n${text}`, title) } : null,
  };
}

/** `Revert "Revert "x""` takes the revert back; `Reapply "x"` is how git says it since 2.43. */
function reappliedIn(quoted: string | null): string | null {
  return quoted === null ? null : (/^revert "(.{1,300})"$/i.exec(quoted)?.[1] ?? null);
}

/** A conventional `fix:`, or a title whose first words say that something is mended. Of dependencies, it mends somebody else's. */
function isFix(title: string): boolean {
  const text = title.trim();
  if (
    /^(?:fix|hotfix|bugfix)\((?:deps|deps-dev|dependencies|docs?|ci|build|typos?|lint|linters?|style|format|tests?)\)/i.test(
      text,
    )
  )
    return false;
  if (/\btypos?\b/i.test(text)) return false;
  return (
    /^(?:fix|hotfix|bugfix)(?:\([^)]{0,100}\))?!?:/i.test(text) ||
    /^(?:\[[^\]]{1,40}\]\s{0,3})?(?:(?:hot|bug|quick)-?fix|fix(?:e[sd]|ing)?)\b/i.test(text) ||
    /\bregression\b/i.test(text)
  );
}

/** Its own number, which GitHub puts behind the title, is no name of another. */
function namesIn(text: string, title: string): Set<string> {
  const own = /\(([#!]\d{1,9})\)\s*$/.exec(title.trim())?.[1];
  const names = new Set<string>();
  for (const [name] of text.matchAll(/(?<![\w/&])[#!]\d{1,9}\b/g)) if (name !== own) names.add(name);
  for (const [, number] of text.matchAll(/\/(?:pull|pulls)\/(\d{1,9})\b/g)) names.add(`#${number}`);
  for (const [sha] of text.matchAll(/\b(?=[0-9a-f]{0,63}\d)[0-9a-f]{7,64}\b/g)) names.add(sha.slice(0, 7));
  return names;
}
