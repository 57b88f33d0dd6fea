import fc from "fast-check";
import { expect, it } from "vitest";
import { apiRules } from "../../../../../src/core/findings/breaking/api/rules.ts";
import { javascript } from "../../../../../src/core/findings/breaking/javascript/javascript.ts";
import { findingsOf as allFindingsOf, type Story } from "../../../../support/changes.ts";

/** What the comparison of interfaces says; other detectors look at the same lines with other questions. */
const findingsOf = async (story: Story) =>
  (await allFindingsOf("breaking_change", story)).filter(({ rule }) => Object.hasOwn(apiRules, rule));
const rulesOf = async (story: Story) =>
  (await findingsOf(story)).map(({ rule, strength }) => `${rule} ${strength}`).sort();

const around = { "package.json": '{ "name": "lib", "main": "./dist/index.js" }' };

interface Row {
  name: string;
  before: string;
  after: string;
  found: string[];
  path?: string;
}

/** An entry module of a published package, before and after. */
const found = ({ before, after, path = "src/index.ts" }: Row) =>
  rulesOf({ around, files: { [path]: [before, after] } });

it.each<Row>([
  {
    name: "a new parameter must be given",
    before: "export function load(path: string) {}",
    after: "export function load(path: string, mode: string) {}",
    found: ["parameter_required_added proven"],
  },
  {
    name: "a new parameter may be given",
    before: "export function load(path: string) {}",
    after: 'export function load(path: string, mode?: string, kind = "a", ...rest: string[]) {}',
    found: [],
  },
  {
    name: "a parameter can no longer be left out",
    before: "export const load = (path?: string) => path;",
    after: "export const load = (path: string) => path;",
    found: ["parameter_made_required proven"],
  },
  {
    name: "a default is gone",
    before: 'export function load(path = "a") {}',
    after: "export function load(path: string) {}",
    found: ["parameter_made_required proven"],
  },
  {
    name: "a parameter is gone",
    before: "export function load(path: string, mode: string) {}",
    after: "export function load(path: string) {}",
    found: ["parameter_removed proven"],
  },
  {
    name: "two parameters change places",
    before: "export function copy(from: string, to: string) {}",
    after: "export function copy(to: string, from: string) {}",
    found: ["parameter_reordered proven"],
  },
  {
    name: "a parameter is only renamed",
    before: "export function load(path: string) {}",
    after: "export function load(file: string) {}",
    found: [],
  },
  {
    name: "a function becomes an arrow and asynchronous inside",
    before: "export function load(path: string): Promise<void> { return run(path); }",
    after: "export const load = async (path: string): Promise<void> => { await run(path); };",
    found: [],
  },
  {
    name: "a field's function is called as the type beside it says, not as it names what it uses",
    before: "export class Box { put = (key: string, options?: object): void => { keep(key, options); } }",
    after:
      "interface Put { (key: string, options?: object): void }\nexport class Box { put: Put = (key, options): void => { keep(key, options); } }",
    found: [],
  },
  {
    name: "a field's function needs one more, by the type beside it",
    before: "export class Box { put: (key: string) => void = (key) => { keep(key); } }",
    after: "export class Box { put: (key: string, value: string) => void = (key, value) => { keep(key, value); } }",
    found: ["parameter_required_added proven"],
  },
  {
    name: "an overload is gone",
    before:
      "export function f(a: string): void;\nexport function f(a: string, b: number): void;\nexport function f(...all: unknown[]) {}",
    after: "export function f(a: string): void;\nexport function f(...all: unknown[]) {}",
    found: ["overload_removed proven"],
  },
  {
    name: "an overload is added",
    before: "export function f(a: string): void;\nexport function f(a: any) {}",
    after: "export function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: any) {}",
    found: [],
  },
  {
    name: "a member that is named as one's own is gone",
    before: "export interface Box { a: string; _raw?: string }",
    after: "export interface Box { a: string }",
    found: ["member_removed hint"],
  },
  {
    name: "members written out in place become those of another type",
    before: "export interface Box { a: string }",
    after: 'import type { Chest } from "chest";\nexport type Box = Chest;',
    found: ["member_removed hint"],
  },
  {
    name: "what is experimental is gone",
    before: "export interface Box { experimental: { lid?: boolean } }",
    after: "export interface Box { experimental: {} }",
    found: ["member_removed likely"],
  },
  {
    name: "an option written out in place is gone",
    before: "export function f({ a, b }: { a: string; b?: number }) {}",
    after: "export function f({ a }: { a: string }) {}",
    found: ["member_removed proven"],
  },
  {
    name: "options written out in place get a name",
    before: "export function f({ a, b }: { a: string; b?: number }) {}",
    after: "interface Options { a: string; b?: number }\nexport function f({ a, b }: Options) {}",
    found: [],
  },
  {
    name: "a new option must be given",
    before: "export function f(options: { a: string }) {}",
    after: "export function f(options: { a: string; b: number }) {}",
    found: ["abstract_member_added likely"],
  },
  {
    name: "the function's body, comments and quotes change",
    before: "/** a */\nexport function f(a: 'x' | 'y', b: Array<string>): Promise<string[]> { return g(a); }",
    after:
      '// b\nexport function f(\n  a: "y" | ("x"),\n  b: string[], // list\n): Promise<Array<string>> { return h(); }',
    found: [],
  },
])("functions: $name → $found", async (row) => {
  expect(await found(row)).toEqual(row.found);
});

