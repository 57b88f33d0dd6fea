/** Commits of a clone as a replay needs them: people by the account that their e-mail names, where it names one. */

import type { Commit, CommitPerson, Person } from "../../core/snapshot.ts";
import { parseCommitRecord } from "../git/commit-record.ts";

export interface CloneCommit extends Commit {
  committedAt: Date;
}

/** Of a longer message only the beginning is kept. */
const messageMax = 20_000;

export function parseCloneCommit(record: string): CloneCommit {
  const { commit, committedAt, committerEmail } = parseCommitRecord(record, personOf);
  return {
    ...commit,
    message: commit.message.slice(0, messageMax),
    isViaWeb: committerEmail === "noreply@github.com",
    committedAt,
  };
}

/**
 * GitHub's own addresses hold the account's number and login; anybody may write them, so that what is made of them is good for
 * looking back, and for nothing that opens a gate.
 *
 * @see https://docs.github.com/account-and-profile/reference/email-addresses-reference#your-noreply-email-address
 */
function personOf(name: string, email: string): CommitPerson {
  const match = /^(?:(\d{1,15})\+)?([\w.-]{1,100}(?:\[bot\])?)@users\.noreply\.github\.com$/i.exec(email.trim());
  const login = match?.[2];
  if (login === undefined) return { account: unmapped(email.trim() || name.trim()), name, email };
  const kind = login.endsWith("[bot]") ? "bot" : "user";
  // Older addresses hold no number; a made-up one stays below every real one.
  return { account: { id: match?.[1] ? Number(match[1]) : madeUpId(login), login, kind }, name, email };
}

function unmapped(given: string): Person {
  const key = given.toLowerCase();
  return { id: madeUpId(key), login: key.includes("@") ? key : `${key}@`, kind: "unmapped" };
}

/** Negative, which no id is, and the same for the same text. */
function madeUpId(text: string): number {
  let hash = 7;
  for (let index = 0; index < text.length; index += 1) hash = (hash * 31 + text.charCodeAt(index)) % 2 ** 47;
  return -hash - 1;
}

/** How people call whoever wrote it: the login, else the name; never the e-mail. */
export function shownAuthor({ account, name }: CommitPerson): string {
  return account && account.kind !== "unmapped" ? account.login : name.trim() || "unknown";
}

/** Automated, as far as login and name tell. */
export function isAutomated({ account, name }: CommitPerson): boolean {
  return (
    account?.kind === "bot" ||
    /\[bot\]$/i.test(name.trim()) ||
    /^(dependabot|renovate|greenkeeper|pre-commit-ci|weblate)\b/i.test(name.trim())
  );
}
