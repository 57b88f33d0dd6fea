/** What follows `/holdpoint bypass`. */

import type { BypassScope } from "./bypass.ts";

export type BypassCommand =
  | { kind: "request"; scope: BypassScope; reason: string | null; cause: string }
  | { kind: "agree" }
  | { kind: "cancel" }
  /** It does not say what should be opened. */
  | { kind: "malformed" };

/** Opening quotes as keyboards and correction make them, each with those that may close it. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"”“',
  "'": "'’",
  "“": '”"',
  "„": '“”"',
  "‘": "’'",
  "‚": "‘’'",
  "«": "»",
  "»": "«",
  "`": "`",
};

/** Where nothing says which kind of emergency it is. */
export const unspecifiedCause = "unspecified";

/** @param rest of the line, white space collapsed. Dashes that correction made of `--` are taken as such. */
export function parseBypass(rest: string): BypassCommand {
  if (/^agree[ds]?[.!]?$/i.test(rest)) return { kind: "agree" };
  if (/^(cancel|withdraw)[.!]?$/i.test(rest)) return { kind: "cancel" };
  const { reason, others } = takeReason(rest);
  const { cause, others: words } = takeCause(others);
  if (/(^|\s)(--|[—–])/.test(words)) return { kind: "malformed" };
  const names = words.split(/[\s,]+/).filter((name) => name !== "" && name.toLowerCase() !== "and");
  if (names.length === 0) return { kind: "malformed" };
  const scope = names.some((name) => name.toLowerCase() === "all") ? ("all" as const) : [...new Set(names)];
  return { kind: "request", scope, reason, cause };
}

/** In quotes, or to the end of the line; a cause at its very end is none of it. */
function takeReason(text: string): { reason: string | null; others: string } {
  const flag = /(?:^|\s)(?:--|[—–])reason(?:[\s=:]+|$)/i.exec(text);
  if (flag === null) return { reason: null, others: text };
  const before = text.slice(0, flag.index);
  const after = text.slice(flag.index + flag[0].length);
  const closing = quotes[after.charAt(0)];
  if (closing === undefined) {
    const cause = /\s(?:--|[—–])cause[\s=:]+\S+$/i.exec(after);
    const reason = cause === null ? after : after.slice(0, cause.index);
    return { reason: reason.trim() || null, others: `${before}${cause?.[0] ?? ""}` };
  }
  const end = closingAt(after, closing);
  const reason = after.slice(1, end === -1 ? undefined : end).trim();
  return { reason: reason || null, others: end === -1 ? before : `${before} ${after.slice(end + 1)}` };
}

/** The last quote that ends a word, before a cause if one follows: one within the reason is an apostrophe, or quotes a word. */
function closingAt(text: string, closing: string): number {
  const cause = text.search(/\s(?:--|[—–])cause[\s=:]/i);
  let last = -1;
  for (let at = 1; at < (cause === -1 ? text.length : cause + 1); at++) {
    if (closing.includes(text.charAt(at)) && /^(?:[\s.,;!]|$)/.test(text.slice(at + 1))) last = at;
  }
  return last;
}

function takeCause(text: string): { cause: string; others: string } {
  const flag = /(?:^|\s)(?:--|[—–])cause[\s=:]+(["'`“”‘’]?)([^\s"'`“”‘’]+)\1/i.exec(text);
  if (flag === null) return { cause: unspecifiedCause, others: text };
  const others = `${text.slice(0, flag.index)} ${text.slice(flag.index + flag[0].length)}`;
  return { cause: causeOf(flag[2] ?? ""), others };
}

/** `Production-Issue` is `production_issue`. */
function causeOf(written: string): string {
  const cause = written.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const name = cause.replace(/^_|_$/g, "").slice(0, 64);
  return name || unspecifiedCause;
}
