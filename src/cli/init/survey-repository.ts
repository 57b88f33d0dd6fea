/** What a repository holds, as far as its first policy should know: read from names of files and from its workflows. Nothing is executed. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDocumentation, isSource, isTest } from "../../core/findings/file-role.ts";
import { languageOf } from "../../core/findings/language.ts";
import { codeownersPaths } from "../../core/policy/codeowners.ts";

export interface Survey {
  /** Programming languages of the source, most files first, then by name. */
  languages: string[];
  hasCodeowners: boolean;
  hasTests: boolean;
  /** Workflows that run tests of pull requests. */
  testWorkflows: string[];
  /** A workflow scans code, or reviews dependencies. */
  hasCodeScanning: boolean;
  hasBenchmarks: boolean;
  /** Globs of what changes stored data. */
  migrations: string[];
  /** Globs of what changes where it runs. */
  infrastructure: string[];
  /** Owner of `origin` on GitHub; `null` where it names none. */
  owner: string | null;
  /** Where a pull request template stands already. */
  template: string | null;
}

/** Enough to see what a repository is; a monorepo has more. */
const filesMax = 20_000;
const foreign = new Set(["node_modules", "vendor", "third_party", "dist", "build", "target", "venv", "__pycache__"]);
const templatePlace = /^(?:\.github\/|docs\/)?pull_request_template(?:\.(?:md|txt)$|\/)/i;

export async function surveyRepository(directory: string): Promise<Survey> {
  const paths = await listFiles(directory);
  const own = paths.filter((path) => !isDocumentation(path) && !isTest(path));
  const workflows = await readWorkflows(directory, paths);
  return {
    languages: languagesOf(own),
    hasCodeowners: codeownersPaths.some((path) => paths.includes(path)),
    hasTests: paths.some((path) => isTest(path)),
    testWorkflows: workflows
      .filter(({ text }) => /\bpull_request\b/.test(text) && /\btests?\b/i.test(text))
      .map(({ path }) => path),
    hasCodeScanning: workflows.some(({ text }) => /github\/codeql-action|actions\/dependency-review-action/.test(text)),
    hasBenchmarks: paths.some((path) => /(^|\/)(bench|benches|benchmarks)\/|\.bench\.[a-z]+$/i.test(path)),
    migrations: foldersOf(own, /^(migrations?|migrate)$/i),
    infrastructure: [
      ...(own.some((path) => path.endsWith(".tf")) ? ["**/*.tf"] : []),
      ...(own.some((path) => /(^|\/)Dockerfile[^/]*$/.test(path)) ? ["**/Dockerfile*"] : []),
      ...foldersOf(own, /^(k8s|kubernetes|helm|charts)$/i),
    ],
    owner: await readOwner(directory),
    template: paths.find((path) => templatePlace.test(path)) ?? null,
  };
}

/** Paths with `/`, in the order of their names; links are not followed, hidden folders but `.github` are left out. */
async function listFiles(directory: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined && files.length < filesMax; folder = folders.shift()) {
    const entries = await readdir(join(directory, folder), { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isHidden = entry.name.startsWith(".") && entry.name !== ".github";
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && !isHidden && !foreign.has(entry.name)) folders.push(path);
    }
  }
  return files;
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

/** Globs of the topmost folders of that name, at most five; names that a glob would read as marks are left out. */
function foldersOf(paths: readonly string[], name: RegExp): string[] {
  const globs = paths.flatMap((path) => {
    const folders = path.split("/").slice(0, -1);
    const index = folders.findIndex((folder) => name.test(folder));
    const folder = folders.slice(0, index + 1).join("/");
    return index >= 0 && /^[\w./@-]+$/.test(folder) ? [`${folder}/**`] : [];
  });
  return [...new Set(globs)].slice(0, 5);
}

async function readWorkflows(directory: string, paths: readonly string[]): Promise<{ path: string; text: string }[]> {
  const workflows = paths.filter((path) => /^\.github\/workflows\/[\w.-]+\.ya?ml$/.test(path)).slice(0, 50);
  return Promise.all(workflows.map(async (path) => ({ path, text: await readFile(join(directory, path), "utf8") })));
}

async function readOwner(directory: string): Promise<string | null> {
  // A clone's own configuration; there is none outside a repository, and in a work tree it stands elsewhere.
  const config = await readFile(join(directory, ".git", "config"), "utf8").catch(() => "");
  const origin = config.split(/^\[remote "origin"\]$/m)[1] ?? "";
  return /^\s*url\s*=\s*\S*[/:]([A-Za-z0-9-]+)\/[\w.-]+$/m.exec(origin)?.[1] ?? null;
}
