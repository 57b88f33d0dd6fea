/** Commits are spoken of. */
import { commitCommentBody } from "../bodies/commit-comment.ts";
import type { Account } from "../state/accounts.ts";
import type { CommitComment } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { checkBody } from "./issues.ts";
import { invalid, Refusal } from "./refusal.ts";

/** @throws {Refusal} 422 for a commit nobody has, and for a body that is empty or too long */
export function commentOnCommit(
  world: World,
  repository: Repository,
  sha: string,
  body: string,
  by: Account,
): CommitComment {
  if (world.objects.findCommit(sha) === undefined) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  checkBody("CommitComment", body);
  if (body.trim() === "") throw invalid({ resource: "CommitComment", field: "body", code: "missing_field" });
  const comment: CommitComment = register(world, "CommitComment", {
    id: 0,
    nodeId: "",
    sha,
    author: by,
    body,
    createdAt: world.now(),
  });
  repository.commitComments.push(comment);
  const scene = { repository, sender: by };
  announce(world, "commit_comment.created", scene, { comment: commitCommentBody(world, repository, comment) });
  return comment;
}
