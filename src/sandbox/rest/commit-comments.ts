/** Comments on commits. */
import { z } from "zod";
import { commentOnCommit } from "../actions/commit-comments.ts";
import { commitCommentBody } from "../bodies/commit-comment.ts";
import { paginate } from "./paging.ts";
import { actor, created, param, readBody, repositoryIn, route } from "./request.ts";

const newComment = z.object({ body: z.string() });

export const commitCommentRoutes = [
  route("GET /repos/{owner}/{repo}/commits/{commit_sha}/comments", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const sha = param(request, "commit_sha");
    const found = repository.commitComments.filter((comment) => comment.sha === sha);
    return paginate(request, found, (comment) => commitCommentBody(request.world, repository, comment));
  }),
  // Whoever may read the code may speak of it: GitHub asks an App for no more than `contents: read`.
  route("POST /repos/{owner}/{repo}/commits/{commit_sha}/comments", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const { body } = readBody(request, newComment);
    const comment = commentOnCommit(request.world, repository, param(request, "commit_sha"), body, actor(request));
    return created(commitCommentBody(request.world, repository, comment));
  }),
];
