/** What a repository holds, as far as its first policy should know: read from names of files, workflows and owners. Nothing is executed. */

import { isDocumentation, isFixture, isSource, isTest } from "../../core/findings/file-role.ts";
import { languageOf } from "../../core/findings/language.ts";
import { codeownersPaths } from "../../core/policy/codeowners.ts";
import { hasInterfaceDescriptions, kindOf, packagesOf, type RepositoryKind } from "./kind.ts";
import { listFiles, textOf } from "./list-files.ts";
import { readOrigin } from "./read-origin.ts";
import {
  accessPaths,
  attributedPaths,
  hotPaths,
  infrastructurePaths,
  migrationPaths,
  securityPaths,
} from "./sensitive-paths.ts";
import { teamsOfCodeowners } from "./teams.ts";
import { readWorkflows } from "./workflows.ts";

export interface Survey {
  kind: RepositoryKind;
  /** Programming languages of the source, most files first, then by name. */
  languages: string[];
  /** Folders that are built by themselves; the root is the empty name. */
  packages: string[];
  hasInterfaceDescriptions: boolean;
  hasCodeowners: boolean;
  hasTests: boolean;
  /** Workflows that run tests of pull requests, the likeliest first. */
  testWorkflows: string[];
  /** The first of them that runs for every pull request, whatever that changes. */
  requiredWorkflow: string | null;
  /** A workflow scans code, or reviews dependencies. */
  hasCodeScanning: boolean;
  hasBenchmarks: boolean;
  /** Globs of who may do what, and of how it is kept secret. */
  security: string[];
  /** Globs of source that is measured. */
  hotPaths: string[];
  /** Globs of what changes stored data. */
  migrations: string[];
  /** Globs of what changes where it runs; where all of it does, of what decides about access. */
  infrastructure: string[];
  /** Globs of what nobody wrote by hand, as `.gitattributes` says. */
  generated: string[];
  vendored: string[];
  /** Owner of `origin` on GitHub; `null` where it names none. */
  owner: string | null;
  name: string | null;
  /** Where pull requests go; `null` where the clone does not tell. */
  defaultBranch: string | null;
  /** Teams that CODEOWNERS names, as `org/slug`. */
  teams: string[];
  /** It asks for contributions from outside, under a licence. */
  isOpen: boolean;
  /** Where a pull request template stands already. */
  template: string | null;
}

const templatePlace = /^(?:\.github\/|docs\/)?pull_request_template(?:\.(?:md|txt)$|\/)/i;

export async function surveyRepository(directory: string): Promise<Survey> {
  const paths = await listFiles(directory);
  const own = paths.filter((path) => !isDocumentation(path) && !isTest(path) && !isFixture(path));
  const source = own.filter(isSource);
  const codeowners = codeownersPaths.find((path) => paths.includes(path));
  const [origin, attributes, owners] = await Promise.all([
    readOrigin(directory),
    textOf(directory, ".gitattributes"),
    codeowners === undefined ? "" : textOf(directory, codeowners),
  ]);
  const workflows = await readWorkflows(directory, paths, origin.defaultBranch);
  const packages = packagesOf(own);
  const kind = kindOf(own, packages);
  return {
    kind,
    languages: languagesOf(own),
    packages,
    hasInterfaceDescriptions: hasInterfaceDescriptions(own),
    hasCodeowners: codeowners !== undefined,
    hasTests: paths.some((path) => isTest(path)),
    testWorkflows: workflows.tests.map(({ path }) => path),
    requiredWorkflow: workflows.tests.find(({ runsAlways }) => runsAlways)?.path ?? null,
    hasCodeScanning: workflows.hasCodeScanning,
    hasBenchmarks: paths.some((path) => /(^|\/)(bench|benches|benchmarks)\/|\.bench\.[a-z]+$/i.test(path)),
    security: securityPaths(source),
    hotPaths: hotPaths(paths, packages),
    migrations: migrationPaths(own),
    infrastructure: infrastructureOf(kind, own),
    generated: attributedPaths(attributes, "generated"),
    vendored: attributedPaths(attributes, "vendored"),
    ...origin,
    teams: teamsOfCodeowners(owners),
    isOpen:
      paths.some((path) => /^licen[cs]e|^copying/i.test(path)) &&
      paths.some((path) => /^(\.github\/|docs\/)?contributing\.\w+$/i.test(path)),
    template: paths.find((path) => templatePlace.test(path)) ?? null,
  };
}

function infrastructureOf(kind: RepositoryKind, own: readonly string[]): string[] {
  if (kind === "infrastructure") return accessPaths(own);
  return kind === "api_description" ? [] : infrastructurePaths(own); // There, a folder `kubernetes` describes a product.
}

function languagesOf(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const language = isSource(path) ? languageOf(path) : null;
    if (language?.type === "programming") counts.set(language.name, (counts.get(language.name) ?? 0) + 1);
  }
  const byCount = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return byCount.map(([name]) => name);
}
