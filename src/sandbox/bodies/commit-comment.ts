/** Comments on commits as REST and webhooks show them. */
import type { CommitComment } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";
import { association, authorBody } from "./account.ts";
import { reactionsBody } from "./issue.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

export function commitCommentBody(world: World, repository: Repository, comment: CommitComment) {
  const url = `${repositoryUrl(world, repository)}/comments/${comment.id}`;
  return {
    url,
    html_url: `${repositoryPage(world, repository)}/commit/${comment.sha}#commitcomment-${comment.id}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: authorBody(world, comment.author),
    // Spoken of the commit as a whole, not of a line in it.
    position: null,
    line: null,
    path: null,
    commit_id: comment.sha,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.createdAt),
    author_association: association(comment.author, repository),
    body: comment.body,
    reactions: reactionsBody(url, []),
  };
}
