/** Files of the checkout, and of the runner's temporary folder, by patterns. What a link points to elsewhere is not read. */

import { access, constants, glob, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { warning } from "@actions/core";
import { oneLine } from "../../src/core/report/words.ts";

export interface FoundFile {
  /** To be opened: no link is left in it. */
  path: string;
  /** As it is told: from the root of the checkout. */
  name: string;
  sizeBytes: number;
}

/** Nobody's own reports lie there. */
const passedBy = new Set(["node_modules", ".git"]);

/** @returns each file once, in the order of their names, no more than `filesMax` */
export async function findFiles(
  env: NodeJS.ProcessEnv,
  patterns: readonly string[],
  input: string,
  filesMax: number,
): Promise<FoundFile[]> {
  const workspace = resolve(env.GITHUB_WORKSPACE ?? ".");
  const roots = await Promise.all([workspace, env.RUNNER_TEMP ?? workspace].map((root) => realOf(root)));
  const found = new Map<string, FoundFile>();
  for (const pattern of patterns) {
    const before = found.size;
    for await (const match of glob(pattern, { cwd: workspace, exclude: (name) => passedBy.has(basename(name)) })) {
      const file = await lookAt(resolve(workspace, match), workspace, roots);
      if (file !== null) found.set(file.path, file);
      if (found.size > filesMax) break;
    }
    if (found.size === before) warning(`The input \`${input}\` finds no file in the checkout: ${oneLine(pattern)}`);
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (files.length > filesMax) warning(`The input \`${input}\` finds more than ${filesMax} files: no more are read.`);
  return files.slice(0, filesMax);
}

async function lookAt(match: string, workspace: string, roots: readonly (string | null)[]): Promise<FoundFile | null> {
  const path = await realOf(match);
  if (path === null || !roots.some((root) => root !== null && isWithin(path, root))) return null;
  const about = await stat(path);
  if (!about.isFile()) return null;
  const isReadable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isReadable) {
    warning(`This step may not read ${oneLine(match)}.`);
    return null;
  }
  const name = isWithin(match, workspace) ? relative(workspace, match) : basename(match);
  return { path, name: name.replaceAll(sep, "/"), sizeBytes: about.size };
}

function realOf(path: string): Promise<string | null> {
  // A link that leads nowhere, or a file that is gone meanwhile.
  return realpath(path).catch(() => null);
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}
