import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { routes } from "../src/handlers/routes.ts";

const root = join(import.meta.dirname, "..");
const manifest = parse(readFileSync(join(root, "app.yml"), "utf8")) as {
  default_permissions: Record<string, string>;
  default_events: string[];
};
const { default_permissions: permissions, default_events: events } = manifest;

it("asks for the events that are looked at, and no others", () => {
  const looked = Object.values(routes).flatMap(({ subscription }) => subscription ?? []);
  expect(events).toEqual([...new Set(looked)].sort());
});

/** Permission that GitHub wants of an App that subscribes to an event. https://docs.github.com/webhooks/webhook-events-and-payloads */
const permissionOfEvent: Record<string, string> = {
  check_run: "checks",
  check_suite: "checks",
  deployment_protection_rule: "deployments",
  deployment_status: "deployments",
  issue_comment: "issues",
  issues: "issues",
  label: "metadata",
  member: "members",
  membership: "members",
  merge_group: "merge_queues",
  organization: "members",
  pull_request: "pull_requests",
  pull_request_review: "pull_requests",
  push: "contents",
  repository: "metadata",
  repository_dispatch: "contents",
  status: "statuses",
  team: "members",
  workflow_run: "actions",
};

it.each(events)("may hear of %s", (event) => {
  expect(permissions).toHaveProperty(permissionOfEvent[event] ?? "unknown");
});

const setupGuide = readFileSync(join(root, "docs/github-setup.md"), "utf8");

/** What each REST address needs; `optional`: granted by hand where Holdpoint is to merge, and told of in the guide. https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
const permissionOfRoute: [RegExp, string | null][] = [
  [/^GET \/app\b|^POST \/app\b/, null], // as the App itself
  [/^GET \/installation\/repositories$/, "metadata:read"],
  [/^GET \/repos\/\{owner\}\/\{repo\}$/, "metadata:read"],
  [/^GET \/repos\/\{owner\}\/\{repo\}\/collaborators\b/, "metadata:read"],
  [/^GET \/repos\/\{owner\}\/\{repo\}\/installation$/, null], // as the App itself
  [/^GET .*\/pulls\/\{pull_number\}\/files$/, "pull_requests:read"],
  [/^GET .*\/pulls\b/, "pull_requests:read"],
  [/^POST .*\/requested_reviewers$/, "pull_requests:write"],
  [/^(GET|POST|PATCH) .*\/check-runs/, "checks:write"],
  [/^POST .*\/issues\/comments\/\{comment_id\}\/reactions$/, "issues:write"],
  [/^POST .*\/issues\/\{issue_number\}\/comments$/, "issues:write"],
  [/^PATCH .*\/issues\/comments\/\{comment_id\}$/, "issues:write"],
  [/^GET .*\/commits\/\{commit_sha\}\/pulls$/, "pull_requests:read"],
  [/^GET .*\/actions\/runs\/\{run_id\}(\/pending_deployments)?$/, "actions:read"],
  [/^POST .*\/deployment_protection_rule$/, "deployments:write"],
  [/^GET .*\/code-scanning\/alerts$/, "security_events:read"],
  [/^GET .*\/(git|compare|contents|commits|branches)\b/, "contents:read"],
  [/^POST .*\/commits\/\{commit_sha\}\/comments$/, "contents:read"],
  [/^GET \/orgs\/\{org\}/, "members:read"],
  [/^(GET|POST) \/repos\/\{owner\}\/\{repo\}\/issues$/, "issues:write"],
  [/^(GET|PATCH) .*\/issues\/\{issue_number\}$/, "issues:write"],
  [/^(GET|POST|DELETE) .*\/issues\/\{issue_number\}\/(comments|labels|assignees)\b/, "issues:write"],
  [/^GET .*\/actions\/runs$/, "actions:read"],
  [/^GET .*\/actions\/runs\/\{run_id\}\/approvals$/, "actions:read"],
  [/^POST .*\/rerun-failed-jobs$/, "optional actions:write"],
  [/^PUT .*\/update-branch$/, "pull_requests:write"],
  [/^PUT .*\/pulls\/\{pull_number\}\/merge$/, "optional contents:write"],
  [/^POST .*\/git\/refs$/, "optional contents:write"],
  [/^PUT .*\/contents\/\{path\}$/, "optional contents:write"],
];

describe("every REST request of src/github is covered", () => {
  it.each(routesUsed())("%s", (route) => {
    const needed = permissionOfRoute.find(([pattern]) => pattern.test(route));
    expect(needed, "a request that this table does not know").toBeDefined();
    const [, isOptional, name = "", level = ""] =
      /^(optional )?(\w+):(\w+)$/.exec(needed?.[1] ?? "metadata:read") ?? [];
    if (isOptional !== undefined) return expect(setupGuide).toContain(`${name}: ${level}`);
    const granted = permissions[name];
    expect(level === "write" ? [granted] : ["read", "write"]).toContain(level === "write" ? "write" : granted);
  });
});

it("asks for nothing that could change code, secrets, workflows, members or settings", () => {
  const written = Object.entries(permissions).flatMap(([name, level]) => (level === "read" ? [] : [name]));
  expect(written.sort()).toEqual(["checks", "deployments", "issues", "pull_requests"]);
});

function routesUsed(): string[] {
  const folder = join(root, "src/github");
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const found = texts.flatMap((text) => text.match(/"(?:GET|POST|PATCH|PUT|DELETE) \/[^"\s]*"/g) ?? []);
  return [...new Set(found.map((route) => route.slice(1, -1)))]
    .filter((route) => !route.startsWith("POST /graphql"))
    .sort();
}
