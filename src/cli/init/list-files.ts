/** The files of a directory, as far as a first policy should know. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Enough to see what a repository is; a monorepo has more. */
const filesMax = 20_000;
const foreign = new Set(["node_modules", "vendor", "third_party", "dist", "build", "target", "venv", "__pycache__"]);

/** Paths with `/`, in the order of their names; links are not followed, hidden folders but `.github` are left out. */
export async function listFiles(directory: string): Promise<string[]> {
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

/** @returns nothing for a file that is not there or cannot be read: a first policy does without it */
export async function textOf(directory: string, path: string): Promise<string> {
  return readFile(join(directory, path), "utf8").catch(() => "");
}
