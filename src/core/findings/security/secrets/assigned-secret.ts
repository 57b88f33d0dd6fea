/** Finds values that are given to names which say that they are secret: `password = "…"`, `api_key: …`. */

import { entropyOf, isPlaceholder, isRandomRun } from "./placeholder.ts";

export interface AssignedSecret {
  /** As it is written, e.g. `DB_PASSWORD`. */
  name: string;
  value: string;
  /** Offset of the value. */
  start: number;
  end: number;
  /** `random`: as a generator makes it; `chosen`: as a person makes it up. */
  look: "random" | "chosen";
}

/**
 * The secret word ends the name: `password_field` and `token_url` name something else. Group 1: name, 2: opening quote, 3: value. Without
 * quotes only a whole rest of line counts, as in `.env` and YAML: in code that is a variable.
 */
const assignment =
  /(?<![\w.-])([A-Za-z_][\w.-]{0,60})["'`\]]{0,2}\s{0,20}(?::=|=>|[:=])\s{0,20}(?:(["'`])([^"'`\s]{8,300})\2|([\w+/=!@#%^&*~.-]{8,300})\s{0,10}$)/gm;

const secretEnd =
  /(?:^|[_.\-\d]|[a-z](?=[A-Z]))(password|passwd|passphrase|pwd|secret|secretkey|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|encryption[_-]?key|signing[_-]?key|auth[_-]?key|master[_-]?key|client[_-]?secret|credentials?)$/i;

/** Names that hold no secret although they end like one. */
const notSecret =
  /(public|publishable|anon|search|site|csrf|xsrf|page|next|cancell?ation|continuation|design|syntax|lexer|cache|partition|sort|primary|foreign|idempotency|injection|class|style|color|placeholder|label|hint|reset|forgot|confirm|error|invalid|missing)[_-]?(password|secret|token|api[_-]?key|key)$/i;

/** Files in whose format a value needs no quotes. */
const unquotedFile = /(^|\/)\.env[^/]*$|\.(env|ya?ml|properties|ini|cfg|conf|toml|tfvars)$/i;

/** Holds for `DB_PASSWORD` and `apiKey`, not for `reset_password` or `cacheKey`. @param name at most 60 characters */
export function namesSecret(name: string): boolean {
  return endsLikeSecret(name) && !notSecret.test(name);
}

/** Holds for `reset_password` and `cacheKey`, too. */
export function endsLikeSecret(name: string): boolean {
  return secretEnd.test(name);
}

/** @param text any lines; names longer than 60 and values longer than 300 characters are no hand-written assignments */
export function assignedSecretsIn(text: string, path: string): AssignedSecret[] {
  // Most texts hold no such word at all.
  if (!/pass|pwd|secret|token|key|credential/i.test(text)) return [];
  const found: AssignedSecret[] = [];
  for (const match of text.matchAll(assignment)) {
    const [whole, name = "", , quoted, bare] = match;
    const value = quoted ?? bare ?? "";
    if (quoted === undefined && !unquotedFile.test(path)) continue;
    if (!namesSecret(name)) continue;
    const look = lookOf(value, quoted !== undefined);
    if (look === null) continue;
    const start = match.index + whole.lastIndexOf(value);
    found.push({ name, value, start, end: start + value.length, look });
  }
  return found;
}

/** `null` for what is a word, a name, an example or a reference. */
function lookOf(value: string, isQuoted: boolean): AssignedSecret["look"] | null {
  if (isPlaceholder(value) || isWords(value)) return null;
  if (/^[0-9a-f]{32,128}$/i.test(value)) return entropyOf(value) > 3 ? "random" : null;
  if (/^[\w+/=.~-]{20,300}$/.test(value) && isRandomRun(value) && entropyOf(value) >= 3.7) return "random";
  // What a person chose: several kinds of characters, and short.
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(value)).length;
  const isChosen = isQuoted && value.length <= 40 && kinds >= 3 && /\d/.test(value) && entropyOf(value) >= 2.8;
  return isChosen ? "chosen" : null;
}

/** Names of things: `user.password`, `my-app-secret`, `X-Auth-Token`, `refreshToken2`, versions and dates. */
function isWords(value: string): boolean {
  if (/^[A-Za-z]+([._/:-][A-Za-z]+|[A-Z][a-z]+)*\d{0,2}$/.test(value.slice(0, 120))) return true;
  return /^v?\d+([.:-]\d+)*$/.test(value) || /^[\w-]+(\.[\w-]+)*\.[a-z]{2,6}$/.test(value.slice(0, 120));
}
