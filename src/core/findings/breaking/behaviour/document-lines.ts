/** What single lines of documentation say. */

import { isApiReport, isFixture, isTest } from "../../file-role.ts";

/** Holds for prose that users read; changelogs are looked at apart, as they only gain lines. */
export function isGuide(path: string): boolean {
  return (
    /\.(md|mdx|rst|adoc|asciidoc|txt|org)$/i.test(path) &&
    !isApiReport(path) &&
    !isChangelog(path) &&
    !isUpgradeNote(path) &&
    !notForUsers.test(path) &&
    !isTest(path) &&
    !isFixture(path)
  );
}

const notForUsers =
  /(^|\/)(requirements[^/]*\.txt|CMakeLists\.txt|robots\.txt|llms[^/]*\.txt|LICENSE[^/]*|NOTICE[^/]*|CODE_OF_CONDUCT[^/]*|CONTRIBUTING[^/]*|SECURITY[^/]*|AUTHORS[^/]*|MAINTAINERS[^/]*|PULL_REQUEST_TEMPLATE[^/]*|AGENTS\.md|CLAUDE\.md)$|(^|\/)(rfcs?|adrs?|proposals?|blog|decisions|development|contributing|\.github|\.changeset)\//i;

const changelog =
  /(^|\/)(CHANGELOG|CHANGES|HISTORY|RELEASES?|RELEASE[-_]?NOTES|NEWS|changelog)[^/]{0,40}$|(^|\/)release[-_]notes\//i;

function isChangelog(path: string): boolean {
  return changelog.test(path) && /\.(md|mdx|rst|adoc|txt)$|(^|\/)[A-Z]+$/i.test(path);
}

/** Upgrade guides and release notes are read apart: they name what is gone on purpose. */
function isUpgradeNote(path: string): boolean {
  return /(^|\/)[^/]{0,60}(migrat(e|ion|ing)|upgrad(e|ing)|what'?s[-_ ]?new|breaking|deprecations?)[^/]{0,60}\.(md|mdx|rst|adoc|txt)$/i.test(
    path,
  );
}

/** A thing that a line is about, and how it stands there. */
export interface NamedThing {
  kind: "flag" | "heading" | "option";
  name: string;
}

/**
 * @returns what the line introduces: a heading, a flag, a list item or table row that begins with a name in back-ticks
 */
export function thingOf(text: string): NamedThing | null {
  const line = text.slice(0, 500);
  const flag = /^[\s|*+\-#`]{0,12}(?:-\w,?\s{0,3})?`{0,2}(--[a-z][\w-]{1,60})\b/i.exec(line)?.[1];
  if (flag !== undefined) return { kind: "flag", name: flag };
  const heading = /^(?:#{1,6}|={2,6})\s+(.{1,200})$/.exec(line)?.[1];
  if (heading !== undefined) return { kind: "heading", name: plain(heading) };
  const option = /^\s{0,8}(?:[-*+]|\|)\s{0,8}(?:\*\*)?`([^`]{1,80})`/.exec(line)?.[1];
  return option === undefined ? null : { kind: "option", name: option };
}

function plain(heading: string): string {
  return heading
    .replace(/[`*_#]/g, "")
    .replace(/\{[^}]{0,80}\}|\[#[^\]]{0,80}\]/g, "")
    .trim();
}

const breakWords =
  /\bno longer\b(?! (?:need|required|necessary))|\b(?:was|were|been|is|are) (?:removed|dropped|renamed)\b|\bremoved (?:in|from) v?\d|\bdrop(?:s|ped)? support\b|\bpreviously\b.{0,80}\bnow\b|\bupgrad(?:e|ing) (?:from|to) v?\d|\bnot backwards?[- ]compatible\b|\bmust now\b|\bnow (?:required?s?|throws?|raises?|defaults?)\b|\bnew default\b|\b(?:breaking change|migrat(?:e|ion|ing))\b.{0,60}\bv?\d/i;

/**
 * @returns what a line gives as a default: what stands in back-ticks or quotes, a number or a truth value, behind the word `default`; `null`
 * for other lines
 */
export function documentedDefault(text: string): string | null {
  const line = text.slice(0, 500);
  const word = /(?<!export )\bdefaults?\b(?!-)/i.exec(line);
  if (word === null) return null;
  const value = /`[^`]{1,100}`|"[^"]{1,100}"|'[^']{1,100}'|\b\d[\w.]{0,30}|\b(?:true|false|null|none|empty|on|off)\b/i;
  return value.exec(line.slice(word.index + word[0].length))?.[0] ?? null;
}

/** Holds for sentences that tell users of something they have to adapt to. */
export function tellsOfBreak(text: string): boolean {
  return breakWords.test(text.slice(0, 500));
}
