/** Tells a value that somebody made up, looks up or left to be filled in from one that was issued. */

const made =
  /example|placeholder|change[-_ ]?me|change[-_ ]?it|replace|dummy|fake|sample|redacted|insert[-_ ]|your[-_ ]|<your|todo|fixme|not[-_ ]?(a|the|real|secret)|xxxx|\*\*\*|\.\.\.|…|foobar|lorem|123456789|abcdef|test|mock|secret-?key|my-?(secret|token|password|key)|deadbeef|cafebabe|00000000|11111111/i;

/** A reference to a value that is elsewhere: a variable, a template, a function call, a path. */
const lookedUp =
  /\$\{|\$\(|\$[A-Za-z_]|\{\{|%[A-Z_]{2,40}%|^<[^>]{0,100}>$|^\[[^\]]{0,100}\]$|^%[sdv]$|\benv\b|process\.|os\.|getenv|secrets?\.|vault|:\/\/|^(arn|ssm|sops|enc|secret|file|op|vault|aws|gcp|kms|ref):|^projects\/|^@|\(|\)|=>|::|->|<%|#\{|!Ref|!Sub/i;

/** Holds for what nobody could log in with: an example, a template, a look-up. */
export function isPlaceholder(value: string): boolean {
  return lookedUp.test(value) || looksMadeUp(value);
}

/** Holds for a value in the form of a token that says itself that it is none, or repeats a few characters. */
export function saysExample(value: string): boolean {
  const text = value.slice(0, 400);
  const isRepeated = /(.)\1{7}|x{5}|X{5}/.test(text) || new Set(text).size < Math.min(8, text.length / 2);
  return isRepeated || /example|placeholder|change[-_ ]?me|redacted|your[-_]|fake|dummy|_test_/i.test(text);
}

const sampleWords = new Set(
  `user username pass password passwd pwd pw token secret key example sample test some my your the a x access api db app postgres mysql mongo
  mongodb redis git gitlab github bitbucket ci bot basic auth oauth oauth2 abc abcd abcdef qwerty admin root guest foo bar baz hello world
  enterprise dummy fake credential credentials login name me you service private personal deploy default changeme alice bob`.split(
    /\s+/,
  ),
);

/** Holds for `user:pass`, `x-access-token:token123` and templates: credentials made of the words for credentials. */
export function isSamplePassword(credentials: string): boolean {
  const words = credentials
    .slice(0, 400)
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.every((word) => word === "" || sampleWords.has(word)) || /<[\w -]{1,40}>|\{\w{1,40}\}/.test(credentials);
}

/** Holds for values that say so themselves, repeat a few characters or count up. */
function looksMadeUp(value: string): boolean {
  const text = value.slice(0, 400);
  return made.test(text) || hasRun(text) || new Set(text).size < Math.min(6, text.length / 2);
}

/** Six equal characters, or six that follow each other, as nobody's generator makes them. */
function hasRun(text: string): boolean {
  let equal = 1;
  let rising = 1;
  for (let at = 1; at < text.length; at++) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
    equal = step === 0 ? equal + 1 : 1;
    rising = step === 1 ? rising + 1 : 1;
    if (equal >= 6 || rising >= 6) return true;
  }
  return false;
}

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * Holds for text as generators make it: letters, digits and case change all the time. Words, names in camel case and paths change
 * seldom; a capital that starts a word and the signs between words are not counted.
 *
 * @param run letters, digits and `+/=_-`
 */
export function isRandomRun(run: string): boolean {
  if (!/\d/.test(run) || !/[a-z]/.test(run) || !/[A-Z]/.test(run) || new Set(run).size < 12) return false;
  let changes = 0;
  let counted = 0;
  let before: Kind = "sign";
  for (let at = 0; at < run.length; at++) {
    const kind = kindOf(run.charCodeAt(at));
    if (kind !== "sign") counted++;
    if (kind !== "sign" && before !== "sign" && kind !== before && !(before === "upper" && kind === "lower")) changes++;
    before = kind;
  }
  return changes / counted > 0.28;
}

type Kind = "upper" | "lower" | "digit" | "sign";

function kindOf(code: number): Kind {
  if (code >= 97 && code <= 122) return "lower";
  if (code >= 65 && code <= 90) return "upper";
  return code >= 48 && code <= 57 ? "digit" : "sign";
}
