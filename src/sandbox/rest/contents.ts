/** Files and folders at a revision, and the git objects below them. */
import { z } from "zod";
import { createBranch, createCommit, moveBranch } from "../actions/push.ts";
import { invalid, notFound, Refusal } from "../actions/refusal.ts";
import { gitCommitBody } from "../bodies/commit.ts";
import { repositoryPage, repositoryUrl } from "../bodies/repository.ts";
import type { TreeEntry } from "../git/objects.ts";
import { resolveRevision } from "../git/revision.ts";
import { nodeId } from "../state/node-id.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { type Answer, actor, created, ok, param, type RestRequest, readBody, repositoryIn, route } from "./request.ts";

/** @see https://docs.github.com/rest/repos/contents#get-repository-content (larger files carry no content but in raw form) */
const CONTENT_BYTES_MAX = 1_048_576;
const FOLDER_ENTRIES_MAX = 1_000;
/** @see https://docs.github.com/rest/git/trees#get-a-tree */
const TREE_ENTRIES_MAX = 100_000;

const fileRequest = z.object({
  message: z.string(),
  content: z.string(),
  sha: z.string().optional(),
  branch: z.string().optional(),
});

const newRef = z.object({ ref: z.string(), sha: z.string() });

export const contentRoutes = [
  route("GET /repos/{owner}/{repo}/contents/{path}", "contents:read", showContent),
  route("PUT /repos/{owner}/{repo}/contents/{path}", "contents:write", writeContent, "write"),
  route("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", "contents:read", showTree),
  route("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const sha = param(request, "file_sha");
    const blob = request.world.objects.blob(sha);
    if (blob === undefined) throw notFound();
    if (request.accept.includes("raw")) return raw(blob);
    return ok({
      sha,
      node_id: nodeId("Blob", sha),
      size: blob.length,
      url: `${repositoryUrl(request.world, repository)}/git/blobs/${sha}`,
      content: base64Lines(blob),
      encoding: "base64",
    });
  }),
  route("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const commit = request.world.objects.findCommit(param(request, "commit_sha"));
    if (commit === undefined) throw notFound();
    return ok(gitCommitBody(request.world, repository, commit));
  }),
  route("POST /repos/{owner}/{repo}/git/refs", "contents:write", createRef, "write"),
  route("GET /repos/{owner}/{repo}/git/ref/{ref}", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const ref = `refs/${param(request, "ref")}`;
    const sha = repository.refs.get(ref);
    if (sha === undefined) throw notFound();
    return ok(refBody(request.world, repository, ref, sha));
  }),
  route("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", "contents:read", (request) => {
    const repository = repositoryIn(request);
    const start = `refs/${param(request, "ref")}`;
    const found = [...repository.refs].filter(([ref]) => ref.startsWith(start));
    return ok(found.map(([ref, sha]) => refBody(request.world, repository, ref, sha)));
  }),
];

function showContent(request: RestRequest): Answer {
  const { world } = request;
  const repository = repositoryIn(request);
  const revision = request.query.get("ref") ?? repository.defaultBranch;
  const sha = resolveRevision(world, repository, revision);
  if (sha === null) throw new Refusal(404, `No commit found for the ref ${revision}`);
  const path = param(request, "path").replace(/^\/|\/$/g, "");
  const entry = world.objects.entryAt(world.objects.commit(sha).tree, path);
  if (entry === undefined) throw notFound();
  const blob = world.objects.blob(entry.sha);
  if (request.accept.includes("raw") && blob !== undefined) return raw(blob);
  if (entry.mode !== "40000") return ok(entryBody(world, repository, revision, path, entry, true));
  const children = (world.objects.tree(entry.sha) ?? []).slice(0, FOLDER_ENTRIES_MAX);
  const entries = children.map((child) =>
    entryBody(world, repository, revision, path === "" ? child.name : `${path}/${child.name}`, child, false),
  );
  if (!request.accept.includes("object")) return ok(entries);
  return {
    status: 200,
    body: { ...entryBody(world, repository, revision, path, entry, false), entries },
    type: "application/vnd.github.object+json; charset=utf-8",
  };
}

function writeContent(request: RestRequest): Answer {
  const { world } = request;
  const repository = repositoryIn(request);
  const wanted = readBody(request, fileRequest);
  const branch = wanted.branch ?? repository.defaultBranch;
  const tip = branchSha(repository, branch);
  if (tip === undefined) throw new Refusal(404, `Branch ${branch} not found`);
  const path = param(request, "path");
  const known = world.objects.fileAt(world.objects.commit(tip).tree, path);
  if (known !== undefined && wanted.sha === undefined)
    throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (wanted.sha !== undefined && known?.sha !== wanted.sha)
    throw new Refusal(409, `${path} does not match ${wanted.sha}`);
  const commit = createCommit(world, tip, actor(request), {
    message: wanted.message,
    files: { [path]: Buffer.from(wanted.content, "base64") },
    viaWeb: true,
  });
  moveBranch(world, repository, branch, commit.sha, actor(request), false);
  const entry = world.objects.entryAt(commit.tree, path);
  if (entry === undefined) throw notFound();
  return {
    status: known === undefined ? 201 : 200,
    body: {
      content: entryBody(world, repository, branch, path, entry, false),
      commit: gitCommitBody(world, repository, commit),
    },
  };
}

