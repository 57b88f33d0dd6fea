import fc from "fast-check";
import { expect, it } from "vitest";
import { readCargoManifest } from "../../../../../src/core/findings/breaking/rust/cargo-toml.ts";
import { rules } from "../../../../../src/core/findings/index.ts";
import { classifyStory, findingsOf } from "../../../../support/changes.ts";

const crate = (more: string, name = "parse") =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\ndescription = "Parses."\nlicense = "MIT"\n${more}`;

it.each([
  ["the crate is renamed", crate(""), crate("", "parser"), ["crate_renamed proven"]],
  ["the crate is no longer published", crate(""), crate("publish = false\n"), ["crate_unpublished likely"]],
  ["a private crate is renamed", crate("publish = false\n"), crate("publish = false\n", "parser"), []],
  [
    "a crate that no registry would take is renamed",
    '[package]\nname = "a"\n',
    '[package]\nname = "b"\n',
    ["crate_renamed likely"],
  ],
  [
    "the library is renamed",
    crate('[lib]\nname = "a"\n'),
    crate('[lib]\nname = "b"\n'),
    ["crate_library_changed proven"],
  ],
  ["the library says the name it has anyway", crate(""), crate('[lib]\nname = "parse"\n'), []],
  [
    "the library is no longer built for C",
    crate('[lib]\ncrate-type = ["lib", "cdylib"]\n'),
    crate('[lib]\ncrate-type = ["lib"]\n'),
    ["crate_library_changed likely"],
  ],
  ["the library is built for C as well", crate(""), crate('[lib]\ncrate-type = ["rlib", "cdylib"]\n'), []],
  [
    "a program goes",
    crate('[[bin]]\nname = "a"\n[[bin]]\nname = "b"\n'),
    crate('[[bin]]\nname = "a"\n'),
    ["crate_program_removed likely"],
  ],
  ["a program is named as the crate anyway", crate('[[bin]]\nname = "parse"\n'), crate(""), []],
  ["the crate goes", crate(""), null, ["crate_removed proven"]],
  ["a private crate goes", crate("publish = false\n"), null, []],
  ["a version is raised", crate('[dependencies]\na = "1"\n'), crate('[dependencies]\na = "2"\n'), []],
])("%s", async (_name, before, after, expected) => {
  const found = await findingsOf("breaking_change", { files: { "Cargo.toml": [before, after] } });
  const own = found.filter(({ rule }) => rules[rule]?.detector === "cargo_manifest");
  expect(own.map(({ rule, strength }) => `${rule} ${strength}`)).toEqual(expected);
});

it("takes a crate that moved for the same one", async () => {
  const found = await findingsOf("breaking_change", {
    files: { "a/Cargo.toml": [crate(""), null], "crates/a/Cargo.toml": [null, crate("")] },
  });
  expect(found.filter(({ rule }) => rule.startsWith("crate"))).toEqual([]);
});

it("shows the line and both names", async () => {
  const found = await findingsOf("breaking_change", { files: { "Cargo.toml": [crate(""), crate("", "parser")] } });
  expect(found.find(({ rule }) => rule === "crate_renamed")).toMatchObject({
    path: "Cargo.toml",
    line: 2,
    before: "parse",
    after: "parser",
    symbol: "parse",
    reach: "public",
  });
});

it("names a manifest that cannot be read", async () => {
  const { notAnalysed } = await classifyStory({ files: { "Cargo.toml": [crate(""), "[package"] } });
  expect(notAnalysed.map(({ path }) => path)).toEqual(["Cargo.toml"]);
});

it("never throws on what is no manifest", () => {
  const parts = fc.constantFrom(
    "[package]",
    "[[bin]]",
    "[features]",
    "\n",
    "name",
    " = ",
    '"a"',
    "[",
    "]",
    "{",
    "}",
    "1",
    "default",
    "publish",
    "\uFEFF",
  );
  fc.assert(
    fc.property(
      fc.array(parts).map((all) => all.join("")),
      (text) => void readCargoManifest(text),
    ),
  );
  fc.assert(fc.property(fc.string(), (text) => void readCargoManifest(text)));
});
