import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { rust } from "../../../../../src/core/findings/breaking/rust/rust.ts";
import { isCompatibleType } from "../../../../../src/core/findings/breaking/rust/rust-types.ts";
import type { FindingClass } from "../../../../../src/core/findings/finding.ts";
import { rules } from "../../../../../src/core/findings/index.ts";
import { loadGrammars } from "../../../../../src/core/findings/syntax/read-tree.ts";
import { type Change, classifyStory, findingsOf, type Story } from "../../../../support/changes.ts";

/** What the comparison of interfaces says; other detectors look at the same lines. */
async function rulesOf(findingClass: FindingClass, story: Story): Promise<string[]> {
  const found = await findingsOf(findingClass, story);
  const own = found.filter(({ rule }) => rules[rule]?.detector === "public_api");
  return own.map(({ rule, strength }) => `${rule} ${strength}`).sort();
}

const cargo = '[package]\nname = "parse"\nversion = "1.2.0"\ndescription = "Parses."\nlicense = "MIT"\n';

/** A published crate whose root is changed, or stands around what is. */
function aCrate(files: Record<string, Change>, around: Record<string, string> = {}): Story {
  const root: Record<string, string> = "src/lib.rs" in files ? {} : { "src/lib.rs": "pub mod text;\n" };
  return { files, around: { "Cargo.toml": cargo, ...root, ...around } };
}

function inLibrary(before: string, after: string): Promise<string[]> {
  return rulesOf("breaking_change", aCrate({ "src/lib.rs": [before, after] }));
}

