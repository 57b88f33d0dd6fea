/** Text of files before and after a change, many in one query. */

import type { Contents } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import { awaitAppearance } from "../retry.ts";
import type { RawBlob } from "./map-policy-file.ts";

/** Files per request: a query for more runs into GitHub's own time limit of 10 s. */
const filesPerRequest = 100;
/** Source that people write is smaller; the rest is generated, vendored or data. */
const sizeBytesMax = 1024 * 1024;

interface Wanted {
  side: "base" | "head";
  path: string;
}

/**
 * Binary files and those over 1 MiB are left out; a file that does not exist on a side maps to `null`.
 *
 * @throws {GithubError} `not_found` when GitHub does not have one of the commits, which is not the same as an empty one
 */
export async function readContents(
  client: GithubClient,
  subject: PullRequestSubject,
  shas: { base: string; head: string },
  paths: readonly string[],
): Promise<Contents> {
  const contents = { base: new Map<string, string | null>(), head: new Map<string, string | null>() };
  const wanted: Wanted[] = [...new Set(paths)].flatMap((path) => [
    { side: "base", path },
    { side: "head", path },
  ]);
  const batches: Wanted[][] = [];
  for (let start = 0; start < wanted.length; start += filesPerRequest)
    batches.push(wanted.slice(start, start + filesPerRequest));
  await Promise.all(
    batches.map(async (batch) => {
      const blobs = await awaitAppearance(
        () => readBatch(client, subject, shas, batch),
        (ms) => client.sleep(ms),
      );
      await Promise.all(
        batch.map(async ({ side, path }, i) => {
          const text = await textOf(client, subject, blobs[i] ?? null);
          if (text !== "left out") contents[side].set(path, text?.text ?? null);
        }),
      );
    }),
  );
  return contents;
}

export function contentsDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return `query Contents($owner: String!, $name: String!, $base: GitObjectID!, $head: GitObjectID!${indexes.map((i) => `, $e${i}: String!`).join("")}) {
  repository(owner: $owner, name: $name) {
    databaseId
    base: object(oid: $base) { oid }
    head: object(oid: $head) { oid }
    ${indexes.map((i) => `f${i}: object(expression: $e${i}) { ...FileFields }`).join("\n    ")}
  }
}
fragment FileFields on Blob { oid text byteSize isBinary isTruncated }`;
}

type FileBlob = RawBlob & { byteSize?: number };

interface ContentsAnswer {
  repository: ({ databaseId: number } & Record<string, FileBlob | null>) | null;
}

async function readBatch(
  client: GithubClient,
  { owner, name, repositoryId, installationId }: PullRequestSubject,
  shas: { base: string; head: string },
  batch: readonly Wanted[],
): Promise<(FileBlob | null)[]> {
  const expressions = Object.fromEntries(batch.map(({ side, path }, i) => [`e${i}`, `${shas[side]}:${path}`]));
  const { data } = await client.graphql<ContentsAnswer>(
    { name: "Contents", document: contentsDocument(batch.length), variables: { owner, name, ...shas, ...expressions } },
    { installationId },
  );
  const { repository } = data;
  if (repository?.databaseId !== repositoryId || !repository.base || !repository.head) {
    throw new GithubError({
      kind: "not_found",
      route: "POST /graphql Contents",
      message: "no such repository or commit",
    });
  }
  return batch.map((_, i) => repository[`f${i}`] ?? null);
}

async function textOf(
  client: GithubClient,
  subject: PullRequestSubject,
  blob: FileBlob | null,
): Promise<{ text: string } | null | "left out"> {
  if (blob === null) return null;
  if (blob.oid === undefined) return "left out"; // a folder or a submodule
  if (blob.isBinary || (blob.byteSize ?? 0) > sizeBytesMax) return "left out";
  if (typeof blob.text === "string" && !blob.isTruncated) return { text: blob.text };
  return { text: await readRawBlob(client, subject, blob.oid) };
}

/** GraphQL cuts text after half a megabyte; REST gives it whole. */
async function readRawBlob(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  file_sha: string,
): Promise<string> {
  const { data } = await client.rest<string>(
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    { owner, repo, file_sha, headers: { accept: "application/vnd.github.raw" } },
    { installationId },
  );
  return data;
}
