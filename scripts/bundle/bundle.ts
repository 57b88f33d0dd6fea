/** Makes JavaScript of TypeScript sources: one file for each entry, and beside it what is only read when it is needed. */

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { type Plugin, rolldown } from "rolldown";

const compress = promisify(brotliCompress);
/** The best two levels take a minute for what is then a tenth smaller. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };

export const root = join(import.meta.dirname, "../..");

export interface BundleOptions {
  /** Names of the files to be written (without ending), with the sources they start from, from the root of the project. */
  entries: Readonly<Record<string, string>>;
  /** Emptied first. */
  outDir: string;
  /** Packages that are left to be installed; all others go into the bundle. */
  external?: (string | RegExp)[];
  /** What a bundle has instead of a source or a module of a package: paths from the root, or specifiers, with paths from the root. */
  substitutes?: Readonly<Record<string, string>>;
  /** Files of packages that the program reads when it runs, as specifiers: copied beside the bundle. */
  files?: readonly string[];
  /** The same, but compressed by brotli, as `name.br`. */
  compressedFiles?: readonly string[];
  plugins?: Plugin[];
  /** For what is fetched anew each time it runs. */
  minify?: boolean;
}

/**
 * The same sources give the same bytes, wherever the project lies.
 *
 * @throws where a source cannot be bundled, or something would have to be guessed
 */
export async function bundle({
  entries,
  outDir,
  external = [],
  substitutes = {},
  files = [],
  compressedFiles = [],
  plugins = [],
  minify = false,
}: BundleOptions): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  const build = await rolldown({
    cwd: root,
    input: { ...entries },
    platform: "node",
    external,
    plugins: [substitute(substitutes), ...plugins],
    // A package that is linked in is named by the link: what lies behind it is this machine's own.
    resolve: { symlinks: false },
    // CommonJS modules look for their files by this name.
    transform: { define: { __dirname: "import.meta.dirname" } },
    experimental: { attachDebugInfo: "none" },
    onLog: (level, { message, code }) => {
      if (level === "warn" && code !== "EVAL") throw new Error(message);
    },
  });
  await build.write({
    dir: outDir,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name].mjs",
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: false,
    minify,
  });
  await build.close();
  await mkdir(outDir, { recursive: true });
  const packages = createRequire(join(root, "package.json"));
  // Not copied: their modes differ from package to package.
  await Promise.all(
    [...files, ...compressedFiles].map(async (file) => {
      const path = packages.resolve(file);
      const bytes = withoutMap(path, await readFile(path));
      if (files.includes(file)) await writeFile(join(outDir, basename(path)), bytes);
      else await writeFile(join(outDir, `${basename(path)}.br`), await compress(bytes, { params }));
    }),
  );
}

function substitute(substitutes: Readonly<Record<string, string>>): Plugin {
  const byPath = new Map(Object.entries(substitutes).map(([from, to]) => [join(root, from), join(root, to)]));
  return {
    name: "substitute",
    async resolveId(source, importer, options) {
      const named = substitutes[source];
      if (named !== undefined) return join(root, named);
      if (!source.startsWith(".")) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return byPath.get(resolved?.id ?? "") ?? resolved;
    },
  };
}

/** A module's map stays where it is, so that nothing names one. */
function withoutMap(path: string, bytes: Buffer): Buffer {
  if (!path.endsWith(".cjs")) return bytes;
  return Buffer.from(bytes.toString("utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}
