/** Files issues, each once. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { NewIssue } from "../../handlers/github-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

type RawIssue = RestEndpointMethodTypes["issues"]["listForRepo"]["response"]["data"][number];

export interface FiledIssue {
  number: number;
  url: string;
}

const permission = "issues: write";
const issuesPerPage = 100;
/** A thousand of ours, newest first: what is asked for twice was filed a moment ago. */
const pagesMax = 10;

export class IssueFiler {
  readonly #client: GithubClient;
  #ownLogin: Promise<string> | null = null;

  constructor(client: GithubClient) {
    this.#client = client;
  }

  /**
   * Files an issue, or finds the one of ours that bears its marker. People whom GitHub does not let be assigned are left out.
   *
   * @returns `refused` where issues are off, or the App may not
   * @throws {GithubError} when GitHub fails; whether it was filed is then found out by asking again
   */
  async file(subject: RepositoryRef, issue: NewIssue): Promise<FiledIssue | "refused"> {
    const body = `${issue.body}\n\n${hidden(issue.marker)}`;
    try {
      const filed = await this.#find(subject, hidden(issue.marker));
      if (filed !== null) return filed;
      return await this.#create(subject, { ...issue, body });
    } catch (error) {
      refusalOf(error, permission);
      return "refused";
    }
  }

  /** By the list, which is up to date; GitHub's search lags behind. */
  async #find(subject: RepositoryRef, marker: string): Promise<FiledIssue | null> {
    const { owner, name: repo, installationId } = subject;
    const creator = await this.#readOwnLogin();
    for (let page = 1; page <= pagesMax; page += 1) {
      const { data } = await this.#client.rest<RawIssue[]>(
        "GET /repos/{owner}/{repo}/issues",
        { owner, repo, creator, state: "all", per_page: issuesPerPage, page },
        { installationId },
      );
      const found = data.find((issue) => !issue.pull_request && (issue.body ?? "").includes(marker));
      if (found) return { number: found.number, url: found.html_url };
      if (data.length < issuesPerPage) break;
    }
    return null;
  }

  async #create(subject: RepositoryRef, issue: NewIssue): Promise<FiledIssue> {
    const { owner, name: repo, installationId } = subject;
    const { title, body, labels, assignees } = issue;
    try {
      const { data } = await this.#client.rest<RawIssue>(
        "POST /repos/{owner}/{repo}/issues",
        { owner, repo, title, body, labels, assignees },
        { installationId, isContent: true, isIdempotent: false },
      );
      return { number: data.number, url: data.html_url };
    } catch (error) {
      const mayBeAssignees = error instanceof GithubError && error.status === 422 && assignees.length > 0;
      if (!mayBeAssignees) throw error;
      return this.#create(subject, { ...issue, assignees: [] });
    }
  }

  /** The login under which this App writes, as `holdpoint[bot]`; read once. */
  #readOwnLogin(): Promise<string> {
    this.#ownLogin ??= this.#client
      .rest<{ slug?: string }>("GET /app", {}, { installationId: null })
      .then(({ data }) => `${data.slug}[bot]`)
      .catch((error: unknown) => {
        this.#ownLogin = null;
        throw error;
      });
    return this.#ownLogin;
  }
}

function hidden(marker: string): string {
  return `<!-- holdpoint:${marker} -->`;
}