it.each<Row>([
  {
    name: "a parameter takes more kinds of values",
    before: "export function f(a: string) {}",
    after: "export function f(a: string | number) {}",
    found: [],
  },
  {
    name: "a parameter takes fewer kinds of values",
    before: "export function f(a: string | number) {}",
    after: "export function f(a: string) {}",
    found: ["parameter_type_changed likely"],
  },
  {
    name: "a parameter takes lists that it promises not to change",
    before: "export function f(a: string[]) {}",
    after: "export function f(a: readonly string[]) {}",
    found: [],
  },
  {
    name: "a list that comes back may no longer be changed",
    before: "export function f(): string[] { return a; }",
    after: "export function f(): ReadonlyArray<string> { return a; }",
    found: ["result_type_changed likely"],
  },
  {
    name: "the result may now be missing",
    before: "export function f(): string { return a; }",
    after: "export function f(): string | undefined { return a; }",
    found: ["result_type_changed likely"],
  },
  {
    name: "the result can no longer be missing",
    before: "export function f(): string | undefined { return a; }",
    after: "export function f(): string { return a; }",
    found: [],
  },
  {
    name: "the result must be waited for",
    before: "export function f(): User { return a; }",
    after: "export async function f(): Promise<User> { return a; }",
    found: ["result_type_changed likely"],
  },
  {
    name: "anything may come back, where it was not told before",
    before: "export function f() { return a; }",
    after: "export function f(): any { return a; }",
    found: [],
  },
  {
    name: "what was unknown is told",
    before: "export function f(): unknown { return a; }",
    after: "export function f(): string { return a; }",
    found: [],
  },
  {
    name: "a literal becomes its kind in a parameter",
    before: 'export function f(a: "x" | "y", b: true) {}',
    after: "export function f(a: string, b: boolean) {}",
    found: [],
  },
  {
    name: "a name is imported another way",
    before: 'import type { User } from "./user.ts";\nexport function f(a: User) {}',
    after: 'export function f(a: import("./user.ts").User) {}',
    found: [],
  },
  {
    name: "a callback in the options is told more",
    before: "export interface Options { done?: (error: Error) => void }",
    after: "export interface Options { done?: (error: Error, code: number) => void }",
    found: [],
  },
  {
    name: "a callback in the options is told less",
    before: "export interface Options { done?: (error: Error, code: number) => void }",
    after: "export interface Options { done?: (error: Error) => void }",
    found: ["value_type_changed likely"],
  },
  {
    name: "functions of a type, often written by users, are told more",
    before: "export type Hook = (a: string) => void;",
    after: "export type Hook = (a: string, b: number) => void;",
    found: ["parameter_required_added hint"],
  },
  {
    name: "a union loses a member",
    before: 'export type Mode = "a" | "b" | "c";',
    after: 'export type Mode = "c" | "a";',
    found: ["value_type_changed likely"],
  },
  {
    name: "a union gains a member",
    before: 'export type Mode = "a" | "b";',
    after: 'export type Mode =\n  | "a"\n  | "b"\n  | "c";',
    found: [],
  },
])("types: $name → $found", async (row) => {
  expect(await found(row)).toEqual(row.found);
});

