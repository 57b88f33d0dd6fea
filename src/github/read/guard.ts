/** What must still be so just before success is written. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestGuard } from "../../handlers/github-port.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import { organizationPolicyPath, organizationRepository, repositoryPolicyPath } from "./pull-request-query.ts";

const fileAt = (path: string) => `target { oid ... on Commit { file(path: "${path}") { oid } } }`;

export const guardDocument = `query Guard($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    databaseId
    pullRequest(number: $number) {
      headRefOid baseRefName baseRefOid isDraft state
      labels(first: 100) { nodes { name } }
      baseRef { ${fileAt(repositoryPolicyPath)} }
    }
  }
  organizationDefault: repository(owner: $owner, name: "${organizationRepository}") {
    defaultBranchRef { ${fileAt(organizationPolicyPath)} }
  }
}`;

interface RawTip {
  target: { oid: string; file?: { oid: string } | null } | null;
}

interface GuardAnswer {
  repository: {
    databaseId: number;
    pullRequest: {
      headRefOid: string;
      baseRefName: string;
      baseRefOid: string;
      isDraft: boolean;
      state: "OPEN" | "CLOSED" | "MERGED";
      /** GitHub allows a hundred. */
      labels: { nodes: ({ name: string } | null)[] | null } | null;
      baseRef: RawTip | null;
    } | null;
  } | null;
  organizationDefault: { defaultBranchRef: RawTip | null } | null;
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

/** @throws {GithubError} `not_found` when the pull request is no longer there */
export async function readGuard(client: GithubClient, subject: PullRequestSubject): Promise<PullRequestGuard> {
  const { owner, name, number, installationId } = subject;
  const { data } = await client.graphql<GuardAnswer>(
    {
      name: "Guard",
      document: guardDocument,
      variables: { owner, name, number },
      // Where the default may not be read now but was before, its blob differs and the verdict is thrown away.
      tolerates: ({ path }) => path[0] === "organizationDefault",
    },
    { installationId },
  );
  const raw = data.repository?.pullRequest;
  if (!raw || data.repository?.databaseId !== subject.repositoryId) {
    throw new GithubError({ kind: "not_found", route: "POST /graphql Guard", message: "no such pull request" });
  }
  return {
    headSha: raw.headRefOid,
    baseRef: raw.baseRefName,
    baseSha: raw.baseRef?.target?.oid ?? raw.baseRefOid,
    isDraft: raw.isDraft,
    state: states[raw.state],
    labels: (raw.labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
    policyBlobs: {
      repository: raw.baseRef?.target?.file?.oid ?? null,
      organization: data.organizationDefault?.defaultBranchRef?.target?.file?.oid ?? null,
    },
  };
}
