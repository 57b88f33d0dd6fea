/** One Rust source file: what it offers, and how it hangs together with others. */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, aSymbol } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import type { RustAttributes } from "./rust-attributes.ts";
import { promiseOf, readImpl, symbolsOf, visibilityOf } from "./rust-items.ts";
import { addSymbol, idOf, itemsOf, placeOf, type Reading, type RustModule } from "./rust-reading.ts";
import { readUse } from "./rust-use.ts";

export interface RustFile {
  surface: ApiSurface;
  /** By path within the file: `""`, `inner`, `inner::deep`. */
  modules: ReadonlyMap<string, RustModule>;
}

/** Characters of macro calls kept per module. */
const macrosMax = 100_000;

/** @returns `null` when the text cannot be parsed */
export const readRustFile = rememberReadings("rust", parseRustFile);

function parseRustFile(path: string, text: string): RustFile | null {
  return readTree("rust", text, (root) => {
    const reading: Reading = {
      path,
      lines: text.split(/\r?\n/),
      symbols: new Map(),
      hidden: new Set(),
      modules: new Map(),
    };
    readModule(root, "", reading);
    const { symbols, hidden } = reading;
    for (const id of symbols.keys()) hidden.delete(id);
    return { surface: { symbols, hidden, isWhole: !root.hasError }, modules: reading.modules };
  });
}

function readModule(container: SyntaxNode, prefix: string, reading: Reading): void {
  const module: RustModule = { names: new Map(), children: new Map(), uses: [], macros: "" };
  reading.modules.set(prefix, module);
  const impls: SyntaxNode[] = [];
  for (const { node, attributes } of itemsOf(container)) {
    if (node.type === "impl_item") {
      if (!attributes.isHidden) impls.push(node);
    } else if (node.type === "use_declaration" || node.type === "extern_crate_declaration") {
      readUses(node, attributes, prefix, module, reading);
    } else if (node.type === "mod_item") {
      readChild(node, attributes, prefix, module, reading);
    } else if (node.type === "foreign_mod_item") {
      const body = node.childForFieldName("body");
      for (const item of body ? itemsOf(body) : []) readItem(item.node, item.attributes, prefix, module, reading);
    } else if (node.type === "macro_invocation" || node.type === "expression_statement") {
      if (module.macros.length < macrosMax) module.macros += node.text.slice(0, macrosMax);
    } else readItem(node, attributes, prefix, module, reading);
  }
  for (const node of impls) readImpl(node, prefix, module, reading);
}

function readItem(
  node: SyntaxNode,
  attributes: RustAttributes,
  prefix: string,
  module: RustModule,
  reading: Reading,
): void {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined) return;
  const isMacro = node.type === "macro_definition";
  const isOffered = !attributes.isHidden && (isMacro ? attributes.isMacroExport : visibilityOf(node) === "public");
  if (!isMacro) module.names.set(name, (module.names.get(name) ?? false) || isOffered);
  const id = isMacro ? name : idOf(prefix, name);
  if (!isOffered) {
    reading.hidden.add(id);
    return;
  }
  for (const symbol of symbolsOf(node, attributes, id, reading)) addSymbol(symbol, reading);
}

function readUses(
  node: SyntaxNode,
  attributes: RustAttributes,
  prefix: string,
  module: RustModule,
  reading: Reading,
): void {
  const isPublic = !attributes.isHidden && visibilityOf(node) === "public";
  for (const one of readUse(node)) {
    module.uses.push({ ...one, isPublic, isUnpromised: attributes.isUnpromised });
    const id = idOf(prefix, one.name ?? `${one.path.join("::")}::*`);
    if (isPublic)
      addSymbol(aSymbol({ id, kind: "reexport", marks: promiseOf(attributes), ...placeOf(node, reading) }), reading);
    else reading.hidden.add(id);
  }
}

function readChild(
  node: SyntaxNode,
  attributes: RustAttributes,
  prefix: string,
  module: RustModule,
  reading: Reading,
): void {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined || attributes.isHidden) return;
  const body = node.childForFieldName("body");
  const isPublic = visibilityOf(node) === "public";
  const { isUnpromised } = attributes;
  const id = idOf(prefix, name);
  module.children.set(name, { isPublic, isInline: body !== null, isUnpromised, path: attributes.path });
  if (isPublic)
    addSymbol(aSymbol({ id, kind: "module", marks: promiseOf(attributes), ...placeOf(node, reading) }), reading);
  else reading.hidden.add(id);
  if (body !== null) readModule(body, id, reading);
}