describe("items of a crate's root", () => {
  it.each([
    ["a function goes", "pub fn a() {}\npub fn b() {}\n", "pub fn b() {}\n", ["export_removed proven"]],
    ["a function is added", "pub fn b() {}\n", "pub fn a(x: u8) {}\npub fn b() {}\n", []],
    [
      "a function is hidden within the crate",
      "pub fn a() {}\n",
      "pub(crate) fn a() {}\n",
      ["visibility_reduced proven"],
    ],
    ["a function is hidden from the documentation", "pub fn a() {}\n", "#[doc(hidden)]\npub fn a() {}\n", []],
    ["a function of the crate's own goes", "pub(crate) fn a() {}\npub fn b() {}\n", "pub fn b() {}\n", []],
    ["what only tests see goes", "#[cfg(test)]\npub fn a() {}\npub fn b() {}\n", "pub fn b() {}\n", []],
    ["what is documented as hidden goes", "#[doc(hidden)]\npub fn a() {}\npub fn b() {}\n", "pub fn b() {}\n", []],
    [
      "a parameter is added",
      "pub fn a(x: u8) {}\n",
      "pub fn a(x: u8, y: u8) {}\n",
      ["parameter_required_added proven"],
    ],
    ["a parameter is removed", "pub fn a(x: u8, y: u8) {}\n", "pub fn a(x: u8) {}\n", ["parameter_removed proven"]],
    ["a parameter is renamed", "pub fn a(x: u8) {}\n", "pub fn a(_y: u8) {}\n", []],
    [
      "a parameter has another type",
      "pub fn a(x: u8) {}\n",
      "pub fn a(x: &str) {}\n",
      ["parameter_type_changed likely"],
    ],
    ["a parameter takes what it took, and more", "pub fn a(x: &str) {}\n", "pub fn a(x: impl AsRef<str>) {}\n", []],
    ["a generic parameter is written the other way", "pub fn a<R: Read>(x: R) {}\n", "pub fn a(x: impl Read) {}\n", []],
    [
      "a generic parameter must be more",
      "pub fn a(x: impl Read) {}\n",
      "pub fn a(x: impl Read + Seek) {}\n",
      ["parameter_type_changed likely"],
    ],
    [
      "the result has another type",
      "pub fn a() -> u8 { 1 }\n",
      "pub fn a() -> Option<u8> { None }\n",
      ["result_type_changed likely"],
    ],
    [
      "a function becomes async",
      "pub fn a() -> u8 { 1 }\n",
      "pub async fn a() -> u8 { 1 }\n",
      ["result_type_changed likely"],
    ],
    [
      "async is written the other way",
      "pub async fn a() -> u8 { 1 }\n",
      "pub fn a() -> impl Future<Output = u8> + Send { x() }\n",
      [],
    ],
    ["a function becomes unsafe", "pub fn a() {}\n", "pub unsafe fn a() {}\n", ["unsafe_added proven"]],
    ["a function is no longer constant", "pub const fn a() {}\n", "pub fn a() {}\n", ["const_removed likely"]],
    ["a constant has another type", "pub const A: u8 = 1;\n", "pub const A: u16 = 1;\n", ["value_type_changed likely"]],
    ["a constant has another value", "pub const A: u8 = 1;\n", "pub const A: u8 = 2;\n", ["value_changed hint"]],
    [
      "an exported macro goes",
      "#[macro_export]\nmacro_rules! a { () => {} }\n",
      "macro_rules! a { () => {} }\n",
      ["visibility_reduced proven"],
    ],
    ["a macro of the crate's own goes", "macro_rules! a { () => {} }\npub fn b() {}\n", "pub fn b() {}\n", []],
    [
      "a body changes",
      "pub fn a() -> u8 {\n  let x: u8 = 1;\n  x\n}\n",
      "pub fn a() -> u8 {\n  let x: u16 = 2;\n  x\n}\n",
      [],
    ],
    [
      "a parameter differs by platform and stays",
      "pub fn a(\n  #[cfg(unix)] f: &impl AsFd,\n  #[cfg(windows)] f: &impl AsHandle,\n) {}\n",
      "/// Told.\npub fn a(\n  #[cfg(unix)] f: &impl AsFd,\n  #[cfg(windows)] f: &impl AsHandle,\n) { b() }\n",
      [],
    ],
    [
      "an inline module goes",
      "pub mod a {\n  pub fn b() {}\n}\n",
      "",
      ["export_removed proven", "export_removed proven"],
    ],
    ["an item of a private inline module goes", "mod a {\n  pub fn b() {}\n}\n", "mod a {\n}\n", []],
    [
      "an item of a private inline module goes that was handed on",
      "mod a {\n  pub fn b() {}\n}\npub use a::b;\n",
      "mod a {\n}\n",
      ["export_removed proven", "export_removed proven"],
    ],
    ["what was written here is handed on now", "pub struct A;\n", "mod a {\n  pub struct A;\n}\npub use a::A;\n", []],
    ["another crate's name is no longer handed on", "pub use bytes::Bytes;\n", "", ["export_removed proven"]],
    ["another crate's name is handed on from elsewhere", "pub use bytes::Bytes;\n", "pub use buffers::Bytes;\n", []],
    [
      "a procedural macro goes",
      "#[proc_macro_derive(Parse)]\npub fn derive(i: T) -> T { i }\npub fn b() {}\n",
      "pub fn b() {}\n",
      ["export_removed proven"],
    ],
  ])("%s", async (_name, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("types and traits", () => {
  it.each([
    ["a field goes", "pub struct A { pub x: u8, y: u8 }", "pub struct A { y: u8 }", ["member_removed proven"]],
    [
      "a field is hidden",
      "pub struct A { pub x: u8, y: u8 }",
      "pub struct A { x: u8, y: u8 }",
      ["visibility_reduced proven"],
    ],
    ["a private field goes", "pub struct A { pub x: u8, y: u8 }", "pub struct A { pub x: u8 }", []],
    [
      "a field has another type",
      "pub struct A { pub x: u8 }",
      "pub struct A { pub x: Option<u8> }",
      ["value_type_changed likely"],
    ],
    [
      "a field is added to what others can build",
      "pub struct A { pub x: u8 }",
      "pub struct A { pub x: u8, pub y: u8 }",
      ["struct_field_added hint"],
    ],
    [
      "a field is added to what others cannot build",
      "pub struct A { pub x: u8, z: u8 }",
      "pub struct A { pub x: u8, z: u8, pub y: u8 }",
      [],
    ],
    [
      "a field is added to what was left open",
      "#[non_exhaustive]\npub struct A { pub x: u8 }",
      "#[non_exhaustive]\npub struct A { pub x: u8, pub y: u8 }",
      [],
    ],
    ["a field of a tuple goes", "pub struct A(pub u8, pub u16);", "pub struct A(pub u8);", ["member_removed proven"]],
    ["a variant goes", "pub enum A { X, Y }", "pub enum A { X }", ["enum_member_removed proven"]],
    ["a variant is added", "pub enum A { X }", "pub enum A { X, Y }", ["enum_variant_added likely"]],
    [
      "a variant is added to what was left open",
      "#[non_exhaustive]\npub enum A { X }",
      "#[non_exhaustive]\npub enum A { X, Y }",
      [],
    ],
    [
      "a variant holds something else",
      "pub enum A { X(u8) }",
      "pub enum A { X { x: u8 } }",
      ["value_type_changed likely"],
    ],
    [
      "an enumeration is left open from now on",
      "pub enum A { X }",
      "#[non_exhaustive]\npub enum A { X }",
      ["non_exhaustive_added proven"],
    ],
    [
      "a derive goes",
      "#[derive(Clone, Debug)]\npub struct A;",
      "#[derive(Debug)]\npub struct A;",
      ["derive_removed likely"],
    ],
    [
      "a derive is written by hand",
      "#[derive(Clone)]\npub struct A;",
      "pub struct A;\nimpl Clone for A { fn clone(&self) -> A { A } }",
      [],
    ],
    ["a conversion goes", "pub struct A;\nimpl From<u8> for A {}", "pub struct A;", ["trait_impl_removed likely"]],
    ["a type takes a parameter", "pub struct A<T>(T);", "pub struct A<T, S>(T, S);", ["generics_changed likely"]],
    [
      "a type takes a parameter that has a default",
      "pub struct A<T>(T);",
      "pub struct A<T, S = u8>(T, S);",
      ["generics_changed hint"],
    ],
    ["a struct becomes an enumeration", "pub struct A;", "pub enum A { X }", ["symbol_kind_changed likely"]],
    ["a layout changes", "#[repr(u8)]\npub enum A { X }", "#[repr(u16)]\npub enum A { X }", ["repr_changed hint"]],
    [
      "a method goes",
      "pub struct A;\nimpl A { pub fn x(&self) {} }",
      "pub struct A;\nimpl A {}",
      ["member_removed proven"],
    ],
    ["a private method goes", "pub struct A;\nimpl A { fn x(&self) {} }", "pub struct A;\nimpl A {}", []],
    ["a method of a private type goes", "struct A;\nimpl A { pub fn x(&self) {} }", "struct A;\nimpl A {}", []],
    [
      "a method moves to another block",
      "pub struct A<T>(T);\nimpl A<u8> { pub fn x(&self) {} }",
      "pub struct A<T>(T);\nimpl<T> A<T> { pub fn x(&self) {} }",
      [],
    ],
    [
      "a method changes its receiver",
      "pub struct A;\nimpl A { pub fn x(&self) {} }",
      "pub struct A;\nimpl A { pub fn x(&mut self) {} }",
      ["parameter_type_changed likely"],
    ],
    [
      "a trait that nobody outside can implement asks for something new",
      "pub trait A: private::Sealed { fn x(&self); }",
      "pub trait A: private::Sealed { fn x(&self); fn y(&self); }",
      [],
    ],
    [
      "a method of what is hidden from the documentation goes",
      "#[doc(hidden)]\npub struct A;\nimpl A { pub fn x(&self) {} }",
      "#[doc(hidden)]\npub struct A;",
      [],
    ],
    [
      "a method bears the name of a field",
      "pub struct A { pub x: u8, y: u8 }\nimpl A { pub fn x(&self) {} }",
      "pub struct A { pub x: u8, y: u8 }",
      ["member_removed proven"],
    ],
    [
      "a method asks for less of its receiver",
      "pub struct A;\nimpl A { pub fn x(&mut self) {} }",
      "pub struct A;\nimpl A { pub fn x(&self) {} }",
      [],
    ],
    [
      "a builder names its type instead of Self",
      "pub struct A;\nimpl A { pub fn x(self) -> Self { self } }",
      "pub struct A;\nimpl A { pub fn x(self) -> A { self } }",
      [],
    ],
    [
      "a trait asks for something new",
      "pub trait A { fn x(&self); }",
      "pub trait A { fn x(&self); fn y(&self); }",
      ["abstract_member_added likely"],
    ],
    [
      "a trait has something new that it provides",
      "pub trait A { fn x(&self); }",
      "pub trait A { fn x(&self); fn y(&self) {} }",
      [],
    ],
    [
      "a trait no longer provides something",
      "pub trait A { fn x(&self) {} }",
      "pub trait A { fn x(&self); }",
      ["abstract_member_added likely"],
    ],
    [
      "a trait loses something",
      "pub trait A { fn x(&self) {} fn y(&self) {} }",
      "pub trait A { fn x(&self) {} }",
      ["member_removed proven"],
    ],
    [
      "a trait asks for an associated type",
      "pub trait A { fn x(&self); }",
      "pub trait A { type T; fn x(&self); }",
      ["abstract_member_added likely"],
    ],
    [
      "a trait asks for another trait",
      "pub trait A: Send {}",
      "pub trait A: Send + Sync {}",
      ["supertrait_added likely"],
    ],
  ])("%s", async (_name, before, after, expected) => {
    expect(await inLibrary(`${before}\n`, `${after}\n`)).toEqual(expected);
  });
});

const gone: Change = ["pub fn a() {}\npub fn b() {}\n", "pub fn b() {}\n"];

describe("who can reach what", () => {
  it.each<[string, Story, string[]]>([
    ["a public module", aCrate({ "src/text.rs": gone }), ["export_removed proven"]],
    [
      "a module of folders",
      aCrate({ "src/text/lines.rs": gone }, { "src/text/mod.rs": "pub mod lines;\n" }),
      ["export_removed proven"],
    ],
    ["a private module", aCrate({ "src/text.rs": gone }, { "src/lib.rs": "mod text;\n" }), []],
    ["a module of the crate's own", aCrate({ "src/text.rs": gone }, { "src/lib.rs": "pub(crate) mod text;\n" }), []],
    [
      "a private module all of which is handed on",
      aCrate({ "src/text.rs": gone }, { "src/lib.rs": "mod text;\npub use text::*;\n" }),
      ["export_removed proven"],
    ],
    [
      "a private module of which other names are handed on",
      aCrate({ "src/text.rs": gone }, { "src/lib.rs": "mod text;\npub use text::b;\n" }),
      [],
    ],
    [
      "a name handed on twice",
      aCrate(
        { "src/x/b.rs": gone, "src/lib.rs": ["mod x;\npub use x::a;\n", "mod x;\n"] },
        { "src/x/mod.rs": "mod b;\npub use self::b::*;\n" },
      ),
      ["export_removed proven", "export_removed proven"],
    ],
    ["a file that no module names", aCrate({ "src/other.rs": gone }), []],
    [
      "a file named by its path",
      aCrate({ "src/other.rs": gone }, { "src/lib.rs": '#[path = "other.rs"]\npub mod text;\n' }),
      ["export_removed proven"],
    ],
    [
      "a program without a library",
      { files: { "src/cli.rs": gone }, around: { "Cargo.toml": cargo, "src/main.rs": "mod cli;\n" } },
      [],
    ],
    [
      "a library beside a program",
      aCrate({ "src/text.rs": gone }, { "src/main.rs": "fn main() {}\n" }),
      ["export_removed hint"],
    ],
    [
      "a crate that is not published",
      aCrate({ "src/text.rs": gone }, { "Cargo.toml": `${cargo}publish = false\n` }),
      [],
    ],
    [
      "a crate that its workspace does not publish",
      {
        files: { "crates/a/src/lib.rs": gone },
        around: {
          "Cargo.toml": "[workspace.package]\npublish = false\n",
          "crates/a/Cargo.toml": `${cargo}publish.workspace = true\n`,
        },
      },
      [],
    ],
    [
      "a crate that no registry would take",
      aCrate({ "src/text.rs": gone }, { "Cargo.toml": '[package]\nname = "parse"\n' }),
      ["export_removed hint"],
    ],
    [
      "a library for other languages",
      aCrate({ "src/text.rs": gone }, { "Cargo.toml": `${cargo}[lib]\ncrate-type = ["cdylib"]\n` }),
      [],
    ],
    [
      "a library in a place of its own",
      {
        files: { "bindings/rust/root.rs": gone },
        around: { "Cargo.toml": `${cargo}[lib]\npath = "bindings/rust/root.rs"\n` },
      },
      ["export_removed proven"],
    ],
    ["a broken manifest", aCrate({ "src/text.rs": gone }, { "Cargo.toml": "[package" }), ["export_removed hint"]],
    ["no manifest", { files: { "src/lib.rs": gone } }, []],
    ["tests", aCrate({ "tests/all.rs": gone, "src/tests.rs": gone, "benches/all.rs": gone, "build.rs": gone }), []],
    [
      "an item that moved and is handed on from where it was",
      aCrate(
        { "src/text.rs": ["pub fn a() {}\n", "pub use crate::lines::a;\n"], "src/lines.rs": [null, "pub fn a() {}\n"] },
        { "src/lib.rs": "pub mod text;\nmod lines;\n" },
      ),
      [],
    ],
    [
      "an item that moved to another public module",
      aCrate({
        "src/text.rs": gone,
        "src/lines.rs": [null, "pub fn a() {}\n"],
        "src/lib.rs": ["pub mod text;\n", "pub mod text;\npub mod lines;\n"],
      }),
      ["export_removed proven"],
    ],
    [
      "a module that became a folder",
      aCrate({ "src/text.rs => src/text/mod.rs": ["pub fn a() {}\n", "pub fn a() { b() }\n"] }),
      [],
    ],
    [
      "a method in another file than its type",
      aCrate(
        { "src/text/extra.rs": ["use super::Text;\nimpl Text { pub fn a(&self) {} }\n", "use super::Text;\n"] },
        { "src/text/mod.rs": "mod extra;\npub struct Text;\n" },
      ),
      ["member_removed proven"],
    ],
    [
      "a method of a private type in another file",
      aCrate(
        { "src/text/extra.rs": ["use super::Text;\nimpl Text { pub fn a(&self) {} }\n", "use super::Text;\n"] },
        { "src/text/mod.rs": "mod extra;\nstruct Text;\n" },
      ),
      [],
    ],
    [
      "a glob that is no longer handed on",
      aCrate({ "src/lib.rs": ["mod text;\npub use text::*;\n", "mod text;\n"] }, { "src/text.rs": "pub fn a() {}\n" }),
      ["export_removed proven"],
    ],
    [
      "a glob that became a list of all its names",
      aCrate(
        { "src/lib.rs": ["mod text;\npub use text::*;\n", "mod text;\npub use text::a;\n"] },
        { "src/text.rs": "pub fn a() {}\n" },
      ),
      [],
    ],
    [
      "a module made private",
      aCrate({ "src/lib.rs": ["pub mod text;\n", "mod text;\n"] }, { "src/text.rs": "pub fn a() {}\n" }),
      ["visibility_reduced proven"],
    ],
    [
      "modules that hand each other on",
      aCrate(
        { "src/lib.rs": ["pub mod a;\npub mod b;\npub fn c() {}\n", "pub mod a;\npub mod b;\n"] },
        { "src/a.rs": "pub use crate::b::*;\npub use super::*;\n", "src/b.rs": "pub use crate::a::*;\n" },
      ),
      ["export_removed proven"],
    ],
  ])("%s", async (_name, story, expected) => {
    expect(await rulesOf("breaking_change", story)).toEqual(expected);
  });
});

it("shows symbol, reach and both lines", async () => {
  const found = await findingsOf(
    "breaking_change",
    aCrate({
      "src/lib.rs": [
        "pub struct A;\nimpl A {\n  pub fn x(&self) {}\n}\n",
        "// new\npub struct A;\nimpl A {\n  pub fn x(&self, y: u8) {}\n}\n",
      ],
    }),
  );
  expect(found.find(({ rule }) => rule === "parameter_required_added")).toMatchObject({
    what: "`A::x` needs a new parameter `y`",
    path: "src/lib.rs",
    line: 4,
    side: "head",
    counterLine: 3,
    before: "pub fn x(&self) {}",
    after: "pub fn x(&self, y: u8) {}",
    symbol: "A::x",
    reach: "public",
  });
});

it("says that it cannot tell who reaches a name where nothing around was read", async () => {
  const found = await findingsOf("breaking_change", { ...aCrate({ "src/text.rs": gone }), isPatchOnly: true });
  expect(found.filter(({ reach }) => reach === "public")).toEqual([]);
});

it.each([
  ["&String", "&str", "parameter", true],
  ["&Vec<u8>", "&[u8]", "parameter", true],
  ["&mut T", "&T", "parameter", true],
  ["Serve<A>", "Serve<A, B>", "result", true],
  ["&T", "&mut T", "parameter", false],
  ["std::path::PathBuf", "PathBuf", "value", true],
  ["&'a str", "&str", "value", true],
  ["Result<u8>", "Result<u8, Error>", "result", true],
  ["Result<u8, A>", "Result<u8, B>", "result", false],
  ["impl Iterator<Item = u8>", "Vec<u8>", "result", true],
  ["Vec<u8>", "impl Iterator<Item = u8>", "result", false],
  ["()", "u8", "result", true],
] as const)("%s → %s as a %s is compatible: %s", (from, to, position, isCompatible) => {
  expect(isCompatibleType(from, to, position)).toBe(isCompatible);
});

describe("on anything", () => {
  beforeAll(() => loadGrammars(["rust"]));
  const sample =
    "pub mod a { pub fn b<T: Read>(t: T) -> u8 { 1 } }\npub use a::{b as c, *};\n#[derive(Clone)]\npub enum E<'a> { X(&'a u8), Y { z: u8 } }\npub trait T: Send { type O; fn x(&self) -> Self::O; }\nimpl<'a> E<'a> { pub async fn f(&mut self, _: u8) {} }\n";
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.nat(sample.length).map((end) => sample.slice(0, end)),
    fc
      .array(
        fc.constantFrom(
          "pub ",
          "fn a",
          "(",
          ")",
          "{",
          "}",
          "::",
          "use ",
          "*",
          ";",
          "<",
          ">",
          "#[",
          "]",
          "impl ",
          "enum E",
          "\uFEFF",
          "\r\n",
          "'a ",
        ),
      )
      .map((parts) => parts.join("")),
  );

  it("never throws, and a text against itself loses nothing", () => {
    fc.assert(
      fc.property(text, (one) => void rust.read("src/lib.rs", one)),
      { numRuns: 200 },
    );
  });

  it("finds nothing where a function is added", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.length), async (end) => {
        const before = sample.slice(0, end);
        expect(await inLibrary(before, `pub fn quite_new(x: u8) {}\n${before}`)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("reads what ends its lines with CRLF and begins with a mark of byte order", async () => {
    expect(await inLibrary("\uFEFFpub fn a() {}\r\npub fn b() {}\r\n", "\uFEFFpub fn b() {}\r\n")).toEqual([
      "export_removed proven",
    ]);
  });

  it("names a file that is too long to read", async () => {
    const long = `pub fn a() {}\n${"// x\n".repeat(250_000)}`;
    const { notAnalysed } = await classifyStory(aCrate({ "src/lib.rs": [long, long.slice(14)] }));
    expect(notAnalysed.map(({ path }) => path)).toEqual(["src/lib.rs"]);
  });
});
