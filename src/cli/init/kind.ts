/** What kind of repository it is, by what it holds. */

import { isTest } from "../../core/findings/file-role.ts";

export const repositoryKinds = [
  "library",
  "application",
  "monorepo",
  "infrastructure",
  "api_description",
  "other",
] as const;
export type RepositoryKind = (typeof repositoryKinds)[number];

const manifest =
  /(^|\/)(package\.json|Cargo\.toml|pyproject\.toml|setup\.py|go\.mod|pom\.xml|build\.gradle(\.kts)?|composer\.json|[^/]+\.gemspec|[^/]+\.csproj)$/;
const program =
  /^(manage\.py|config\/application\.rb|config\/routes\.rb|artisan|cmd\/[^/]+\/main\.go|main\.go|Dockerfile|Procfile|app\.json)$|(^|\/)(appsettings\.json|wrangler\.toml|next\.config\.[cm]?[jt]s)$/;
const openApi = /(^|\/)(openapi|swagger)[^/]*\.(ya?ml|json)$|(^|\/)(openapi|specification|swagger)\/.*\.ya?ml$/i;

/** Folders that are built by themselves, without examples and tests; the root is the empty name. */
export function packagesOf(paths: readonly string[]): string[] {
  const folders = paths
    .filter(
      (path) =>
        manifest.test(path) &&
        !isTest(path) &&
        !/(^|\/)(examples?|samples?|templates?|playgrounds?|fixtures?|e2e)\//i.test(path),
    )
    .map((path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0)));
  return [...new Set(folders)];
}

/** Descriptions of interfaces, in which breaking changes are found whatever language the rest is written in. */
export function hasInterfaceDescriptions(paths: readonly string[]): boolean {
  return paths.some((path) => openApi.test(path) || /\.(proto|graphqls?)$/.test(path));
}

export function kindOf(own: readonly string[], packages: readonly string[]): RepositoryKind {
  const count = (pattern: RegExp) => own.filter((path) => pattern.test(path)).length;
  const code = count(/\.(c|cc|cpp|cs|go|java|kt|php|py|rb|rs|swift|[cm]?[jt]sx?)$/);
  const deployed = count(/\.tf$|(^|\/)Chart\.yaml$|(^|\/)templates\/.*\.ya?ml$/);
  if (deployed > 10 && deployed > code) return "infrastructure";
  const described = count(openApi);
  if (described > 0 && described >= code) return "api_description";
  if (packages.length > 3 && packages.length > 1)
    return own.some((path) => program.test(path)) ? "application" : "monorepo";
  if (own.some((path) => program.test(path))) return "application";
  return packages.length > 0 ? "library" : "other";
}
