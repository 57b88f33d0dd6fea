/** Globs of what deserves a closer look, by the names that projects give to it. */

const security =
  /^(auth|authn|authz|authentication|authorization|oauth2?|oidc|saml|sso|crypto|cryptography|encryption|permissions?|policies|rbac|acl|security|sessions?)$/i;
const migrations = /^(migrations?|migrate|dbscripts)$/i;
const infrastructure = /^(k8s|kubernetes|helm|charts)$/i;

/** More folders than this of one name become one glob. */
const foldersMax = 5;

export function securityPaths(source: readonly string[]): string[] {
  return globsOf(source, security);
}

export function migrationPaths(own: readonly string[]): string[] {
  const alembic = own.some((path) => /(^|\/)alembic\/versions\//.test(path)) ? ["**/alembic/versions/**"] : [];
  const data = own.filter((path) => /\.(sql|py|rb|php|cs|go|java|kt|[cm]?[jt]s)$/.test(path));
  return [...globsOf(data, migrations), ...alembic];
}

export function infrastructurePaths(own: readonly string[]): string[] {
  return [
    ...(own.some((path) => path.endsWith(".tf")) ? ["**/*.tf"] : []),
    ...(own.some((path) => /(^|\/)Dockerfile[^/]*$/.test(path)) ? ["**/Dockerfile*"] : []),
    ...globsOf(own, infrastructure),
  ];
}

/** In a repository of nothing but infrastructure: where state is kept, and who may do what. */
export function accessPaths(own: readonly string[]): string[] {
  const globs: [RegExp, string][] = [
    [/(^|\/)backend[^/]*\.tf$/, "**/backend*.tf"],
    [/(^|\/)providers?\.tf$/, "**/provider*.tf"],
    [/(^|\/)[^/]*iam[^/]*\.tf$/, "**/*iam*.tf"],
    [/(^|\/)templates\/[^/]*(role|rbac|serviceaccount)[^/]*\.ya?ml$/i, "**/templates/**/*role*"],
    [/(^|\/)templates\/[^/]*secret[^/]*\.ya?ml$/i, "**/templates/**/*secret*"],
  ];
  return globs.filter(([pattern]) => own.some((path) => pattern.test(path))).map(([, glob]) => glob);
}

/** Source beside benchmarks: what is measured is meant to be quick. Only of packages; a whole repository would be too much. */
export function hotPaths(paths: readonly string[], packages: readonly string[]): string[] {
  const measured = packages.filter(
    (folder) => folder !== "" && paths.some((path) => path.startsWith(`${folder}/bench`) && isPlain(folder)),
  );
  return measured.slice(0, foldersMax).map((folder) => `${folder}/src/**`);
}

/**
 * What `.gitattributes` says is generated or vendored, as globs.
 *
 * @see https://github.com/github-linguist/linguist/blob/main/docs/overrides.md
 */
export function attributedPaths(gitattributes: string, attribute: "generated" | "vendored"): string[] {
  return gitattributes
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ...said]) =>
      said.some((one) => one === `linguist-${attribute}` || one === `linguist-${attribute}=true`),
    )
    .flatMap(([pattern = ""]) => {
      if (!/^[\w./*@-]+$/.test(pattern)) return [];
      const rooted = pattern.replace(/^\//, "").replace(/\/$/, "/**");
      return [pattern.replace(/\/$/, "").includes("/") ? rooted : `**/${rooted}`];
    })
    .slice(0, 20);
}

/** Globs of the topmost folders of that name; names that a glob would read as marks are left out. */
function globsOf(paths: readonly string[], name: RegExp): string[] {
  const found = new Map<string, string>();
  for (const path of paths) {
    const folders = path.split("/").slice(0, -1);
    const index = folders.findIndex((folder) => name.test(folder));
    const folder = folders.slice(0, index + 1).join("/");
    if (index >= 0 && isPlain(folder)) found.set(folder, folders[index] ?? "");
  }
  if (found.size <= foldersMax) return [...found.keys()].map((folder) => `${folder}/**`);
  return [...new Set(found.values())].slice(0, foldersMax).map((folder) => `**/${folder}/**`);
}

function isPlain(path: string): boolean {
  return /^[\w./@-]+$/.test(path);
}