/** Branches only; commits of forks are the repository's own, as on GitHub. */
function createRef(request: RestRequest): Answer {
  const repository = repositoryIn(request);
  const { ref, sha } = readBody(request, newRef);
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  if (branch === undefined) throw invalid(`Reference name must start with 'refs/heads/'.`);
  if (request.world.objects.findCommit(sha) === undefined) throw new Refusal(422, "Object does not exist");
  createBranch(request.world, repository, branch, sha, actor(request));
  return created(refBody(request.world, repository, ref, sha));
}

function showTree(request: RestRequest): Answer {
  const { world } = request;
  const repository = repositoryIn(request);
  const wanted = param(request, "tree_sha");
  const commitSha = resolveRevision(world, repository, wanted);
  const sha = commitSha === null ? wanted : world.objects.commit(commitSha).tree;
  if (world.objects.tree(sha) === undefined) throw notFound();
  const isDeep = request.query.has("recursive");
  const entries = [...walk(world, sha, "", isDeep)];
  return ok({
    sha,
    url: `${repositoryUrl(world, repository)}/git/trees/${sha}`,
    truncated: entries.length > TREE_ENTRIES_MAX,
    tree: entries.slice(0, TREE_ENTRIES_MAX).map(([path, entry]) => {
      const type = entry.mode === "40000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
      const size = world.objects.blob(entry.sha)?.length;
      return {
        path,
        mode: entry.mode === "40000" ? "040000" : entry.mode,
        type,
        sha: entry.sha,
        ...(type === "blob" ? { size } : {}),
        ...(type === "commit" ? {} : { url: `${repositoryUrl(world, repository)}/git/${type}s/${entry.sha}` }),
      };
    }),
  });
}

function* walk(world: World, treeSha: string, above: string, isDeep: boolean): Generator<[string, TreeEntry]> {
  for (const entry of world.objects.tree(treeSha) ?? []) {
    yield [`${above}${entry.name}`, entry];
    if (isDeep && entry.mode === "40000") yield* walk(world, entry.sha, `${above}${entry.name}/`, isDeep);
  }
}

function entryBody(
  world: World,
  repository: Repository,
  revision: string,
  path: string,
  entry: TreeEntry,
  isWhole: boolean,
) {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(revision)}`;
  const page = `${repositoryPage(world, repository)}/blob/${revision}/${encoded}`;
  const isFolder = entry.mode === "40000";
  const gitUrl = `${repositoryUrl(world, repository)}/git/${isFolder ? "trees" : "blobs"}/${entry.sha}`;
  const blob = world.objects.blob(entry.sha) ?? Buffer.alloc(0);
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    size: isFolder ? 0 : blob.length,
    url,
    html_url: page,
    git_url: gitUrl,
    download_url: isFolder ? null : `${repositoryPage(world, repository)}/raw/${revision}/${encoded}`,
    type: ENTRY_TYPES[entry.mode],
    _links: { self: url, git: gitUrl, html: page },
    ...(isWhole && entry.mode === "120000" ? { target: blob.toString("utf8") } : {}),
    ...(isWhole && entry.mode === "160000" ? { submodule_git_url: null } : {}),
    ...(isWhole && entry.mode.startsWith("100") ? fileContent(blob) : {}),
  };
}

const ENTRY_TYPES: Readonly<Record<TreeEntry["mode"], string>> = {
  "40000": "dir",
  "100644": "file",
  "100755": "file",
  "120000": "symlink",
  "160000": "submodule",
};

function fileContent(blob: Buffer) {
  if (blob.length > CONTENT_BYTES_MAX) return { content: "", encoding: "none" };
  return { content: base64Lines(blob), encoding: "base64" };
}

/** Base64 as GitHub breaks it: 60 characters a line. */
function base64Lines(blob: Buffer): string {
  return blob.toString("base64").replaceAll(/.{60}/g, "$&\n").concat("\n");
}

function raw(blob: Buffer): Answer {
  return { status: 200, body: blob, type: "application/vnd.github.raw+json; charset=utf-8" };
}

function refBody(world: World, repository: Repository, ref: string, sha: string) {
  const url = repositoryUrl(world, repository);
  return {
    ref,
    node_id: nodeId("Ref", ref),
    url: `${url}/git/${ref}`,
    object: { sha, type: "commit", url: `${url}/git/commits/${sha}` },
  };
}
