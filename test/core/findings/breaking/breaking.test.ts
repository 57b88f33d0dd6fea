import { expect, it } from "vitest";
import { lowestMajor } from "../../../../src/core/findings/package-manifest.ts";
import { aCommit } from "../../../support/builders.ts";
import { classifyStory, findingsOf, rulesOf, type Story } from "../../../support/changes.ts";

const label = (name: string) => ({ name, addedBy: null, addedAt: null });

it.each([
  { name: "a title with !", snapshot: { title: "feat!: drop it" }, rules: ["break_declared_in_title proven"] },
  {
    name: "a title with scope and !",
    snapshot: { title: "fix(api)!: drop it" },
    rules: ["break_declared_in_title proven"],
  },
  { name: "an ordinary title", snapshot: { title: "feat: wow!" }, rules: [] },
  { name: "a title that shouts", snapshot: { title: "Wow! This: is it" }, rules: [] },
  {
    name: "a commit's footer",
    snapshot: { commits: [aCommit({ message: "feat: a\n\nBREAKING CHANGE: gone" })] },
    rules: ["break_declared_in_commit proven"],
  },
  {
    name: "a commit's footer with a dash",
    snapshot: { commits: [aCommit({ message: "feat: a\n\nBREAKING-CHANGE: gone" })] },
    rules: ["break_declared_in_commit proven"],
  },
  {
    name: "a commit with !",
    snapshot: { commits: [aCommit({ message: "refactor(a)!: b" })] },
    rules: ["break_declared_in_commit proven"],
  },
  {
    name: "a title and the commit that it was made of",
    snapshot: { title: "feat!: drop it", commits: [aCommit({ message: "feat!: drop it\n\nBREAKING CHANGE: gone" })] },
    rules: ["break_declared_in_title proven"],
  },
  {
    name: "a description made of a commit's footer",
    snapshot: {
      title: "feat: a",
      body: "BREAKING CHANGE: gone",
      commits: [aCommit({ message: "feat: a\n\nBREAKING CHANGE: gone" })],
    },
    rules: ["break_declared_in_description proven"],
  },
  {
    name: "a title and another commit",
    snapshot: { title: "feat!: drop it", commits: [aCommit({ message: "fix!: and that" })] },
    rules: ["break_declared_in_title proven", "break_declared_in_commit proven"],
  },
  { name: "a merge commit", snapshot: { commits: [aCommit({ message: "feat!: a", parents: ["a", "b"] })] }, rules: [] },
  {
    name: "a description",
    snapshot: { body: "Text\n\nBREAKING CHANGE: the port is 80" },
    rules: ["break_declared_in_description proven"],
  },
  {
    name: "a description's heading",
    snapshot: { body: "**BREAKING CHANGE:** the port is 80" },
    rules: ["break_declared_in_description proven"],
  },
  { name: "a template's none", snapshot: { body: "BREAKING CHANGE: none" }, rules: [] },
  { name: "a template's comment", snapshot: { body: "<!-- BREAKING CHANGE: say what -->\nText" }, rules: [] },
  { name: "prose about breaking changes", snapshot: { body: "There is no breaking change: all is well" }, rules: [] },
  { name: "a label", snapshot: { labels: [label("Breaking-Change")] }, rules: ["break_declared_by_label proven"] },
  { name: "another label", snapshot: { labels: [label("non-breaking")] }, rules: [] },
  {
    name: "the policy's label",
    snapshot: { labels: [label("API")] },
    options: { breaking_change: { labels: ["api"] } },
    rules: ["break_declared_by_label proven"],
  },
  {
    name: "a label the policy does not name",
    snapshot: { labels: [label("breaking")] },
    options: { breaking_change: { labels: ["api"] } },
    rules: [],
  },
] as (Story & { name: string; rules: string[] })[])("declared by $name → $rules", async ({ rules, ...story }) => {
  const findings = await findingsOf("breaking_change", { files: { "a.md": ["a\n", "b\n"] }, ...story });
  expect(findings.map(({ rule, strength }) => `${rule} ${strength}`)).toEqual(rules);
  for (const finding of findings) expect(finding.isDeclared).toBe(true);
});