it.each<Row>([
  {
    name: "an option is gone",
    before: "export interface Options { a?: string; b?: number }",
    after: "export interface Options { a?: string }",
    found: ["member_removed proven"],
  },
  {
    name: "an option must now be given",
    before: "export type Options = { a?: string };",
    after: "export type Options = { a: string };",
    found: ["field_made_required likely"],
  },
  {
    name: "a field of what is handed out is always there now",
    before: "export interface ParseResult { a?: string }",
    after: "export interface ParseResult { a: string }",
    found: [],
  },
  {
    name: "a field of what is handed out may be missing now",
    before: "export interface ParseResult { a: string }",
    after: "export interface ParseResult { a?: string }",
    found: ["value_type_changed likely"],
  },
  {
    name: "a type becomes an interface",
    before: "export type Options = { a?: string };",
    after: "export interface Options { a?: string }",
    found: [],
  },
  {
    name: "members move to a base in the same file",
    before: "export interface Options { a?: string; b?: string }",
    after: "interface Shared { a?: string }\nexport interface Options extends Shared { b?: string }",
    found: [],
  },
  {
    name: "members may have moved to a base elsewhere",
    before: "export interface Options { a?: string; b?: string }",
    after: 'import type { Shared } from "./shared.ts";\nexport interface Options extends Shared { b?: string }',
    found: ["member_removed hint"],
  },
  {
    name: "a nested option is gone",
    before: "export interface Options { output?: { dir?: string; file?: string } }",
    after: "export interface Options { output?: { dir?: string } }",
    found: ["member_removed proven"],
  },
  {
    name: "an option of a type that is not exported is gone",
    before: "interface Options { a?: string; b?: string }\nexport function f(options: Options) {}",
    after: "interface Options { a?: string }\nexport function f(options: Options) {}",
    found: ["member_removed proven"],
  },
  {
    name: "a type that is not exported gets another name",
    before: "interface Options { a?: string }\nexport function f(options?: Options) {}",
    after: "interface LoadOptions { a?: string }\nexport function f(options?: LoadOptions) {}",
    found: ["parameter_type_changed likely"],
  },
  {
    name: "a type that nobody meets changes",
    before: "interface State { a: string }\nexport function f() { const s: State = g(); }",
    after: "interface State { b: string }\nexport function f() { const s: State = g(); }",
    found: [],
  },
  {
    name: "a public method is gone",
    before: "export class Client { open() {} close() {} }",
    after: "export class Client { open() {} }",
    found: ["member_removed proven"],
  },
  {
    name: "a public method is made private",
    before: "export class Client { close() {} }",
    after: "export class Client { private close() {} }",
    found: ["visibility_reduced proven"],
  },
  {
    name: "what nobody may use changes",
    before: "export class Client { private a = 1; #b = 2; _c() {} /** @internal */ d() {} protected e() {} }",
    after: "export class Client {}",
    found: [],
  },
  {
    name: "heirs of an abstract class lose a method",
    before: "export abstract class Client { protected open() {} }",
    after: "export abstract class Client {}",
    found: ["member_removed proven"],
  },
  {
    name: "heirs must provide one more",
    before: "export abstract class Client { abstract a(): void }",
    after: "export abstract class Client { abstract a(): void; abstract b(): void }",
    found: ["abstract_member_added likely"],
  },
  {
    name: "a constructor asks for more",
    before: "export class Client { constructor(private a: string) {} }",
    after: "export class Client { constructor(private a: string, b: string) {} }",
    found: ["parameter_required_added proven"],
  },
  {
    name: "an override is gone that the base still has",
    before: 'import { Base } from "base";\nexport class Client extends Base { close() {} }',
    after: 'import { Base } from "base";\nexport class Client extends Base {}',
    found: ["member_removed hint"],
  },
  {
    name: "a member of an enumeration is gone",
    before: "export enum Level { Low, High }",
    after: "export enum Level { High }",
    found: ["enum_member_removed proven"],
  },
  {
    name: "a name of an exported object is gone",
    before: "export const api = { open() {}, close: () => {} };",
    after: "export const api = { open() {} };",
    found: ["member_removed proven"],
  },
  {
    name: "an object takes its names over",
    before: "export const api = { open() {}, close: () => {} };",
    after: "export const api = { ...others };",
    found: ["member_removed hint", "member_removed hint"],
  },
  {
    name: "a number changes",
    before: "export const timeoutMs = 30_000;",
    after: "export const timeoutMs = 10_000;",
    found: ["value_changed hint"],
  },
  {
    name: "the version changes, as it does",
    before: 'export const version = "1.0.0";',
    after: 'export const version = "1.0.1";',
    found: [],
  },
  {
    name: "a constructor that takes nothing is left to the language",
    before: "export class Client { constructor() {} }",
    after: "export class Client {}",
    found: [],
  },
  {
    name: "members come from a type that is made partial",
    before: "interface Full { a: string }\nexport interface Options extends Partial<Full> { b?: string }",
    after: "interface Full { a: string; b: string }\nexport interface Options extends Partial<Full> {}",
    found: [],
  },
  {
    name: "callers must give one more",
    before: "interface Shape { a: string }\nexport function f(shape: Shape) {}",
    after: "interface Shape { a: string; b: string }\nexport function f(shape: Shape) {}",
    found: ["abstract_member_added likely"],
  },
  {
    name: "a member of a namespace is gone",
    before: "export namespace Tool { export const a = 1; export function b() {} }",
    after: "export namespace Tool { export const a = 1; }",
    found: ["member_removed proven"],
  },
  {
    name: "a class becomes a function",
    before: "export class Client {}",
    after: "export function Client() {}",
    found: ["symbol_kind_changed likely"],
  },
  {
    name: "the default export is another shape",
    before: "export default class Client { open() {} }",
    after: "export default function open() {}",
    found: ["symbol_kind_changed likely"],
  },
  {
    name: "the default export is named",
    before: "export default function (a: string) {}",
    after: "const open = (a: string) => {};\nexport default open;",
    found: [],
  },
  {
    name: "a method of the default class is gone",
    before: "class Client { open() {} close() {} }\nexport default Client;",
    after: "export default class Client { open() {} }",
    found: ["member_removed proven"],
  },
  {
    name: "what is marked as internal goes",
    before: "/** @internal */\nexport function a() {}\nexport function b() {}",
    after: "export function b() {}",
    found: [],
  },
])("members and values: $name → $found", async (row) => {
  expect(await found(row)).toEqual(row.found);
});

