/** Public interfaces of Rust crates. @see https://doc.rust-lang.org/cargo/reference/semver.html */

import type { ReadFile } from "../../detector.ts";
import { isTest, nameOf } from "../../file-role.ts";
import type { ApiLanguage, ReachInput } from "../api/api-language.ts";
import { compareRust, rustRules } from "./compare-rust.ts";
import { namedRoot, wayTo } from "./rust-crate.ts";
import { readRustFile } from "./rust-file.ts";
import { rustReach } from "./rust-reach.ts";
import { isCompatibleType } from "./rust-types.ts";

/** Files on the way to users asked for in all; beyond it, who reaches what stays unknown. */
const wantedMax = 400;

export const rust: ApiLanguage = {
  id: "rust",
  grammar: "rust",
  rules: rustRules,
  isModule: (path) => path.endsWith(".rs") && !isTest(path) && !notOffered.test(path),
  // `a.rs` and `a/mod.rs` are the same module.
  unitOf: (path) => path.replace(/(\/mod)?\.rs$/, ""),
  mayTouch: ({ text }) => declaring.test(text.slice(0, 400)) && !/^\s{0,200}\/\//.test(text),
  read: (path, text) => readRustFile(path, text)?.surface ?? null,
  wanted: wantedFiles,
  reach: rustReach,
  isCompatible: isCompatibleType,
  hasNamedArguments: false,
  hasEntryPoints: true,
  hasOverloads: false,
  hasInheritance: false,
  compareMore: compareRust,
};

const notOffered = /(^|\/)(build|main|tests?|[^/]{0,100}_tests?)\.rs$|(^|\/)src\/bin\//;

/** A line of a body rarely looks like this; one of a signature, field, variant or attribute always does. */
const declaring =
  /\b(pub|fn|enum|struct|trait|impl|use|mod|type|union|const|static|unsafe|where|extern|macro_rules)\b|^\s{0,200}#|->|^\s{0,200}(r#)?\w{1,100}\s?:(?!:)|^\s{0,200}[A-Z]\w{0,100}\s{0,10}([({,=<]|$)|^\s{0,200}[>)(}\]]/;

function* wantedFiles(
  changed: readonly ReadFile[],
  { contents }: ReachInput,
  hasChanges: (file: ReadFile) => boolean,
): Iterable<string> {
  const asked = new Set<string>();
  for (const file of changed) {
    if (!hasChanges(file)) continue;
    for (const path of file.previousPath === null ? [file.path] : [file.path, file.previousPath]) {
      for (const one of wayTo(path)) asked.add(one);
      for (const side of [contents.base, contents.head]) {
        const root = namedRoot(path, side);
        if (root !== null && nameOf(root).endsWith(".rs")) asked.add(root);
      }
    }
    if (asked.size > wantedMax) break;
  }
  yield* [...asked].slice(0, wantedMax);
}
