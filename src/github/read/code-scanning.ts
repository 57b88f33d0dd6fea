/** The open alerts of code scanning at a pull request, and which of them its base branch has as well. */

import type { CodeScanningAlert } from "../../core/code-scanning.ts";
import type { Read } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError } from "../errors.ts";

type RawAlert = RestEndpointMethodTypes["codeScanning"]["listAlertsForRepo"]["response"]["data"][number];

const pageSize = 100;
/** A change with more is not read alert by alert. */
const pagesMax = 10;

/**
 * One request for each hundred alerts; as many again of the base branch where any is in a changed file.
 *
 * @param paths of changed files after the change: alerts elsewhere are left out
 * @returns `unreadable` where GitHub says no for good: code scanning is off, the App lacks the right, there are too many
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository
 */
export async function readCodeScanningAlerts(
  client: GithubClient,
  subject: PullRequestSubject,
  { baseRef, paths }: { baseRef: string; paths: ReadonlySet<string> },
): Promise<Read<CodeScanningAlert[]>> {
  const open = await listOpen(client, subject, `refs/pull/${subject.number}/merge`);
  if (open.kind !== "read") return open;
  const here = open.value.flatMap(mapAlert).filter(({ path }) => paths.has(path));
  if (here.length === 0) return { kind: "read", value: [] };
  const base = await listOpen(client, subject, `refs/heads/${baseRef}`);
  const known = base.kind === "read" ? new Set(base.value.map(({ number }) => number)) : null;
  return { kind: "read", value: here.map((alert) => ({ ...alert, isOnBase: known?.has(alert.number) ?? null })) };
}

async function listOpen(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  ref: string,
): Promise<Read<RawAlert[]>> {
  const all: RawAlert[] = [];
  try {
    for (let page = 1; page <= pagesMax; page++) {
      const { data } = await client.rest<RawAlert[]>(
        "GET /repos/{owner}/{repo}/code-scanning/alerts",
        { owner, repo, ref, state: "open", per_page: pageSize, page },
        { installationId },
      );
      if (!Array.isArray(data)) return { kind: "unreadable", reason: "GitHub's answer is no list" };
      all.push(...data);
      if (data.length < pageSize) return { kind: "read", value: all };
    }
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    if (error.kind !== "forbidden" && error.kind !== "not_found" && error.kind !== "invalid") throw error;
    return { kind: "unreadable", reason: `GitHub answered ${error.status}` };
  }
  return { kind: "unreadable", reason: `there are more than ${pageSize * pagesMax} alerts` };
}

/** An alert that names no place cannot be shown beside a line, and says nothing of this change. */
function mapAlert(raw: RawAlert): Omit<CodeScanningAlert, "isOnBase">[] {
  const { rule, most_recent_instance: instance } = raw;
  const { path, start_line: startLine, end_line: endLine } = instance?.location ?? {};
  const isOpen = instance?.state === undefined || instance.state === "open";
  if (path === undefined || !isOpen) return [];
  const line = startLine ?? 1;
  return [
    {
      number: raw.number,
      tool: raw.tool?.name ?? "code scanning",
      rule: rule.id ?? rule.name ?? "unnamed",
      description: rule.description ?? "",
      message: instance?.message?.text ?? "",
      severity: rule.security_severity_level ?? rule.severity ?? "none",
      path,
      startLine: line,
      endLine: Math.max(line, endLine ?? line),
      classifications: (instance?.classifications ?? []).filter((name) => name !== null),
      url: raw.html_url,
    },
  ];
}
