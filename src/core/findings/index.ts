/** The table of detectors: the next one is one file and one line here. */

import { buildLayout } from "./architecture/build-layout.ts";
import { importCycles } from "./architecture/import-cycles.ts";
import { layers } from "./architecture/layers.ts";
import { movedFolders } from "./architecture/moved-folders.ts";
import { packageEdges } from "./architecture/package-edges.ts";
import { topLevelModules } from "./architecture/top-level-modules.ts";
import { publicApi } from "./breaking/api/public-api.ts";
import { documents } from "./breaking/behaviour/documents.ts";
import { droppedCode } from "./breaking/behaviour/dropped-code.ts";
import { existingTests } from "./breaking/behaviour/existing-tests.ts";
import { runtimes } from "./breaking/behaviour/runtimes.ts";
import { shippedDependencies } from "./breaking/behaviour/shipped-dependencies.ts";
import { declaredBreak } from "./breaking/declared-break.ts";
import { declaredInNotes } from "./breaking/declared-in-notes.ts";
import { goModulePath } from "./breaking/go/module-path.ts";
import { environment } from "./breaking/options/environment.ts";
import { settings } from "./breaking/options/settings.ts";
import { packageBreak } from "./breaking/package-break.ts";
import { cargoBreak } from "./breaking/rust/cargo-break.ts";
import { graphqlSchemas } from "./breaking/schemas/graphql-schemas.ts";
import { jsonSchemas } from "./breaking/schemas/json-schemas.ts";
import { openapiDescriptions } from "./breaking/schemas/openapi-descriptions.ts";
import { protocolBuffers } from "./breaking/schemas/protocol-buffers.ts";
import { sqlMigrations } from "./breaking/schemas/sql-migrations.ts";
import { adaptedUsage } from "./breaking/usage/adapted-usage.ts";
import { codeRemoved } from "./breaking/usage/code-removed.ts";
import type { Detector, Rule } from "./detector.ts";
import type { FindingClass } from "./finding.ts";
import { cachedWork } from "./performance/cached-work.ts";
import { databaseIndexes } from "./performance/database-indexes.ts";
import { dependencyWeight } from "./performance/dependency-weight.ts";
import { hotPaths } from "./performance/hot-paths.ts";
import { loops } from "./performance/loops.ts";
import { codePatterns } from "./security/code/code-patterns.ts";
import { codeScanning } from "./security/code-scanning.ts";
import { advisories } from "./security/dependencies/advisories.ts";
import { dependencies } from "./security/dependencies/dependencies.ts";
import { guardingFiles } from "./security/guarding-files.ts";
import { loosenedGuards } from "./security/guards/loosened-guards.ts";
import { infrastructureSettings } from "./security/infrastructure/infrastructure-settings.ts";
import { oddEntries } from "./security/odd-entries.ts";
import { committedSecrets } from "./security/secrets/committed-secrets.ts";
import { possibleSecrets } from "./security/secrets/possible-secrets.ts";
import { sensitivePaths } from "./security/sensitive-paths.ts";
import { workflowPower } from "./security/workflows/workflow-power.ts";
import { largeChange } from "./size/large-change.ts";

export const detectors: readonly Detector[] = [
  declaredBreak,
  declaredInNotes,
  packageBreak,
  publicApi,
  cargoBreak,
  goModulePath,
  adaptedUsage,
  codeRemoved,
  protocolBuffers,
  graphqlSchemas,
  settings,
  environment,
  existingTests,
  documents,
  droppedCode,
  runtimes,
  shippedDependencies,
  openapiDescriptions,
  jsonSchemas,
  sqlMigrations,
  committedSecrets,
  possibleSecrets,
  oddEntries,
  guardingFiles,
  loosenedGuards,
  workflowPower,
  sensitivePaths,
  dependencies,
  codePatterns,
  infrastructureSettings,
  advisories,
  codeScanning,
  largeChange,
  topLevelModules,
  movedFolders,
  layers,
  importCycles,
  packageEdges,
  buildLayout,
  hotPaths,
  loops,
  databaseIndexes,
  cachedWork,
  dependencyWeight,
];

/** Every rule by its id, so that docs and the check can say what it means and why it is there. */
export const rules: Readonly<Record<string, Rule & { class: FindingClass; detector: string }>> = Object.fromEntries(
  detectors.flatMap((detector) =>
    Object.entries(detector.rules).map(([id, rule]) => [id, { ...rule, class: detector.class, detector: detector.id }]),
  ),
);
