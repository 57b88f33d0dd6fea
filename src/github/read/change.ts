/** The changed files of a pull request, as GitHub lists them. */

import type { ChangedFile, FileStatus, Incomplete } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { Change } from "../../handlers/github-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { awaitAppearance } from "../retry.ts";

type RawFile = RestEndpointMethodTypes["pulls"]["listFiles"]["response"]["data"][number];

const pageSize = 100;
/** @see https://docs.github.com/rest/pulls/pulls#list-pull-requests-files (at most 3,000) */
const filesMax = 3000;
const pagesMax = filesMax / pageSize;
/** Enough to hide the latency, few enough to stay clear of secondary limits. */
const pagesAtOnce = 6;

/**
 * Reads pages side by side until one is short. Where a `Link` header was lost, a full page still asks for the next.
 * The caller holds the number of files against GitHub's own count.
 *
 * @throws {GithubError} when a page cannot be read: half a list is none
 */
export async function readChange(client: GithubClient, subject: PullRequestSubject): Promise<Change> {
  const first = await awaitAppearance(
    () => readPage(client, subject, 1),
    (ms) => client.sleep(ms),
  );
  const raw = [...first.files];
  const lastPage = Math.min(first.lastPage ?? 1, pagesMax);
  let isLast = first.files.length < pageSize;
  for (let page = 2; !isLast && page <= pagesMax; ) {
    // Past the announced end one page at a time: the list may have grown.
    const count = Math.max(1, Math.min(pagesAtOnce, lastPage - page + 1));
    const pages = await Promise.all(Array.from({ length: count }, (_, i) => readPage(client, subject, page + i)));
    for (const { files } of pages) raw.push(...files);
    isLast = pages.some(({ files }) => files.length < pageSize);
    page += count;
  }
  const [headSha = null, ...others] = headShasOf(raw);
  return { files: raw.map(mapFile), headSha: others.length === 0 ? headSha : null, incomplete: incompleteFiles(raw) };
}

async function readPage(client: GithubClient, subject: PullRequestSubject, page: number) {
  const { owner, name: repo, number: pull_number, installationId } = subject;
  const { data: files, headers } = await client.rest<RawFile[]>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    { owner, repo, pull_number, per_page: pageSize, page },
    { installationId },
  );
  const last = /[?&]page=(\d+)[^>]*>; rel="last"/.exec(String(headers.link ?? ""))?.[1];
  return { files, lastPage: last === undefined ? null : Number(last) };
}

function incompleteFiles(files: readonly RawFile[]): Incomplete[] {
  if (files.length >= filesMax) return [{ what: "files", reason: `GitHub lists no more than ${filesMax}` }];
  const paths = new Set(files.map(({ filename }) => filename));
  if (paths.size < files.length) return [{ what: "files", reason: "the list changed while it was being read" }];
  if (headShasOf(files).size > 1) return [{ what: "files", reason: "the list mixes two heads" }];
  return [];
}

/** The commits in the addresses of the files' contents; read, never fetched. A removed file's names the commit before. */
function headShasOf(files: readonly RawFile[]): Set<string> {
  const shas = new Set<string>();
  for (const { status, contents_url } of files) {
    const sha = /[?&]ref=([0-9a-f]{40,64})$/.exec(contents_url ?? "")?.[1];
    if (sha !== undefined && status !== "removed") shas.add(sha);
  }
  return shas;
}

const statuses: Record<RawFile["status"], FileStatus> = {
  added: "added",
  removed: "removed",
  modified: "modified",
  renamed: "renamed",
  copied: "copied",
  changed: "type_changed",
  unchanged: "modified",
};

/** Git's id of a file without content: it has no patch and yet is not binary. */
const emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

export function mapFile(raw: RawFile): ChangedFile {
  const status = statuses[raw.status] ?? "modified";
  const patch = raw.patch ?? null;
  const isRemoved = status === "removed";
  const showsNoLines = patch === null && raw.changes === 0 && raw.sha !== emptyBlob;
  return {
    path: raw.filename,
    previousPath: raw.previous_filename ?? null,
    status,
    additions: raw.additions,
    deletions: raw.deletions,
    patch,
    // A pure rename shows no lines either; of a changed mode GitHub tells as little as of a binary file.
    isBinary: showsNoLines && (status === "added" || status === "modified" || isRemoved),
    baseSha: isRemoved ? raw.sha : null,
    headSha: isRemoved ? null : raw.sha,
    mode: patch !== null && /^[+-]Subproject commit [0-9a-f]{40}/m.test(patch) ? "160000" : null,
  };
}
