/** Repositories as REST and webhooks show them. */
import type { Repository } from "../state/repository.ts";
import { fullName } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";
import { accountBody } from "./account.ts";

export function repositoryUrl(world: World, repository: Repository): string {
  return `${world.apiUrl}/repos/${fullName(repository)}`;
}

export function repositoryPage(world: World, repository: Repository): string {
  return `${world.serverUrl}/${fullName(repository)}`;
}

/** Templates of a repository's own addresses, by the name of their key. */
const ADDRESSES = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;

type Addresses = Record<keyof typeof ADDRESSES, string>;

export function repositoryBody(world: World, repository: Repository) {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === "open").length;
  const addresses = Object.fromEntries(Object.entries(ADDRESSES).map(([key, end]) => [key, `${url}${end}`]));
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    owner: accountBody(world, repository.owner),
    html_url: page,
    description: repository.description,
    fork: repository.parent !== null,
    url,
    ...(addresses as Addresses),
    git_url: `git://${new URL(page).host}/${fullName(repository)}.git`,
    ssh_url: `git@${new URL(page).hostname}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    size: 100,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    open_issues_count: openIssues,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: repository.isArchived,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? "private" : "public",
    default_branch: repository.defaultBranch,
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.updatedAt),
    pushed_at: iso(repository.pushedAt),
  };
}

export function fullRepositoryBody(world: World, repository: Repository) {
  return {
    ...repositoryBody(world, repository),
    allow_rebase_merge: repository.mergeMethods.has("rebase"),
    allow_squash_merge: repository.mergeMethods.has("squash"),
    allow_merge_commit: repository.mergeMethods.has("merge"),
    allow_auto_merge: repository.allowsAutoMerge,
    delete_branch_on_merge: false,
    network_count: 0,
    subscribers_count: 0,
    custom_properties: Object.fromEntries(repository.properties),
    ...(repository.parent === null
      ? {}
      : { parent: repositoryBody(world, repository.parent), source: repositoryBody(world, repository.parent) }),
  };
}

/** `push` events alone give times in seconds and name the default branch twice. */
export function pushedRepositoryBody(world: World, repository: Repository) {
  return {
    ...repositoryBody(world, repository),
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}
