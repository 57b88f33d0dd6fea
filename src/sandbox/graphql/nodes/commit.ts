/** Commits, trees and blobs, and the checks that stand at a commit. */
import { repositoryPage } from "../../bodies/repository.ts";
import { log } from "../../git/history.ts";
import type { Commit, Signer, TreeEntry } from "../../git/objects.ts";
import { isBinary } from "../../git/patch.ts";
import { nodeId } from "../../state/node-id.ts";
import { pullsWith } from "../../state/pull-facts.ts";
import type { Repository } from "../../state/repository.ts";
import { findAccountByEmail, iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { requirePermission, text } from "../context.ts";
import { actorNode } from "./actor.ts";
import { checkFields } from "./checks.ts";

/** Longer texts are cut, and say so. */
const BLOB_TEXT_BYTES_MAX = 512_000;

export function commitNode(context: GraphQLContext, repository: Repository, commit: Commit): GraphQLNode {
  const { world } = context;
  const [headline = "", ...rest] = commit.message.split("\n");
  const page = `${repositoryPage(world, repository)}/commit/${commit.sha}`;
  return {
    __typename: "Commit",
    id: nodeId("Commit", commit.sha),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    url: page,
    commitUrl: page,
    resourcePath: new URL(page).pathname,
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    authoredDate: iso(commit.author.date),
    committedDate: iso(commit.committer.date),
    // GitHub stopped filling it in 2023.
    pushedDate: null,
    committedViaWeb: commit.viaWeb,
    authoredByCommitter: commit.author.email === commit.committer.email,
    author: () => gitActorNode(context, commit.author),
    committer: () => gitActorNode(context, commit.committer),
    authors: (args: Args) =>
      connection("GitActorConnection", "authors", args, authorsOf(commit), (signer) => gitActorNode(context, signer)),
    parents: (args: Args) =>
      connection("CommitConnection", "parents", args, commit.parents, (sha) =>
        commitNode(context, repository, world.objects.commit(sha)),
      ),
    tree: () => objectNode(context, repository, commit.tree),
    treeUrl: `${repositoryPage(world, repository)}/tree/${commit.sha}`,
    repository: () => context.nodes.repository(repository),
    signature: () => signatureNode(context, commit),
    file: (args: Args) => fileNode(context, repository, commit, text(args, "path")),
    history: (args: Args) =>
      connection("CommitHistoryConnection", "history", args, log(world.objects, commit.sha), (found) =>
        commitNode(context, repository, found),
      ),
    associatedPullRequests: (args: Args) => {
      requirePermission(context, "pull_requests:read");
      const pulls = pullsWith(world, repository, commit.sha);
      return connection("PullRequestConnection", "associatedPullRequests", args, pulls, (pull) =>
        context.nodes.pull(pull),
      );
    },
    comments: (args: Args) => {
      const found = repository.commitComments.filter(({ sha }) => sha === commit.sha);
      return connection("CommitCommentConnection", "comments", args, found, (comment) => ({
        __typename: "CommitComment",
        id: comment.nodeId,
        databaseId: comment.id,
        body: comment.body,
        createdAt: iso(comment.createdAt),
        author: () => actorNode(context, comment.author),
      }));
    },
    ...checkFields(context, repository, commit),
  };
}

export function objectNode(context: GraphQLContext, repository: Repository, sha: string): GraphQLNode | null {
  const { objects } = context.world;
  const commit = objects.findCommit(sha);
  if (commit !== undefined) return commitNode(context, repository, commit);
  const page = `${repositoryPage(context.world, repository)}/tree/${sha}`;
  const shared = {
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    commitUrl: page,
    commitResourcePath: new URL(page).pathname,
    repository: () => context.nodes.repository(repository),
  };
  const blob = objects.blob(sha);
  if (blob !== undefined) {
    const binary = isBinary(blob);
    const isTruncated = blob.length > BLOB_TEXT_BYTES_MAX;
    return {
      __typename: "Blob",
      id: nodeId("Blob", sha),
      ...shared,
      byteSize: blob.length,
      isBinary: binary,
      isTruncated,
      text: binary ? null : blob.subarray(0, BLOB_TEXT_BYTES_MAX).toString("utf8"),
    };
  }
  const tree = objects.tree(sha);
  if (tree === undefined) return null;
  return {
    __typename: "Tree",
    id: nodeId("Tree", sha),
    ...shared,
    entries: tree.map((entry) => treeEntryNode(context, repository, entry, "")),
  };
}

/** Who wrote a commit: its author, then those its `Co-authored-by` trailers name. */
function authorsOf(commit: Commit): Signer[] {
  const authors = [commit.author];
  for (const [, name = "", email = ""] of commit.message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^>]+)>\s*$/gim)) {
    authors.push({ name, email, date: commit.author.date });
  }
  return authors;
}

export function gitActorNode(context: GraphQLContext, signer: Signer): GraphQLNode {
  const account = findAccountByEmail(context.world, signer.email);
  return {
    __typename: "GitActor",
    name: signer.name,
    email: signer.email,
    date: iso(signer.date),
    avatarUrl: `${context.world.serverUrl}/avatars/u/0`,
    user: account?.kind === "User" ? actorNode(context, account) : null,
  };
}

function signatureNode(context: GraphQLContext, commit: Commit): GraphQLNode | null {
  if (commit.signature === null) return null;
  const { reason, signerId } = commit.signature;
  const signer = signerId === null ? undefined : context.world.accounts.get(signerId);
  return {
    __typename: "GpgSignature",
    email: commit.committer.email,
    isValid: reason === "valid",
    state: reason.toUpperCase(),
    signature: "",
    payload: "",
    keyId: null,
    verifiedAt: iso(commit.committer.date),
    wasSignedByGitHub: commit.viaWeb,
    signer: () => (signer === undefined ? null : actorNode(context, signer)),
  };
}

function fileNode(context: GraphQLContext, repository: Repository, commit: Commit, path: string): GraphQLNode | null {
  const entry = context.world.objects.entryAt(commit.tree, path);
  const above = path.split("/").slice(0, -1).join("/");
  return entry === undefined ? null : treeEntryNode(context, repository, entry, above);
}

function treeEntryNode(context: GraphQLContext, repository: Repository, entry: TreeEntry, above: string): GraphQLNode {
  const type = entry.mode === "40000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
  return {
    __typename: "TreeEntry",
    name: entry.name,
    path: above === "" ? entry.name : `${above}/${entry.name}`,
    oid: entry.sha,
    type,
    mode: Number.parseInt(entry.mode, 8),
    size: context.world.objects.blob(entry.sha)?.length ?? 0,
    extension: /\.\w+$/.exec(entry.name)?.[0] ?? "",
    object: () => (type === "commit" ? null : objectNode(context, repository, entry.sha)),
    repository: () => context.nodes.repository(repository),
  };
}
