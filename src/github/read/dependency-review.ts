/** What GitHub knows of the dependencies that a change brings: advisories included, where the repository has dependency review. */

import type { ReviewedDependency } from "../../core/reviewed-dependency.ts";
import type { Read } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError } from "../errors.ts";

type RawChange = RestEndpointMethodTypes["dependencyGraph"]["diffRange"]["response"]["data"][number];

/**
 * One request, which GitHub answers whole.
 *
 * @returns `unreadable` where GitHub says no for good: private repositories without Advanced Security, the graph switched off
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/dependency-graph/dependency-review
 */
export async function readDependencyReview(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  { base, head }: { base: string; head: string },
): Promise<Read<ReviewedDependency[]>> {
  try {
    const { data } = await client.rest<RawChange[]>(
      "GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}",
      { owner, repo, basehead: `${base}...${head}` },
      { installationId },
    );
    if (!Array.isArray(data)) return { kind: "unreadable", reason: "GitHub's answer is no list" };
    return { kind: "read", value: data.map(mapChange) };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    if (error.kind !== "forbidden" && error.kind !== "not_found" && error.kind !== "invalid") throw error;
    return { kind: "unreadable", reason: `GitHub answered ${error.status}` };
  }
}

function mapChange(raw: RawChange): ReviewedDependency {
  return {
    change: raw.change_type,
    manifest: raw.manifest,
    ecosystem: raw.ecosystem,
    name: raw.name,
    version: raw.version,
    scope: raw.scope ?? "unknown",
    vulnerabilities: (raw.vulnerabilities ?? []).map((found) => ({
      severity: found.severity,
      advisory: found.advisory_ghsa_id,
      summary: found.advisory_summary,
      url: found.advisory_url,
    })),
  };
}
