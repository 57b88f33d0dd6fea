/** Values that stand beside a name which says that they are secret. In a log rather one too many is cut out than one too few. */

import { endsLikeSecret, namesSecret } from "../../findings/security/secrets/assigned-secret.ts";
import { isCutAlready, type Span } from "./span.ts";

/** `password=…`, `"apiKey": "…"`, `--token=…`, `DB_PASSWORD: …`. 1: name, 2: quote, 3: quoted value, 4: bare value. */
const assignment =
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{0,60})\\?["'`]?[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}(?:\\?(["'`])([^"'`\r\n]{1,400})["'`]|([^\s"'`,;&<>(){}[\]|]{1,400}))/g;

/** `--password …`. */
const flag = /(?<![\w-])--?([A-Za-z][\w-]{0,40})[ \t]{1,4}["']?([^\s"'`-][^\s"'`]{3,400})/g;

/** `curl -u name:…`. */
const userFlag = /(?<=\s)(?:-u|--user)[ =]{1,2}["']?[^\s"':]{1,100}:(?!\/\/)([^\s"']{1,200})/g;

const authorization =
  /(?<![\w-])(?:proxy-)?authorization\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?(?:(?:basic|bearer|token|digest|negotiate|apikey)[ \t]{1,4})?([^\s"',\\]{1,4000})/gi;

const scheme = /(?<!\w)(?:bearer|basic)[ \t]{1,4}([A-Za-z0-9._~+/=-]{16,4000})/gi;

const cookie = /(?<![\w-])(?:set-)?cookie\\?["']?[ \t]{0,4}:[ \t]{0,4}\\?["']?([^\r\n"']{4,4000})/gi;

/** Parameters of signed addresses. */
const signature =
  /[?&](?:sig|signature|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|code|key|auth|access_token|sas)=([^\s"'`<>&#]{6,2000})/gi;

const namePatterns = [userFlag, authorization, scheme, cookie, signature];

export function namedSpans(text: string): Span[] {
  const spans: Span[] = [];
  const add = (start: number, value: string): void => {
    if (!isCutAlready(value)) spans.push({ start, end: start + value.length });
  };
  for (const match of text.matchAll(assignment)) {
    const [whole, name = "", quote, quoted, bare] = match;
    const value = quoted ?? bare ?? "";
    if (isSecretValue(name, value))
      add(match.index + whole.length - value.length - (quote === undefined ? 0 : 1), value);
  }
  for (const match of text.matchAll(flag)) {
    const [whole, name = "", value = ""] = match;
    if (isSecretValue(name, value)) add(match.index + whole.length - value.length, value);
  }
  for (const pattern of namePatterns) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? "";
      add(match.index + match[0].length - value.length, value);
    }
  }
  return spans;
}

/** What stands where a value would, in messages of compilers, in help texts and in dumps of settings. */
const noValue =
  /^(?:true|false|yes|no|null|nil|none|undefined|empty|unset|set|string|number|boolean|bool|any|unknown|object|str|int|bytes|optional|required|missing|invalid|expected|must|should|is|was|not|the|a|an|for|of|in|to|and|or|with|from|expired|default|\d{1,3})$/i;

/** Looked up elsewhere, or left to be filled in. */
const reference = /^(?:\$|%[A-Z_]{2,40}%$|<|process\.env|os\.environ|secrets\.|env\.)/i;

function isSecretValue(name: string, value: string): boolean {
  if (!endsLikeSecret(name) || value.length < 4 || noValue.test(value) || reference.test(value)) return false;
  // Where the shell is, not what opens it.
  if (/^(?:OLD)?PWD$/.test(name) || /(?:_|^)(?:SSH_KEY|KEY)_?FILE$/i.test(name))
    return !/^(?:[/~]|[A-Za-z]:)/.test(value);
  if (/pass|pwd|secret|cred/i.test(name)) return true;
  // `Unexpected token: function` names a word of a language, `cacheKey: node-modules` a thing.
  return namesSecret(name) && (/\d/.test(value) || value.length >= 16);
}