it.each<Row>([
  {
    name: "a name of module.exports is gone",
    before: "function a() {}\nfunction b() {}\nmodule.exports = { a, b };",
    after: "function a() {}\nmodule.exports = { a };",
    found: ["export_removed proven"],
  },
  {
    name: "a name is given another way",
    before: "module.exports = { a: () => {} };",
    after: "exports.a = function () {};",
    found: ["export_removed proven"],
  },
  {
    name: "a parameter more, in a program without types",
    before: "exports.a = function (x) {};",
    after: "exports.a = function (x, y) {};",
    found: ["parameter_required_added likely"],
  },
  {
    name: "a module that is one function",
    before: "module.exports = function (x) {};",
    after: "module.exports = (x, y = 1) => {};",
    found: [],
  },
  {
    name: "export = and a namespace beside it",
    path: "src/index.d.ts",
    before:
      "declare function lib(a: string): void;\ndeclare namespace lib { interface Options { a?: string; b?: string } }\nexport = lib;",
    after:
      "declare function lib(a: string): void;\ndeclare namespace lib { interface Options { a?: string } }\nexport = lib;",
    found: ["member_removed proven"],
  },
  {
    name: "a type that the namespace beside export = hands on",
    path: "src/index.d.ts",
    before:
      'import { A, B } from "./types";\ndeclare function lib(a: A): void;\ndeclare namespace lib { export type { A, B }; export { lib as default } }\nexport = lib;',
    after:
      'import { A } from "./types";\ndeclare function lib(a: A): void;\ndeclare namespace lib { export type { A }; export { lib as default } }\nexport = lib;',
    found: ["member_removed proven"],
  },
  {
    name: "a namespace that declares what it handed on",
    path: "src/index.d.ts",
    before:
      'import { A } from "./types";\ndeclare function lib(): void;\ndeclare namespace lib { export type { A } }\nexport = lib;',
    after: "declare function lib(): void;\ndeclare namespace lib { export interface A { a?: string } }\nexport = lib;",
    found: [],
  },
])("other modules: $name → $found", async ({ path = "src/index.js", ...row }) => {
  const manifest = { "package.json": '{ "name": "lib", "main": "./src/index.js", "types": "./src/index.d.ts" }' };
  const typed = path.endsWith(".d.ts") ? { ...manifest } : manifest;
  expect(await rulesOf({ around: typed, files: { [path]: [row.before, row.after] } })).toEqual(row.found);
});

