/** The words of a path, lower case: `src/OAuthClient/user_session.ts` → src, o, auth, client, oauth, user, session, ts. */

/**
 * Splits at everything that is no letter or digit and where case changes. Runs of capitals stay together (`HTTPServer` → http, server), and
 * `OAuth` also counts as one word.
 */
export function pathWords(path: string): Set<string> {
  const words = new Set<string>();
  for (const segment of path.split(/[^\p{L}\p{N}]+/u)) {
    if (segment === "") continue;
    words.add(segment.toLowerCase());
    const parts = segment.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{Lo}+/gu) ?? [];
    for (const part of parts) words.add(part.toLowerCase());
  }
  if (/oauth/i.test(path)) words.add("oauth");
  return words;
}
