/** Makes the npm package in `build/npm`: JavaScript bundled from the sources, since Node strips no types of packages, and what it reads. */

import { chmod, copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, root } from "./bundle/bundle.ts";
import { parsersBeside } from "./bundle/parsers.ts";
import { rewrite } from "./bundle/rewrite.ts";
import { writeDeclarations } from "./package/declarations.ts";
import { gatherPackages, licencesText, notePackage } from "./package/licences.ts";
import { installed, manifest, optional, schemas } from "./package/manifest.ts";
import { packageReadme } from "./package/readme.ts";

/** Where the package's own files lie, seen from `dist/`. */
const rewrites = [
  { of: "src/handlers/classify-apart.ts", from: '"./classify-process.ts"', to: '"./classify-process.mjs"' },
  { of: "src/cli/backtest/replay-pool.ts", from: '"./replay-process.ts"', to: '"./replay-process.mjs"' },
  { of: "src/cli/demo/app-process.ts", from: '"../../../bin/holdpoint.mjs"', to: '"../bin/holdpoint.mjs"' },
  { of: "src/sandbox/openapi/contract.ts", from: '"./vendor/github.json"', to: '"./github.json"' },
  {
    of: "src/sandbox/graphql/schema.ts",
    from: 'new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"))',
    to: 'new URL("schema.graphql", import.meta.url)',
  },
];

/** @param outDir emptied first */
export async function buildPackage(outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(join(outDir, "bin"), { recursive: true });
  const packages = new Map();
  await bundle({
    entries: {
      cli: "src/cli/main.ts",
      api: "src/api.ts",
      "classify-process": "src/handlers/classify-process.ts",
      "replay-process": "src/cli/backtest/replay-process.ts",
    },
    outDir: join(outDir, "dist"),
    external: [...Object.keys({ ...installed, ...optional }).map((name) => new RegExp(`^${name}(/|$)`)), "pg-native"],
    ...parsersBeside,
    plugins: [rewrite(rewrites), gatherPackages(packages)],
  });
  for (const [from, to] of [
    [join(root, "src/sandbox/openapi/vendor/github.json"), "dist/github.json"],
    [join(root, "node_modules/@octokit/graphql-schema/schema.graphql"), "dist/schema.graphql"],
    [join(import.meta.dirname, "package/start.mjs"), "bin/holdpoint.mjs"],
    [join(root, "LICENSE"), "LICENSE"],
    ...schemas.map((name) => [join(root, "docs", name), name] as const),
  ] as const) {
    await copyFile(from, join(outDir, to));
  }
  await chmod(join(outDir, "bin/holdpoint.mjs"), 0o755);
  await writeDeclarations("src/api.ts", join(outDir, "types"));
  for (const name of [
    "zod",
    "web-tree-sitter",
    "libpg-query",
    "@vscode/tree-sitter-wasm",
    "@tree-sitter-grammars/tree-sitter-hcl",
  ])
    notePackage(join(root, "node_modules", name, "package.json"), packages);
  await writeFile(join(outDir, "THIRD-PARTY-LICENCES.txt"), licencesText(packages));
  await writeFile(join(outDir, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(outDir, "README.md"), packageReadme());
}

if (import.meta.main) {
  const outDir = join(root, "build/npm");
  await buildPackage(outDir);
  console.log(`Built ${outDir}. Look into it with: npm pack --dry-run ${outDir}`);
}