const changed: [string, string] = [
  "export function one(a: string) {}\nexport interface Options { a?: string; b?: string }\n",
  "export function one(a: string, b: string) {}\nexport interface Options { a?: string }\n",
];

it("knows that a file moves with the pattern that leads to it", async () => {
  const manifest = (folder: string) => `{ "name": "lib", "exports": { "./words/*": "${folder}/words/*" } }`;
  const text = "export default function (): string { return 'a'; }\n";
  const move: Story["files"] = {
    "package.json": [manifest("./dist"), manifest(".")],
    "src/words/ar.ts": [text, null],
    "words/ar.ts": [null, text],
  };
  expect(await findingsOf({ files: move }).then((all) => all.filter(({ rule }) => rule === "export_removed"))).toEqual(
    [],
  );
});

it("knows that names of a namespace that stands for the module are imported like its own", async () => {
  const manifest = { "package.json": '{ "name": "lib", "main": "lib.js", "types": "lib.d.ts" }' };
  const before = "export interface A { a?: string }\nexport function one(a: A): A;\n";
  const after =
    "declare function one(a: one.A): one.A;\ndeclare namespace one {\n  export interface A { a?: string }\n  export function one(a: A): A;\n}\nexport = one;\n";
  expect(await rulesOf({ around: manifest, files: { "lib.d.ts": [before, after] } })).toEqual([]);
});

it("sees what declarations beside a program no longer offer when both change", async () => {
  const manifest = { "package.json": '{ "name": "lib", "main": "lib.js", "types": "lib.d.ts" }' };
  const files: Story["files"] = {
    "lib.js": ["exports.one = (a) => a;\nexports.two = 2;\n", "exports.one = (a) => a + 1;\n"],
    "lib.d.ts": [
      "export interface A { a?: string }\nexport function one(a: A): A;\n",
      "export function one(a: string): string;\n",
    ],
  };
  expect(await rulesOf({ around: manifest, files })).toContain("export_removed proven");
  expect((await findingsOf({ around: manifest, files })).map(({ symbol }) => symbol)).toEqual(
    expect.arrayContaining(["A", "two"]),
  );
});

