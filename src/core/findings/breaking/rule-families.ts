/** Rules that tell of the same side of a change: what one of them says is worth something for those that are rarely met, too. */

import { rules } from "../index.ts";

/** By detector. */
const families: Readonly<Record<string, string>> = {
  public_api: "interfaces",
  package_break: "interfaces",
  cargo_manifest: "interfaces",
  go_module_path: "interfaces",
  protocol_buffers: "interfaces",
  graphql_schemas: "interfaces",
  openapi_descriptions: "interfaces",
  json_schemas: "interfaces",
  sql_migrations: "interfaces",
  settings: "settings",
  environment: "settings",
  existing_tests: "tests",
  documents: "documents",
  adapted_usage: "usage",
  code_removed: "code",
  dropped_code: "dropped_code",
  runtimes: "runtimes",
  shipped_dependencies: "dependencies",
  declared_in_notes: "notes",
};

/** Rule → family. */
export const ruleFamilies: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(rules).map(([rule, { detector }]) => [rule, families[detector] ?? detector]),
);
