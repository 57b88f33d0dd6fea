/** The table of REST operations. */
import { accountRoutes } from "./accounts.ts";
import { appRoutes } from "./apps.ts";
import { assigneeRoutes } from "./assignees.ts";
import { checkRoutes } from "./checks.ts";
import { codeScanningRoutes } from "./code-scanning.ts";
import { commitCommentRoutes } from "./commit-comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deploymentRoutes } from "./deployments.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { pullRoutes } from "./pulls.ts";
import { repositoryRoutes } from "./repositories.ts";
import type { Route } from "./request.ts";
import { reviewRoutes } from "./reviews.ts";
import { workflowRunRoutes } from "./workflow-runs.ts";

export const routes: readonly Route[] = [
  ...appRoutes,
  ...accountRoutes,
  ...repositoryRoutes,
  ...contentRoutes,
  ...commitRoutes,
  ...codeScanningRoutes,
  ...commitCommentRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...issueRoutes,
  ...assigneeRoutes,
  ...labelRoutes,
  ...checkRoutes,
  ...workflowRunRoutes,
  ...deploymentRoutes,
];

/** A route's template as hono writes it; parameters that may hold slashes match the rest of the path. */
export function honoPaths(template: string): string[] {
  const named = template
    .replace(/(git\/ref|git\/matching-refs|branches|compare|contents)\/\{(\w+)\}$/, "$1/:$2{.+}")
    .replaceAll(/\{(\w+)\}/g, ":$1");
  return [named, named.replace("/repos/:owner/:repo", "/repositories/:repository_id")].flatMap((path) => {
    // A repository's root folder has an empty path.
    const root = path.replace(/\/:path\{\.\+\}$/, "");
    return root === path ? [path] : [path, root, `${root}/`];
  });
}
