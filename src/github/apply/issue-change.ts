/** Changes an issue that is there: its state, words, labels and assignees. */

import type { IssueChange, IssueRef } from "../../handlers/issues-port.ts";
import type { GithubClient } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

const permission = "issues: write";

/** @throws {GithubError} when GitHub fails */
export async function changeIssue(
  client: GithubClient,
  issue: IssueRef,
  change: IssueChange,
): Promise<"changed" | "refused" | "gone"> {
  const { owner, name: repo, number: issue_number, installationId } = issue;
  const { reason, ...fields } = change;
  try {
    await client.rest(
      "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
      { owner, repo, issue_number, ...fields, ...(reason === undefined ? {} : { state_reason: reason }) },
      { installationId, isContent: true },
    );
    return "changed";
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone";
    refusalOf(error, permission);
    const { assignees, ...rest } = change;
    const mayBeAssignees = error instanceof GithubError && error.status === 422 && (assignees ?? []).length > 0;
    return mayBeAssignees ? changeIssue(client, issue, rest) : "refused";
  }
}

/** Those that are on already stay. @throws {GithubError} when GitHub fails */
export async function addLabels(
  client: GithubClient,
  issue: IssueRef,
  labels: readonly string[],
): Promise<"added" | "refused"> {
  const { owner, name: repo, number: issue_number, installationId } = issue;
  return unlessRefused("added", () =>
    client.rest(
      "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
      { owner, repo, issue_number, labels },
      { installationId, isContent: true },
    ),
  );
}

/** One that is not on is removed already. @throws {GithubError} when GitHub fails */
export async function removeLabel(
  client: GithubClient,
  issue: IssueRef,
  label: string,
): Promise<"removed" | "refused"> {
  const { owner, name: repo, number: issue_number, installationId } = issue;
  try {
    await client.rest(
      "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
      { owner, repo, issue_number, name: label },
      { installationId, isContent: true },
    );
    return "removed";
  } catch (error) {
    if (isGithubError(error, "not_found")) return "removed";
    refusalOf(error, permission);
    return "refused";
  }
}

/** GitHub leaves out by itself who cannot be assigned. @throws {GithubError} when GitHub fails */
export async function addAssignees(
  client: GithubClient,
  issue: IssueRef,
  logins: readonly string[],
): Promise<"added" | "refused"> {
  const { owner, name: repo, number: issue_number, installationId } = issue;
  if (logins.length === 0) return "added";
  return unlessRefused("added", () =>
    client.rest(
      "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
      { owner, repo, issue_number, assignees: logins },
      { installationId, isContent: true },
    ),
  );
}

async function unlessRefused<Done extends string>(done: Done, ask: () => Promise<unknown>): Promise<Done | "refused"> {
  try {
    await ask();
    return done;
  } catch (error) {
    refusalOf(error, permission);
    return "refused";
  }
}
