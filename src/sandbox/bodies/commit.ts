/** Commits, files of a comparison and git objects as REST and webhooks show them. */
import type { FileChange } from "../git/diff.ts";
import { diffTrees } from "../git/diff.ts";
import type { Commit, Signer } from "../git/objects.ts";
import { nodeId } from "../state/node-id.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { findAccountByEmail, iso } from "../state/world.ts";
import { accountBody } from "./account.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

export function commitBody(world: World, repository: Repository, commit: Commit) {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const author = findAccountByEmail(world, commit.author.email);
  const committer = findAccountByEmail(world, commit.committer.email);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    commit: {
      author: signerBody(commit.author),
      committer: signerBody(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: repository.commitComments.filter((comment) => comment.sha === commit.sha).length,
      verification: verificationBody(commit),
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: author === undefined ? null : accountBody(world, author),
    committer: committer === undefined ? null : accountBody(world, committer),
    parents: parentBodies(world, repository, commit, "commits"),
  };
}

export function gitCommitBody(world: World, repository: Repository, commit: Commit) {
  const url = repositoryUrl(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: signerBody(commit.author),
    committer: signerBody(commit.committer),
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: parentBodies(world, repository, commit, "git/commits"),
    verification: verificationBody(commit),
  };
}

export function fileBody(world: World, repository: Repository, sha: string, change: FileChange) {
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  const page = repositoryPage(world, repository);
  return {
    sha: (change.after ?? change.before)?.sha ?? null,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(change.patch === null ? {} : { patch: change.patch }),
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
}

/** The short form in `check_suite`, `workflow_run` and `merge_group`. */
export function headCommitBody(commit: Commit) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: iso(commit.committer.date),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

/** The form in `push`, with the paths that changed. */
export function pushedCommitBody(world: World, repository: Repository, commit: Commit) {
  const [parent] = commit.parents;
  const parentTree = parent === undefined ? null : world.objects.commit(parent).tree;
  const changes = diffTrees(world.objects, parentTree, commit.tree);
  const login = (signer: Signer) => {
    const account = findAccountByEmail(world, signer.email);
    return { name: signer.name, email: signer.email, ...(account === undefined ? {} : { username: account.login }) };
  };
  const added = changes.filter(({ status }) => status === "added" || status === "renamed");
  const removed = changes.filter(({ status }) => status === "removed").map(({ path }) => path);
  return {
    ...headCommitBody(commit),
    distinct: true,
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: login(commit.author),
    committer: login(commit.committer),
    added: added.map(({ path }) => path),
    removed: [...removed, ...added.flatMap(({ previousPath }) => (previousPath === null ? [] : [previousPath]))],
    modified: changes.filter(({ status }) => status === "modified" || status === "changed").map(({ path }) => path),
  };
}

function parentBodies(world: World, repository: Repository, commit: Commit, room: string) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${repositoryUrl(world, repository)}/${room}/${sha}`,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
  }));
}

function signerBody(signer: Signer) {
  return { name: signer.name, email: signer.email, date: iso(signer.date) };
}

function verificationBody(commit: Commit) {
  const isSigned = commit.signature !== null;
  return {
    verified: commit.signature?.reason === "valid",
    reason: commit.signature?.reason ?? "unsigned",
    signature: isSigned ? "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----" : null,
    payload: isSigned ? `tree ${commit.tree}\n` : null,
    verified_at: isSigned ? iso(commit.committer.date) : null,
  };
}
