/** Two commits against each other, as GitHub compares them. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { Comparison } from "../../handlers/issues-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";

type RawComparison = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];

/** @see https://docs.github.com/rest/commits/commits#compare-two-commits (300 files at most) */
const filesMax = 300;

/** @throws {GithubError} when GitHub fails */
export async function readComparison(
  client: GithubClient,
  { owner, name: repo, installationId }: RepositoryRef,
  { base, head }: { base: string; head: string },
): Promise<Comparison | null> {
  try {
    const { data } = await client.rest<RawComparison>(
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { owner, repo, basehead: `${base}...${head}`, per_page: 1 },
      { installationId },
    );
    const files = data.files ?? [];
    return {
      mergeBaseSha: data.merge_base_commit.sha,
      paths: files.flatMap(({ filename, previous_filename: before }) =>
        before === undefined ? [filename] : [filename, before],
      ),
      isWhole: files.length < filesMax,
    };
  } catch (error) {
    if (isGithubError(error, "not_found")) return null;
    throw error;
  }
}
