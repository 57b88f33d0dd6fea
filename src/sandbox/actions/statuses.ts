/** Commit statuses. */
import { accountBody } from "../bodies/account.ts";
import { commitBody } from "../bodies/commit.ts";
import { repositoryUrl } from "../bodies/repository.ts";
import type { Account } from "../state/accounts.ts";
import type { CommitStatus } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import { fullName } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso, register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { tryAutoMerge } from "./merge.ts";
import { Refusal } from "./refusal.ts";
import { branchAt } from "./suites.ts";

export interface StatusFields {
  state: CommitStatus["state"];
  context?: string;
  description?: string | null;
  targetUrl?: string | null;
}

export function createStatus(
  world: World,
  repository: Repository,
  sha: string,
  fields: StatusFields,
  by: Account,
): CommitStatus {
  const commit = world.objects.findCommit(sha);
  if (commit === undefined) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  const status: CommitStatus = register(world, "StatusContext", {
    id: 0,
    nodeId: "",
    sha,
    state: fields.state,
    context: fields.context ?? "default",
    description: fields.description ?? null,
    targetUrl: fields.targetUrl ?? null,
    creator: by,
    createdAt: world.now(),
  });
  repository.statuses.push(status);
  const branch = branchAt(repository, sha);
  announce(
    world,
    "status",
    { repository, sender: by },
    {
      id: status.id,
      sha,
      name: fullName(repository),
      target_url: status.targetUrl,
      avatar_url: accountBody(world, by).avatar_url,
      context: status.context,
      description: status.description,
      state: status.state,
      commit: commitBody(world, repository, commit),
      branches:
        branch === null
          ? []
          : [
              {
                name: branch,
                commit: { sha, url: `${repositoryUrl(world, repository)}/commits/${sha}` },
                protected: false,
              },
            ],
      created_at: iso(status.createdAt),
      updated_at: iso(status.createdAt),
    },
  );
  tryAutoMerge(world, repository, sha);
  return status;
}