it("only informs about a parameter of a class that no entry point is seen to hand out", async () => {
  const files: Story["files"] = {
    "src/tree.ts": [
      "export class Tree { insert(a: string, b: string) {} }",
      "export class Tree { insert(a: string) {} }",
    ],
  };
  const unread = { ...around, "src/index.ts": 'export * from "./deep.js";\n' };
  expect(await rulesOf({ around: unread, files })).toEqual(["parameter_removed hint"]);
});

it.each([
  {
    name: "an alias of the entry",
    around: { ...around, "src/index.ts": 'export { one as first } from "./a.js";\n' },
    found: ["parameter_required_added public"],
  },
  {
    name: "an import that the entry exports",
    around: { ...around, "src/index.ts": 'import { one } from "./a.js";\nexport { one };\n' },
    found: ["parameter_required_added public"],
  },
  {
    name: "a namespace of the entry",
    around: { ...around, "src/index.ts": 'export * as a from "./a.js";\n' },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "two stars on the way",
    around: { ...around, "src/index.ts": 'export * from "./b";\n', "src/b/index.ts": 'export * from "../a";\n' },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a signature of another module",
    around: {
      ...around,
      "src/index.ts": 'import type { Options } from "./a.ts";\nexport function two(options: Options) {}\n',
    },
    found: ["member_removed public"],
  },
  {
    name: "an entry that leads beside the build",
    around: {
      "package.json": '{ "name": "lib", "exports": { ".": "./main.mjs" } }',
      "main.mjs": 'export * from "./dist/a.mjs";\n',
    },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "the package's own name",
    around: {
      "package.json": '{ "name": "lib", "files": ["src"], "exports": { ".": "./src/index.ts", "./a": "./src/a.ts" } }',
      "src/index.ts": 'export { one } from "lib/a";\n',
    },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a namespace that hands on itself",
    around: {
      ...around,
      "src/index.ts": 'import * as z from "./b";\nexport * from "./b";\nexport { z };\nexport default z;\n',
      "src/b.ts": 'export * as core from "./a";\nexport * as self from "./b";\n',
    },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a wildcard, in the folder it names",
    around: { "package.json": '{ "name": "lib", "exports": { "./*": "./dist/*.js" } }' },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a wildcard over what a build made",
    around: { "package.json": '{ "name": "lib", "exports": { "./dist/*": "./dist/*" } }' },
    found: ["member_removed unknown", "parameter_required_added unknown"],
  },
  {
    name: "nobody, beside an entry that leads nowhere near",
    around: {
      "package.json": '{ "name": "lib", "exports": { ".": "./dist/index.js", "./other": "./built-elsewhere/x.js" } }',
      "src/index.ts": "export const x = 1;\n",
    },
    found: [],
  },
  { name: "nobody", around: { ...around, "src/index.ts": "export const x = 1;\n" }, found: [] },
  {
    name: "a private package",
    around: { "package.json": '{ "name": "app", "private": true, "main": "./src/a.ts" }' },
    found: [],
  },
  {
    name: "a subpath built by convention",
    around: { "package.json": '{ "name": "lib", "exports": { "./a": "./dist/a-bundle.mjs" } }' },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a command only",
    around: { "package.json": '{ "name": "lib", "bin": { "lib": "./dist/a.js" } }' },
    found: [],
  },
  {
    name: "a package that names no entry",
    around: { "package.json": '{ "name": "lib" }' },
    found: ["member_removed unknown", "parameter_required_added unknown"],
  },
  {
    name: "a path that cannot be followed",
    around: { ...around, "src/index.ts": 'export * from "#inner/b";\n' },
    found: ["member_removed unknown", "parameter_required_added unknown"],
  },
  {
    name: "the nearest package of a workspace",
    around: {
      "package.json": '{ "private": true, "workspaces": ["*"] }',
      "src/package.json": '{ "name": "@x/a", "exports": "./a.ts", "files": ["a.ts"] }',
    },
    found: ["member_removed public", "parameter_required_added public"],
  },
  {
    name: "a package that leads its neighbours to its sources and publishes no files",
    around: { "package.json": '{ "name": "@x/a", "exports": "./src/a.ts" }' },
    found: ["member_removed unknown", "parameter_required_added unknown"],
  },
] as (Story & { name: string; found: string[] })[])(
  "reached by $name → $found",
  async ({ found: wanted, ...story }) => {
    const findings = await findingsOf({ ...story, files: { "src/a.ts": changed } });
    expect(findings.map(({ rule, reach }) => `${rule} ${reach}`).sort()).toEqual(wanted);
  },
);

