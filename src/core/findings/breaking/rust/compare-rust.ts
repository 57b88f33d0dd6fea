/** Breaks that only Rust knows: variants, fields, derives, marks of functions and types. */

import type { Rule } from "../../detector.ts";
import type { ApiChange } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";

export const rustRules: Record<string, Rule> = {
  enum_variant_added: {
    title: "a public enumeration has a new variant",
    why: "A `match` of others that names every variant no longer compiles.",
    fix: "Mark the enumeration `#[non_exhaustive]` in the next major version; variants added later are harmless then.",
    looksAt: "Public enumerations without `#[non_exhaustive]`.",
    example: { language: "rs", diff: " pub enum Level {\n     Low,\n+    Middle,\n     High,\n }" },
  },
  struct_field_added: {
    title: "a struct that others can build has a new field",
    why: "Code that lists all its fields, to build or to take apart, no longer compiles.",
    fix: "Mark the struct `#[non_exhaustive]` in the next major version, or give it a private field and a constructor.",
    looksAt: "Structs whose fields were all public, without `#[non_exhaustive]`.",
    example: { language: "rs", diff: " pub struct Options {\n     pub strict: bool,\n+    pub depth: usize,\n }" },
  },
  non_exhaustive_added: {
    title: "a type was marked `#[non_exhaustive]`",
    why: "Others can no longer build it by its fields, or match it without a last arm for the rest.",
    fix: "Do it in the next major version.",
    example: { language: "rs", diff: "+#[non_exhaustive]\n pub enum Level {" },
  },
  derive_removed: {
    title: "a type no longer has a trait that it derived",
    why: "Code that clones, prints, compares or serialises it no longer compiles.",
    fix: "Keep the derive, or write the implementation by hand.",
    example: { language: "rs", diff: "-#[derive(Clone, Debug)]\n+#[derive(Debug)]\n pub struct Token {" },
  },
  trait_impl_removed: {
    title: "a type no longer implements a trait",
    why: "Code that converts it, or passes it where the trait is asked for, no longer compiles.",
    looksAt: "Implementations that stood in the file of the type. One that moved to another file may be meant.",
    example: { language: "rs", diff: "-impl From<u8> for Level {" },
  },
  unsafe_added: {
    title: "a function became unsafe",
    why: "Calls outside of an `unsafe` block no longer compile.",
    fix: "Add an unsafe function beside it, and deprecate the safe one.",
    example: { language: "rs", diff: "-pub fn get(at: usize) -> u8 {\n+pub unsafe fn get(at: usize) -> u8 {" },
  },
  const_removed: {
    title: "a function can no longer be called in constants",
    why: "Constants and statics of others that call it no longer compile.",
    example: { language: "rs", diff: "-pub const fn new() -> Self {\n+pub fn new() -> Self {" },
  },
  supertrait_added: {
    title: "whoever implements a trait must implement another one too",
    why: "Implementations of others without it no longer compile.",
    example: { language: "rs", diff: "-pub trait Store {\n+pub trait Store: Send {" },
  },
  repr_changed: {
    title: "the layout of a type changed",
    why: "Foreign code and casts that rely on it read something else.",
    example: { language: "rs", diff: "-#[repr(u8)]\n+#[repr(u16)]\n pub enum Level {" },
  },
};

/** Traits whose loss nobody outside notices, or that say nothing about use. */
const unnoticed = /^impl (Drop|Send|Sync|Unpin|Arbitrary|Sealed)\b/;

const derivable = /^impl (Clone|Copy|Debug|Default|PartialEq|Eq|PartialOrd|Ord|Hash|Serialize|Deserialize)$/;

export function compareRust(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  if (base.kind === "reexport" || head.kind === "reexport" || base.kind !== head.kind) return [];
  const found: ApiChange[] = [];
  const add = (rule: string, strength: ApiChange["strength"], what: string) =>
    found.push({ rule, strength, what, base, head });
  const [was, is] = [new Set(base.marks), new Set(head.marks)];
  const isOpenEnded = was.has("non_exhaustive") || is.has("non_exhaustive");
  for (const mark of is) {
    if (was.has(mark)) continue;
    const [word = "", name = ""] = split(mark);
    if (word === "variant" && !isOpenEnded)
      add("enum_variant_added", "likely", `\`${base.id}\` has a new variant \`${name}\``);
    if (word === "field" && was.has("open") && !isOpenEnded) {
      add("struct_field_added", "hint", `\`${base.id}\` has a new field \`${name}\``);
    }
    // What is offered to other languages is called the same by them.
    if (word === "unsafe")
      add("unsafe_added", was.has("extern") ? "likely" : "proven", `\`${base.id}\` is now unsafe to call`);
    if (word === "super")
      add("supertrait_added", "likely", `whoever implements \`${base.id}\` must now be \`${name}\``);
    if (word === "non_exhaustive" && (base.kind === "enum" || was.has("open"))) {
      add("non_exhaustive_added", "proven", `\`${base.id}\` was marked \`#[non_exhaustive]\``);
    }
  }
  for (const mark of was) {
    if (is.has(mark)) continue;
    const [word = "", name = ""] = split(mark);
    if (word === "impl" && derivable.test(mark)) {
      add("derive_removed", "likely", `\`${base.id}\` no longer implements \`${name}\``);
    } else if (word === "impl" && !unnoticed.test(mark)) {
      add("trait_impl_removed", "likely", `\`${base.id}\` no longer implements \`${name}\` in this file`);
    }
    if (word === "const") add("const_removed", "likely", `\`${base.id}\` can no longer be called in constants`);
    if (word === "repr" && name !== "transparent") add("repr_changed", "hint", `the layout of \`${base.id}\` changed`);
  }
  return [...found, ...compareGenerics(base, head)];
}

function compareGenerics(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  const mark = (symbol: ApiSymbol, word: string) => symbol.marks.find((one) => one.startsWith(word));
  const what = `\`${base.id}\` takes other generic parameters`;
  if (mark(base, "arity ") !== mark(head, "arity ")) {
    return [{ rule: "generics_changed", strength: "likely", what, base, head }];
  }
  if (mark(base, "generics ") === mark(head, "generics ")) return [];
  return [{ rule: "generics_changed", strength: "hint", what, base, head }];
}

function split(mark: string): [string, string] {
  const space = mark.indexOf(" ");
  return space === -1 ? [mark, ""] : [mark.slice(0, space), mark.slice(space + 1)];
}
