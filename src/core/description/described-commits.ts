/** Commits of a description. */

import { createHash } from "node:crypto";
import type { Commit, CommitPerson } from "../snapshot.ts";
import type { Accounts } from "./accounts.ts";
import { timeOf } from "./described-time.ts";
import type { DescribedCommit, DescribedCommitPerson, DescribedPerson, Description } from "./schema.ts";

/** Without commits there is one by the author, on the head. */
export function commitsOf(description: Description, headSha: string, accounts: Accounts): Commit[] {
  const commits: DescribedCommit[] = description.commits ?? [{ sha: headSha }];
  return commits.map((commit, index) => {
    const author = commitPersonOf(commit.author ?? description.author, accounts);
    const isLast = index === commits.length - 1;
    const made = createHash("sha1").update(`commit:${headSha}:${index}`).digest("hex");
    const signature =
      typeof commit.signature === "boolean" ? { valid: commit.signature, signer: undefined } : commit.signature;
    return {
      sha: commit.sha ?? (isLast ? headSha : made),
      message: commit.message ?? (description.commits ? "" : (description.title ?? "")),
      author,
      committer: commit.committer === undefined ? author : commitPersonOf(commit.committer, accounts),
      coAuthors: (commit.co_authors ?? []).map((person) => commitPersonOf(person, accounts)),
      parents: commit.parents ?? [],
      pushedAt: timeOf(commit.pushed_at),
      pushedBy: commit.pushed_by === undefined ? null : accounts.of(commit.pushed_by),
      isViaWeb: commit.via_web ?? false,
      signature: signature
        ? {
            isValid: signature.valid,
            signer: signature.signer === undefined ? (author.account ?? null) : accounts.of(signature.signer),
          }
        : null,
    };
  });
}

function commitPersonOf(person: DescribedCommitPerson, accounts: Accounts): CommitPerson {
  const described = accountIn(person);
  const account = described === undefined ? null : accounts.of(described);
  const claimed = typeof person === "object" && ("name" in person || "email" in person) ? person : {};
  return {
    account,
    name: claimed.name ?? account?.login ?? "",
    email: claimed.email ?? (account ? `${account.login}@users.noreply.github.com` : ""),
  };
}

/** The account that a commit names; none where its e-mail belongs to nobody. */
export function accountIn(person: DescribedCommitPerson | undefined): DescribedPerson | undefined {
  if (person === undefined || typeof person === "string") return person;
  if (!("login" in person) || !person.login) return undefined;
  return "id" in person || "type" in person ? { ...person, login: person.login } : person.login;
}