it("follows a name that moved, and compares it where it went", async () => {
  const story: Story = {
    around: { ...around },
    files: {
      "src/index.ts": ['export { one } from "./a.ts";\n', 'export { one } from "./b.ts";\n'],
      "src/a.ts": ["export function one(a: string) {}\n", null],
      "src/b.ts": [null, "export function one(a: string, b: string) {}\n"],
    },
  };
  expect(await rulesOf(story)).toEqual(["parameter_required_added proven"]);
});

it("says what goes with a module that is no longer handed on", async () => {
  const story: Story = {
    around: { ...around, "src/a.ts": "export const one = 1;\nexport const two = 2;\n" },
    files: { "src/index.ts": ['export * from "./a.ts";\nexport const x = 1;\n', "export const x = 1;\n"] },
  };
  const [finding, ...others] = await findingsOf(story);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: "export_removed", strength: "proven", reach: "public", line: 1, side: "base" });
});

it("shows both lines of what stands on both sides", async () => {
  const [finding] = await findingsOf({
    around,
    files: {
      "src/index.ts": ["export function f(a: string) {}\n", "\n\nexport function f(a: string, b: string) {}\n"],
    },
  });
  expect(finding).toMatchObject({
    symbol: "f",
    line: 3,
    counterLine: 1,
    before: "export function f(a: string) {}",
    after: "export function f(a: string, b: string) {}",
  });
});

const modules = fc.constantFrom(
  "export function f(options: string, { b }: { b?: number } = {}, [c]: string[] = [], { d } = e): void {}",
  "export class K<T> extends Q { constructor(public a: T, b?: string) { super(); } get x() { return 1; } static y = 2 }",
  "export interface I extends J { a?: string; m(x: number): void; [k: string]: unknown; (): void; new (): I }",
  "export type U = 'a' | { b: U[] } | (() => U);\nexport enum E { A = 1, 'b' = 2 }",
  "export default { a: 1, b() {}, c: { d: [] } };",
  "export * from './x';\nexport { a as b, default as c } from './y';\nexport * as n from './z';",
);

it("finds nothing between a text and itself, nor where only exports were added", async () => {
  await fc.assert(
    fc.asyncProperty(modules, modules, async (text, more) => {
      const around_ = { ...around, "src/index.ts": "export * from './a';\nexport { default } from './a';\n" };
      const isTwice = text.includes("default") && more.includes("default");
      const after = isTwice || text === more ? text : `${text}\n${more}`;
      expect(await rulesOf({ around: around_, files: { "src/a.ts": [`${text}\n`, `${after}\n\n`] } })).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it("reads whatever stands in a file, and never throws", () => {
  const piece = fc.oneof(
    modules,
    fc.string({ unit: "binary" }),
    fc.constantFrom("{", "}", "export ", "`", "/*", "'", "\r\n", "\uFEFF", "type A = "),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.constantFrom("a.ts", "a.js", "a.tsx", "a.d.ts", "a.cjs"),
      (pieces, path) => {
        const read = javascript.read(path, pieces.join(""));
        expect(read === null || read.symbols instanceof Map).toBe(true);
      },
    ),
  );
});
