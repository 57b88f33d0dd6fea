/** Makes JavaScript of TypeScript sources: one file for each entry, and beside it what is only read when it is needed. */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "../..");

export interface BundleOptions {
  /** Names of the files to be written (without ending), with the sources they start from, from the root of the project. */
  entries: Readonly<Record<string, string>>;
  /** Emptied first. */
  outDir: string;
  /** Packages that are left to be installed; all others go into the bundle. */
  external?: (string | RegExp)[];
}

/** The same sources give the same bytes, wherever the project lies. */
export async function bundle({ entries, outDir, external = [] }: BundleOptions): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  const build = await rolldown({
    cwd: root,
    input: { ...entries },
    platform: "node",
    external,
    onLog: (level, log) => {
      if (level === "warn") console.warn(log.message);
    },
  });
  await build.write({
    dir: outDir,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name].mjs",
    assetFileNames: "[name][extname]",
    minify: false,
    comments: { legal: true },
    sourcemap: false,
  });
  await build.close();
}
