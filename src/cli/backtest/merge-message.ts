/** What a commit on the branch says about the pull request that it came from. The forms are those of GitHub, GitLab, Bitbucket and git. */

export interface MergeMessage {
  /** `#123`, `!12`; `null` where the message names none. */
  id: string | null;
  title: string;
  body: string;
  /** The branch that was merged; `null` where it is not told. */
  headRef: string | null;
  /** Whose repository it came from, where the message tells. */
  headOwner: string | null;
}

/** @returns `null` for a merge that only brings a branch up to date with its own remote */
export function parseMergeMessage(message: string): MergeMessage | null {
  const [first = "", ...rest] = message.split("\n");
  const body = rest.join("\n").trim();
  const [title = "", ...more] = body.split("\n");
  const described = { title: title.trim() || first, body: more.join("\n").trim() };
  const github = /^Merge pull request #(\d{1,9}) from ([\w.-]{1,100})\/(\S{1,255})$/.exec(first);
  if (github) return { ...described, id: `#${github[1]}`, headOwner: github[2] ?? null, headRef: github[3] ?? null };
  const bitbucket = /^Merged in (\S{1,255}) \(pull request #(\d{1,9})\)/.exec(first);
  if (bitbucket) return { ...described, id: `#${bitbucket[2]}`, headOwner: null, headRef: bitbucket[1] ?? null };
  const numbered = /^Merge (?:pull request|PR) #(\d{1,9})\b/.exec(first);
  if (numbered) return { ...described, id: `#${numbered[1]}`, headOwner: null, headRef: null };
  if (isUpdate(first)) return null;
  const branch = /^Merge branch '([^']{1,255})'/.exec(first)?.[1] ?? null;
  const gitlab = /^See merge request \S{0,200}!(\d{1,9})$/m.exec(body.slice(-400))?.[1];
  if (gitlab !== undefined) return { ...described, id: `!${gitlab}`, headOwner: null, headRef: branch };
  const squashed = parseSquashMessage(message);
  return squashed === null
    ? { id: null, title: first, body, headOwner: null, headRef: branch }
    : { ...squashed, headRef: branch };
}

/** `Merge branch 'main' of github.com:acme/api`, `Merge remote-tracking branch 'origin/main'`, `Merge branch 'main' into feature`. */
function isUpdate(first: string): boolean {
  if (/^Merge remote-tracking branch '/.test(first)) return true;
  if (/^Merge branch '[^']{1,255}' of \S/.test(first)) return true;
  const into = /^Merge branch '([^']{1,255})' into '?(\S{1,255}?)'?$/.exec(first);
  return (
    into !== null && /^(main|master|develop|dev|trunk)$/.test(into[1] ?? "") && !/^(main|master)$/.test(into[2] ?? "")
  );
}

/** @returns `null` where the title does not end with a pull request's number, as GitHub's squashed and rebased ones do */
export function parseSquashMessage(message: string): MergeMessage | null {
  const [first = "", ...rest] = message.split("\n");
  const match = /^(.{0,2000}?)\s*\(([#!]\d{1,9})\)$/.exec(first.trim());
  if (!match?.[2]) return null;
  return { id: match[2], title: (match[1] ?? "").trim(), body: rest.join("\n").trim(), headOwner: null, headRef: null };
}

/**
 * The messages of the commits that were squashed, where the squashed one lists them, as GitHub does unless told otherwise.
 *
 * @returns `null` where the body is a description
 */
export function squashedMessages(body: string): string[] | null {
  // A description may be a list, too; one with headings is none of commits.
  if (!body.startsWith("* ") || /^#{1,6} /m.test(body)) return null;
  return body
    .slice(2)
    .split(/\n\* /)
    .map((message) => message.trim())
    .filter((message) => message !== "");
}
