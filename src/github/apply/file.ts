/** Writes a text file on a branch. */

import { createHash } from "node:crypto";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

export interface NewFile {
  branch: string;
  path: string;
  text: string;
  message: string;
}

/** GitHub refuses one of two commits that reach a branch at once; a few tries let each have its turn. */
const attemptsMax = 3;

/**
 * @returns `unchanged` where the file says the same already; `refused` where it is no file, the branch is missing or protected, or the App may not
 * @throws {GithubError} when GitHub fails
 */
export async function writeFile(
  client: GithubClient,
  subject: PullRequestSubject,
  file: NewFile,
): Promise<"written" | "unchanged" | "refused"> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const known = await readBlobSha(client, subject, file);
      if (known === "no file") return "refused";
      if (known === blobShaOf(file.text)) return "unchanged";
      await commit(client, subject, file, known);
      return "written";
    } catch (error) {
      const isOvertaken = error instanceof GithubError && error.status === 409;
      if (isOvertaken && attempt < attemptsMax) continue;
      refusalOf(error, "contents: write");
      return "refused";
    }
  }
}

async function commit(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  { branch, path, text, message }: NewFile,
  known: string | null,
): Promise<void> {
  const content = Buffer.from(text).toString("base64");
  await client.rest(
    "PUT /repos/{owner}/{repo}/contents/{path}",
    { owner, repo, path, branch, message, content, ...(known === null ? {} : { sha: known }) },
    { installationId, isContent: true, isIdempotent: false },
  );
}

/** @returns `null` where nothing stands at the path yet */
async function readBlobSha(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  { branch, path }: NewFile,
): Promise<string | null | "no file"> {
  try {
    const { data } = await client.rest<{ type?: string; sha?: string }>(
      "GET /repos/{owner}/{repo}/contents/{path}",
      { owner, repo, path, ref: branch },
      { installationId },
    );
    return data.type === "file" && typeof data.sha === "string" ? data.sha : "no file"; // a folder comes as a list
  } catch (error) {
    if (isGithubError(error, "not_found")) return null;
    throw error;
  }
}

/** Git's id of a blob with this text. */
function blobShaOf(text: string): string {
  const bytes = Buffer.from(text);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
