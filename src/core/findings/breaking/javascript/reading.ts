/** What is collected while a module is read. */

import type { Expression, Statement } from "oxc-parser";
import { addDeclared, type Declared } from "./read-declarations.ts";
import { addExpression } from "./read-values.ts";
import type { SymbolWriter } from "./symbol-writer.ts";

/** A name of another module; `*` is the module itself. */
export interface Origin {
  module: string;
  name: string;
}

/** What reading collects. */
export interface Reading {
  writer: SymbolWriter;
  declared: Map<string, Declared[]>;
  imported: Map<string, Origin>;
  /** Exported name → name within the module. */
  local: Map<string, { name: string; at: { start: number; end: number } }>;
  /** Exported names and what they hand on. */
  from: Map<string, Origin>;
  stars: string[];
}

/** Id of the symbol that stands for a whole module handed on. */
export const starId = (module: string) => `* from ${module}`;

type DefaultExport = Extract<Statement, { type: "ExportDefaultDeclaration" }>["declaration"];

/** The default export, or what takes its place: `export =`, `module.exports =`. */
export function addDefault(reading: Reading, value: DefaultExport, at: { start: number; end: number }): void {
  switch (value.type) {
    case "Identifier":
      reading.local.set("default", { name: value.name, at });
      break;
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
      if (value.id) {
        const known = reading.declared.get(value.id.name) ?? [];
        reading.declared.set(value.id.name, [...known, value]);
        reading.local.set("default", { name: value.id.name, at });
      } else addDeclared(reading.writer, "default", null, value);
      break;
    default:
      addExpression(reading.writer, "default", null, at, value as Expression);
  }
}
