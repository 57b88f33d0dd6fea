/** What looks like a secret without anybody saying so: addresses with a password, web tokens, and runs as only generators make them. */

import { isRandomRun } from "../../findings/security/secrets/placeholder.ts";
import { isCutAlready, type Span } from "./span.ts";

/** 1: what stands before the host. Of databases a password may hold slashes. */
const addresses = [
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#"'`<>]{1,300})@/gi,
  /(?<![a-z0-9+.-])(?:postgres|postgresql|mysql|mariadb|mongodb|mongodb\+srv|redis|rediss|amqp|amqps|ldap|ldaps|smtp|smtps|sqlserver):\/\/([^\s"'`<>]{1,200})@/gi,
];

/** Also without its end, where a log was cut. */
const webToken = /(?<![\w.])eyJ[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{0,4000}){0,2}/g;

const runCharactersMin = 24;
const run = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** Small letters and digits without a word: what is hexadecimal names commits and digests, and stays. */
const smallRun = /(?<![A-Za-z0-9])[a-z0-9]{28,400}(?![A-Za-z0-9])/g;

export function opaqueSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const address of addresses) {
    for (const match of text.matchAll(address)) {
      const user = match[1] ?? "";
      if (!isUserAlone(user))
        spans.push({ start: match.index + match[0].length - 1 - user.length, end: match.index + match[0].length - 1 });
    }
  }
  for (const { index, 0: token } of text.matchAll(webToken)) spans.push({ start: index, end: index + token.length });
  for (const { index, 0: found } of text.matchAll(run)) {
    for (const { at, part } of isPath(found) ? partsOf(found) : [{ at: 0, part: found }]) {
      if (isRandomRun(part) && !isAdvisory(part)) spans.push({ start: index + at, end: index + at + part.length });
    }
  }
  for (const { index, 0: found } of text.matchAll(smallRun)) {
    if (isRandomSmall(found)) spans.push({ start: index, end: index + found.length });
  }
  return spans;
}

/** `git@host` says who asks, as everybody does; a token stands there as well, and is longer. */
function isUserAlone(user: string): boolean {
  const [name = "", ...password] = user.split(":");
  const isNameShort = name.length < 16 || isCutAlready(name);
  return isNameShort && (password.length === 0 || isCutAlready(password.join(":")));
}

/** Names of folders that a machine made up make a path look random as a whole. */
function isPath(found: string): boolean {
  return /^(?:\/|[a-z_-]{2,20}\/)/.test(found);
}

function partsOf(path: string): { at: number; part: string }[] {
  let at = 0;
  return path.split("/").flatMap((part) => {
    const start = at;
    at += part.length + 1;
    return part.length >= runCharactersMin ? [{ at: start, part }] : [];
  });
}

function isRandomSmall(text: string): boolean {
  if (/^[0-9a-f]*$/.test(text) || !/[a-z]/.test(text)) return false;
  let changes = 0;
  for (let at = 1; at < text.length; at++) {
    if (isDigit(text.charCodeAt(at)) !== isDigit(text.charCodeAt(at - 1))) changes++;
  }
  return changes >= 7;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The id of an advisory, which everybody is to look up. */
function isAdvisory(found: string): boolean {
  return /(?:^|\/)GHSA(?:-[0-9a-z]{4}){3}$/.test(found);
}