const manifest = (json: object) => `${JSON.stringify({ name: "lib", version: "1.2.3", ...json }, null, 2)}\n`;

it.each([
  { name: "main is gone", before: { main: "a.js" }, after: {}, rules: ["package_entry_removed proven"] },
  {
    name: "main leads elsewhere",
    before: { main: "a.js" },
    after: { main: "b.js" },
    rules: ["package_entry_changed hint"],
  },
  {
    name: "an exported path is gone",
    before: { exports: { ".": "./a.js", "./b": "./b.js" } },
    after: { exports: { ".": "./a.js" } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "an exported path is closed",
    before: { exports: { ".": "./a.js", "./b": "./b.js" } },
    after: { exports: { ".": "./a.js", "./b": null } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "an exported path is added",
    before: { exports: { ".": "./a.js" } },
    after: { exports: { ".": "./a.js", "./b": "./b.js" } },
    rules: [],
  },
  {
    name: "require is gone",
    before: { exports: { import: "./a.js", require: "./a.cjs" } },
    after: { exports: { import: "./a.js" } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "require is answered by default",
    before: { exports: { import: "./a.js", require: "./a.cjs" } },
    after: { exports: { import: "./a.js", default: "./a.cjs" } },
    rules: [],
  },
  {
    name: "exports is introduced",
    before: { main: "a.js" },
    after: { main: "a.js", exports: { ".": "./a.js" } },
    rules: ["package_entry_changed hint", "package_exports_closed likely"],
  },
  {
    name: "a command is gone",
    before: { bin: { tool: "a.js", other: "b.js" } },
    after: { bin: { tool: "a.js" } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "a newer node",
    before: { engines: { node: ">=18" } },
    after: { engines: { node: ">=20" } },
    rules: ["engines_raised proven"],
  },
  {
    name: "a newer minor of node",
    before: { engines: { node: ">=20.1" } },
    after: { engines: { node: ">=20.9.0" } },
    rules: ["engines_raised proven"],
  },
  {
    name: "an older node is let in",
    before: { engines: { node: ">=20" } },
    after: { engines: { node: ">=18" } },
    rules: [],
  },
  {
    name: "another node is let in too",
    before: { engines: { node: "^18" } },
    after: { engines: { node: "^18 || ^20" } },
    rules: [],
  },
  {
    name: "a node is dropped from a list",
    before: { engines: { node: "^18 || ^20" } },
    after: { engines: { node: "^20" } },
    rules: ["engines_raised proven"],
  },
  { name: "a newer npm", before: { engines: { npm: ">=8" } }, after: { engines: { npm: ">=9" } }, rules: [] },
  {
    name: "a newer peer",
    before: { peerDependencies: { react: "^17" } },
    after: { peerDependencies: { react: "^18" } },
    rules: ["peer_dependency_raised proven"],
  },
  {
    name: "a newer minor of a peer",
    before: { peerDependencies: { react: "^17.1" } },
    after: { peerDependencies: { react: "^17.2" } },
    rules: [],
  },
  {
    name: "an optional newer peer",
    before: { peerDependencies: { react: "^17" } },
    after: { peerDependencies: { react: "^18" }, peerDependenciesMeta: { react: { optional: true } } },
    rules: [],
  },
  {
    name: "a new peer",
    before: {},
    after: { peerDependencies: { react: "^18" } },
    rules: ["peer_dependency_raised likely"],
  },
  { name: "the type flipped", before: {}, after: { type: "module" }, rules: ["package_type_changed proven"] },
  { name: "the type was spelt out", before: {}, after: { type: "commonjs" }, rules: [] },
  { name: "another name", before: {}, after: { name: "lib2" }, rules: ["package_renamed proven"] },
  {
    name: "a manifest without a name, which nobody can install",
    before: { name: undefined, main: "a.js" },
    after: { name: undefined },
    rules: [],
  },
  { name: "a major version", before: {}, after: { version: "2.0.0" }, rules: ["package_major_bumped proven"] },
  { name: "a minor version", before: {}, after: { version: "1.3.0" }, rules: [] },
  {
    name: "a newer patch of node",
    before: { engines: { node: ">=20.1.0" } },
    after: { engines: { node: ">=20.1.4" } },
    rules: ["engines_raised likely"],
  },
  { name: "a node is stated", before: {}, after: { engines: { node: ">=20" } }, rules: ["engines_raised likely"] },
  {
    name: "a node between others is dropped",
    before: { engines: { node: "^18 || ^20 || >=22" } },
    after: { engines: { node: "^18 || >=22" } },
    rules: ["engines_raised proven"],
  },
  {
    name: "a node that is no range",
    before: { engines: { node: "lts" } },
    after: { engines: { node: "latest" } },
    rules: [],
  },
  {
    name: "a peer between others is dropped",
    before: { peerDependencies: { vite: "^4 || ^5 || ^6" } },
    after: { peerDependencies: { vite: "^4.0.0 || ^6.0.0" } },
    rules: ["peer_dependency_raised proven"],
  },
  {
    name: "a peer from the workspace",
    before: { peerDependencies: { vite: "workspace:^4" } },
    after: { peerDependencies: { vite: "workspace:^5" } },
    rules: [],
  },
  {
    name: "the package goes private",
    before: {},
    after: { private: true },
    rules: ["package_removed proven"],
  },
  {
    name: "the type flips where every file says what it is",
    before: { exports: { import: "./a.mjs", require: "./a.cjs" } },
    after: { exports: { import: "./a.mjs", require: "./a.cjs" }, type: "module" },
    rules: ["package_type_changed hint"],
  },
  {
    name: "fewer files are published",
    before: { files: ["dist", "src"] },
    after: { files: ["dist"] },
    rules: ["package_files_narrowed hint"],
  },
  {
    name: "modules are said to do nothing by themselves",
    before: {},
    after: { sideEffects: false },
    rules: ["package_side_effects_changed hint"],
  },
  {
    name: "an operating system is left out",
    before: { os: ["linux", "darwin"] },
    after: { os: ["linux"] },
    rules: ["package_platforms_restricted likely"],
  },
  { name: "a processor is let in", before: { cpu: ["x64"] }, after: { cpu: ["x64", "arm64"] }, rules: [] },
  {
    name: "an entry of the published form is gone",
    before: { exports: { ".": "./src/a.ts" }, publishConfig: { exports: { ".": "./a.js", "./b": "./b.js" } } },
    after: { exports: { ".": "./src/a.ts" }, publishConfig: { exports: { ".": "./a.js" } } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "an entry of what a workspace takes from its sources is gone",
    before: { exports: { ".": "./src/a.ts", "./b": "./src/b.ts" } },
    after: { exports: { ".": "./src/a.ts" } },
    rules: ["package_entry_removed likely"],
  },
  {
    name: "a path of typesVersions is gone",
    before: { main: "a.js", typesVersions: { "*": { b: ["./b.d.ts"], c: ["./c.d.ts"] } } },
    after: { main: "a.js", typesVersions: { "*": { b: ["./b.d.ts"] } } },
    rules: ["package_entry_removed likely"],
  },
  {
    name: "a path of typesVersions is gone for old versions of TypeScript",
    before: { main: "a.js", typesVersions: { "*": { b: ["./b.d.ts"] } } },
    after: { main: "a.js", typesVersions: { ">=4.7": { b: ["./b.d.ts"] } } },
    rules: ["package_entry_removed likely"],
  },
  {
    name: "a path of typesVersions is served by its pattern",
    before: { main: "a.js", typesVersions: { "*": { "b/c": ["types/b/c.d.ts"] } } },
    after: { main: "a.js", typesVersions: { "*": { "b/*": ["types/b/*.d.ts"] } } },
    rules: [],
  },
  {
    name: "a path of typesVersions leads elsewhere",
    before: { main: "a.js", typesVersions: { "*": { b: ["./b.d.ts"] } } },
    after: { main: "a.js", typesVersions: { "*": { b: ["./c.d.ts"] } } },
    rules: ["package_entry_changed hint"],
  },
  {
    name: "declarations for old versions of TypeScript are gone",
    before: { types: "a.d.ts", typesVersions: { "<4.0": { "*": ["old/*"] } } },
    after: { types: "a.d.ts" },
    rules: ["package_entry_changed hint"],
  },
  {
    name: "ranges of typesVersions are written otherwise",
    before: { types: "a.d.ts", typesVersions: { "<4.0": { "*": ["old/*"] }, ">=4.0": { b: ["b.d.ts"] } } },
    after: { types: "a.d.ts", typesVersions: { "<4": { "*": ["old/*"] }, "*": { b: ["b.d.ts"] } } },
    rules: [],
  },
  {
    name: "typesVersions is gone where exports has the types",
    before: { exports: { "./b": { types: "./b.d.ts", default: "./b.js" } }, typesVersions: { "*": { b: ["b.d.ts"] } } },
    after: { exports: { "./b": { types: "./b.d.ts", default: "./b.js" } } },
    rules: ["package_entry_removed hint"],
  },
  {
    name: "a path of typesVersions that exports never listed is gone",
    before: { exports: { ".": "./a.js" }, typesVersions: { "*": { b: ["b.d.ts"] } } },
    after: { exports: { ".": "./a.js" } },
    rules: ["package_entry_removed hint"],
  },
  {
    name: "a path is gone from exports and from typesVersions, told once",
    before: { exports: { ".": "./a.js", "./b": "./b.js" }, typesVersions: { "*": { b: ["b.d.ts"] } } },
    after: { exports: { ".": "./a.js" } },
    rules: ["package_entry_removed proven"],
  },
  {
    name: "typesVersions is no map of maps",
    before: { main: "a.js", typesVersions: { "*": { b: "b.d.ts", c: [1] }, nonsense: { d: ["d.d.ts"] }, "1": 2 } },
    after: { main: "a.js", typesVersions: [] },
    rules: [],
  },
  {
    name: "a private package",
    before: { private: true, main: "a.js" },
    after: { private: true, type: "module" },
    rules: [],
  },
])("package.json: $name → $rules", async ({ before, after, rules }) => {
  expect(await rulesOf("breaking_change", { files: { "package.json": [manifest(before), manifest(after)] } })).toEqual(
    rules,
  );
});

it("tells paths of typesVersions that lost the same together, with where they led", async () => {
  const paths = (names: string[]) => ({
    "*": Object.fromEntries(names.map((name) => [name, [`./types/${name}.d.ts`]])),
    "<4.0": {},
  });
  const before = manifest({ main: "a.js", typesVersions: paths(["a", "b", "c", "d", "e", "f", "g"]) });
  const after = manifest({ main: "a.js", typesVersions: paths(["a"]) });
  const found = await findingsOf("breaking_change", { files: { "package.json": [before, after] } });
  expect(found).toMatchObject([
    {
      what: "types of `./b`, `./c`, `./d`, `./e`, `./f` and 1 more were removed",
      before: "*: ./types/b.d.ts",
      after: null,
    },
  ]);
  const narrowed = manifest({ main: "a.js", typesVersions: { ">=4.0": { a: ["./types/a.d.ts"] } } });
  expect(await findingsOf("breaking_change", { files: { "package.json": [after, narrowed] } })).toMatchObject([
    {
      what: "types of `./a` were removed for some versions of TypeScript",
      before: "*: ./types/a.d.ts",
      after: ">=4.0: ./types/a.d.ts",
    },
  ]);
});

it("tells a removed package, and looks into no fixtures", async () => {
  const gone = { "packages/a/package.json": [manifest({}), null] as [string, null] };
  expect(await rulesOf("breaking_change", { files: gone })).toEqual(["package_removed proven"]);
  const fixture = { "test/fixtures/a/package.json": [manifest({}), null] as [string, null] };
  expect(await rulesOf("breaking_change", { files: fixture })).toEqual([]);
});

it.each([
  [">=18", 18],
  ["^18 || ^20", 18],
  ["~1.2", 1],
  ["v3", 3],
  ["18.x", 18],
  [">= 16.4", 16],
  ["*", null],
  ["latest", null],
  ["<20", null],
  ["workspace:*", null],
  ["git+https://x/1", null],
  ["^1 || *", null],
] as const)("the lowest major of %s is %s", (range, major) => {
  expect(lowestMajor(range)).toBe(major);
});

const published = { "package.json": manifest({ main: "./dist/index.js" }) };
const entry = 'export * from "./a.js";\nexport { two } from "./b.js";\n';

it.each([
  {
    name: "reached by a star",
    around: { ...published, "src/index.ts": entry },
    files: { "src/a.ts": ["export function one() {}\nexport const x = 1;\n", "export const x = 1;\n"] },
    found: ["exported function `one` proven"],
  },
  {
    name: "reached by nothing",
    around: { ...published, "src/index.ts": entry, "src/a.ts": "export {};\n" },
    files: { "src/c.ts": ["export function one() {}\n", "export {};\n"] },
    found: [],
  },
  {
    name: "no longer taken over",
    around: published,
    files: {
      "src/index.ts": [entry, 'export * from "./a.js";\n'],
      "src/a.ts": ["export const x = 1;\n", "export const x = 2;\n"],
    },
    found: ["exported name `two` proven"],
  },
  {
    name: "a default of the entry",
    around: published,
    files: { "src/index.ts": ["export default 1;\nexport const a = 1;\n", "export const a = 1;\n"] },
    found: ["the default export of `src/index.ts` proven"],
  },
  {
    name: "an entry file removed",
    around: {
      "package.json": manifest({ exports: { "./x": "./src/x.js", ".": "./src/index.js" } }),
      "src/index.js": "export {};\n",
    },
    files: { "src/x.js": ["export const a = 1;\n", null] },
    found: ["exported const `a` proven"],
  },
  {
    name: "an unfetched module in between",
    around: { ...published, "src/index.ts": 'export * from "./deep.js";\n' },
    files: { "src/c.ts": ["export class One {}\n", "export {};\n"] },
    found: ["exported class `One` hint"],
  },
  {
    name: "renamed",
    around: { ...published, "src/index.ts": entry },
    files: { "src/a.ts": ["export type One = 1;\n", "export type Two = 1;\n"] },
    found: ["exported type `One` proven"],
  },
  {
    name: "aliased",
    around: { ...published, "src/index.ts": entry },
    files: { "src/a.ts": ["export const one = 1;\n", "const two = 1;\nexport { two as one };\n"] },
    found: [],
  },
  {
    name: "moved to a file behind the same star",
    around: { ...published, "src/index.ts": 'export * from "./a.js";\nexport * from "./d.js";\n' },
    files: {
      "src/a.ts": ["export const one = 1;\nexport const x = 1;\n", "export const x = 1;\n"],
      "src/d.ts": [null, "export const one = 1;\n"],
    },
    found: [],
  },
  {
    name: "moved to where nobody reaches",
    around: { ...published, "src/index.ts": entry },
    files: {
      "src/a.ts": ["export const one = 1;\nexport const x = 1;\n", "export const x = 1;\n"],
      "src/d.ts": [null, "export const one = 1;\n"],
    },
    found: ["exported const `one` proven"],
  },
  {
    name: "a module renamed, its star with it",
    around: published,
    files: {
      "src/index.ts": ['export * from "./a.js";\n', 'export * from "./z.js";\n'],
      "src/a.ts => src/z.ts": ["export const one = 1;\n", "export const one = 1;\n"],
    },
    found: [],
  },
  {
    name: "an application",
    around: { "package.json": manifest({ private: true }) },
    files: { "src/a.ts": ["export enum One {}\n", "export {};\n"] },
    found: [],
  },
  {
    name: "no package at all",
    around: {},
    files: { "src/a.ts": ["export interface One {}\n", "export {};\n"] },
    found: ["exported interface `One` hint"],
  },
  {
    name: "moved, with no package at all",
    around: {},
    files: {
      "src/a.ts": ["export const one = 1;\nexport const x = 1;\n", "export const x = 1;\n"],
      "src/b.ts": [null, "export const one = 1;\n"],
    },
    found: [],
  },
  {
    name: "a test",
    around: published,
    files: {
      "test/a.ts": ["export const one = 1;\n", "export {};\n"],
      "src/a.test.ts": ["export const one = 1;\n", "export {};\n"],
    },
    found: [],
  },
  {
    name: "an internal module",
    around: published,
    files: {
      "src/internal/a.ts": ["export const one = 1;\n", "export {};\n"],
      "src/_private/a.ts": ["export const one = 1;\n", "export {};\n"],
    },
    found: [],
  },
  {
    name: "the policy's entry",
    around: { "package.json": manifest({ private: true }) },
    files: { "src/api.ts": ["export const one = 1;\n", "export {};\n"] },
    options: { breaking_change: { public: ["src/api.ts"] } },
    found: ["exported const `one` proven"],
  },
  {
    name: "CommonJS",
    around: {},
    files: { "a.js": ["exports.one = 1;\nmodule.exports.two = 2;\n", "exports.one = 1;\n"] },
    found: ["exported name `two` hint"],
  },
  {
    name: "a pattern entry",
    around: { "package.json": manifest({ exports: { "./*": "./dist/*.js" } }) },
    files: { "src/a.ts": ["export const one = 1;\n", "export {};\n"] },
    found: ["exported const `one` proven"],
  },
  {
    name: "a path of typesVersions",
    around: {
      "package.json": manifest({ main: "./dist/index.js", typesVersions: { "*": { b: ["./dist/b.d.ts"] } } }),
      "src/index.ts": "export {};\n",
    },
    files: { "src/b.ts": ["export const one = 1;\n", "export {};\n"] },
    found: ["exported const `one` proven"],
  },
  {
    name: "a pattern of typesVersions",
    around: {
      "package.json": manifest({ main: "./dist/index.js", typesVersions: { "*": { "b/*": ["./dist/b/*.d.ts"] } } }),
      "src/index.ts": "export {};\n",
    },
    files: { "src/b/c.ts": ["export const one = 1;\n", "export {};\n"] },
    found: ["exported const `one` proven"],
  },
  {
    name: "typesVersions that takes in every path",
    around: {
      "package.json": manifest({ main: "./dist/index.js", typesVersions: { "*": { "*": ["./dist/*"] } } }),
      "src/index.ts": "export {};\n",
    },
    files: { "src/b.ts": ["export const one = 1;\n", "export {};\n"] },
    found: ["exported const `one` hint"],
  },
  {
    name: "typesVersions with a path that exports does not list",
    around: {
      "package.json": manifest({
        exports: { ".": "./dist/index.js" },
        typesVersions: { "*": { b: ["./dist/b.d.ts"] } },
      }),
      "src/index.ts": "export {};\n",
    },
    files: { "src/b.ts": ["export const one = 1;\n", "export {};\n"] },
    found: [],
  },
  ...[
    [
      "api-extractor.json",
      '{\n // "//"\n "mainEntryPointFilePath": "<projectFolder>/lib/public-api.d.ts", /* a */\n}\n',
    ],
    ["config/api-extractor.json", '{ "mainEntryPointFilePath": "<projectFolder>/lib/public-api.d.ts" }\n'],
    ["config/api-extractor.json", '{ "projectFolder": "..", "mainEntryPointFilePath": "../lib/public-api.d.ts" }\n'],
    ["api-extractor.json", '\uFEFF{ "projectFolder": ".", "mainEntryPointFilePath": "lib/public-api.d.ts" }\n'],
  ].flatMap(([path = "", settings = ""]) => {
    const reviewed = {
      around: {
        "packages/a/package.json": manifest({ main: "./dist/index.js" }),
        "packages/a/src/index.ts": "export {};\n",
        "packages/a/src/public-api.ts": 'export * from "./b.ts";\n',
        [`packages/a/${path}`]: settings,
      },
      files: { "packages/a/src/b.ts": ["export const one = 1;\nexport {};\n", "export {};\n"] },
    };
    return [
      {
        name: `the module that API Extractor reviews, by ${path}`,
        ...reviewed,
        found: ["exported const `one` proven"],
      },
    ];
  }),
  {
    name: "settings of API Extractor that cannot be read",
    around: {
      ...published,
      "src/index.ts": "export {};\n",
      "src/public-api.ts": 'export * from "./b.ts";\n',
      "api-extractor.json": '{ "mainEntryPointFilePath": "<projectFolder>/lib/public-api.d.ts"',
    },
    files: { "src/b.ts": ["export const one = 1;\n", "export {};\n"] },
    found: [],
  },
  {
    name: "reached by nothing, beside a pattern entry for hand-written declarations",
    around: {
      "package.json": manifest({ exports: { ".": "./dist/index.js", "./types/*": { types: "./types/*" } } }),
      "src/index.ts": "export {};\n",
    },
    files: { "src/a.ts": ["export const one = 1;\n", "export {};\n"] },
    found: [],
  },
  {
    name: "carriage returns and a byte order mark",
    around: {},
    files: { "src/a.ts": ["\uFEFFexport const one = 1;\r\nexport const x = 1;\r\n", "\uFEFFexport const x = 1;\r\n"] },
    found: ["exported const `one` hint"],
  },
] as (Story & { name: string; found: string[] })[])("removed export: $name → $found", async ({ found, ...story }) => {
  const findings = (await findingsOf("breaking_change", story)).filter(({ rule }) => rule === "export_removed");
  expect(findings.map(({ what, strength }) => `${what.replace(" was removed", "")} ${strength}`)).toEqual(found);
});

it("points at the line that is gone", async () => {
  const [finding] = await findingsOf("breaking_change", {
    files: { "src/a.ts": ["// a\n\nexport async function one(\n  a: string,\n) {}\n", "// a\n"] },
  });
  expect(finding).toMatchObject({
    rule: "export_removed",
    path: "src/a.ts",
    line: 3,
    side: "base",
    before: "export async function one(",
    after: null,
  });
});

it("reads the patch alone where the text is missing or broken, and names the file", async () => {
  const files = {
    "src/a.ts": ["export const one = 1;\nexport const two = 1;\n", "export { two };\n"] as [string, string],
  };
  const unread = await classifyStory({ files, isPatchOnly: true });
  expect(unread.classes.breaking_change.findings).toMatchObject([
    { what: "exported const `one` was removed", strength: "likely", line: 1 },
  ]);
  expect(unread.notAnalysed).toEqual([
    { path: "src/a.ts", why: "its text was not read, so what it offers is unknown" },
  ]);
  const broken = await classifyStory({ files: { "src/a.ts": ["export const one = 1;\n", "export const = ;\n"] } });
  expect(broken.classes.breaking_change.findings).toMatchObject([{ strength: "likely" }]);
  expect(broken.notAnalysed).toEqual([
    { path: "src/a.ts", why: "it could not be parsed, so what it offers is unknown" },
  ]);
});
