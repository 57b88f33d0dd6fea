/** Reads what a Go file adds to what its package offers. */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, type ApiSymbol, aSymbol, emptySurface, normalised } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { type Imports, importsOf, signatureOf, typeText } from "./read-types.ts";

interface Reading {
  path: string;
  lines: readonly string[];
  imports: Imports;
  symbols: Map<string, ApiSymbol>;
}

/** @see https://go.dev/s/generatedcode */
const generated = /^\/\/ Code generated .{0,200} DO NOT EDIT\.\r?$/m;
const notBuilt = /^\/\/(go:build| \+build) ignore\r?$/m;

/**
 * Programs, tests and generated code offer nothing here: the latter change with what they are made from.
 *
 * @returns `null` when the text takes too long to parse
 */
export const readGoFile = rememberReadings("go", parseGoFile);

function parseGoFile(path: string, text: string): ApiSurface | null {
  const top = text.slice(0, 4000);
  if (generated.test(top) || notBuilt.test(top)) return emptySurface;
  return readTree("go", text, (root) => {
    const name = root.namedChildren.find((child) => child?.type === "package_clause")?.namedChildren[0]?.text ?? "";
    if (name === "main" || name.endsWith("_test")) return emptySurface;
    const reading: Reading = { path, lines: text.split("\n"), imports: importsOf(root), symbols: new Map() };
    for (const declaration of root.namedChildren) if (declaration !== null) readDeclaration(declaration, reading);
    const methods = [...reading.symbols].filter(([, { owner }]) => owner !== null);
    const rest = [...reading.symbols].filter(([, { owner }]) => owner === null);
    return { symbols: new Map([...rest, ...methods]), hidden: new Set<string>(), isWhole: !root.hasError };
  });
}

/** @see https://go.dev/ref/spec#Exported_identifiers */
function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

function add(
  id: string,
  node: SyntaxNode,
  more: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>,
  { path, lines, symbols }: Reading,
): void {
  const line = node.startPosition.row + 1;
  symbols.set(id, aSymbol({ id, line, text: (lines[line - 1] ?? "").trim().slice(0, 300), path, ...more }));
}

function readDeclaration(declaration: SyntaxNode, reading: Reading): void {
  switch (declaration.type) {
    case "function_declaration":
      readFunction(declaration, null, reading);
      return;
    case "method_declaration":
      readFunction(declaration, receiverOf(declaration), reading);
      return;
    case "type_declaration":
      for (const spec of declaration.namedChildren) if (spec !== null) readType(spec, reading);
      return;
    case "const_declaration":
    case "var_declaration":
      for (const spec of declaration.descendantsOfType(["const_spec", "var_spec"])) {
        // What functions declare inside of a value is theirs.
        if (spec !== null && isDirect(spec, declaration)) readValue(spec, reading);
      }
      return;
    default:
  }
}

function isDirect(spec: SyntaxNode, declaration: SyntaxNode): boolean {
  const parent = spec.parent;
  return parent?.id === declaration.id || (parent?.type === "var_spec_list" && parent.parent?.id === declaration.id);
}

/** The type a method belongs to: `Client` for `func (c *Client[T])`. */
function receiverOf(method: SyntaxNode): string {
  const type = method.childForFieldName("receiver")?.namedChildren[0]?.childForFieldName("type")?.text ?? "";
  return /^[*(\s]{0,10}([\p{L}\p{N}_]{1,200})/u.exec(type)?.[1] ?? "";
}

function readFunction(declaration: SyntaxNode, owner: string | null, reading: Reading): void {
  const name = declaration.childForFieldName("name")?.text ?? "";
  if (!isExported(name) || (owner !== null && !isExported(owner))) return;
  const body = declaration.childForFieldName("body");
  add(
    owner === null ? name : `${owner}.${name}`,
    declaration,
    {
      kind: owner === null ? "function" : "method",
      owner,
      signatures: [signatureOf(declaration, reading.imports)],
      text: normalised(declaration.text.slice(0, body === null ? 2000 : body.startIndex - declaration.startIndex)),
    },
    reading,
  );
}

function readType(spec: SyntaxNode, reading: Reading): void {
  const name = spec.childForFieldName("name")?.text ?? "";
  const type = spec.childForFieldName("type");
  if (!isExported(name) || type === null) return;
  // An alias is what it stands for, which is defined elsewhere.
  if (spec.type === "type_alias") add(name, spec, { kind: "reexport", type: typeText(type, reading.imports) }, reading);
  else if (type.type === "struct_type") readStruct(name, spec, type, reading);
  else if (type.type === "interface_type") readInterface(name, spec, type, reading);
  else add(name, spec, { kind: "type", type: typeText(type, reading.imports) }, reading);
}

function readStruct(name: string, spec: SyntaxNode, type: SyntaxNode, reading: Reading): void {
  const fields = type.namedChildren.find((child) => child?.type === "field_declaration_list")?.namedChildren ?? [];
  const embedded: string[] = [];
  const own: [string, SyntaxNode, string][] = [];
  for (const field of fields) {
    if (field?.type !== "field_declaration") continue;
    const fieldType = field.childForFieldName("type");
    const text = fieldType === null ? "" : typeText(fieldType, reading.imports);
    const names = field.childrenForFieldName("name").flatMap((one) => (one === null ? [] : [one.text]));
    if (names.length === 0 && fieldType !== null) {
      const base = lastNameOf(fieldType.text);
      embedded.push(base);
      names.push(base);
    }
    for (const one of names) if (isExported(one)) own.push([one, field, text]);
  }
  add(name, spec, { kind: "struct", bases: embedded }, reading);
  for (const [one, field, text] of own)
    add(`${name}.${one}`, field, { kind: "field", owner: name, type: text }, reading);
}

/** `*pkg.Base[T]` → `Base` */
function lastNameOf(type: string): string {
  const name = type.split("[")[0] ?? type;
  return name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("*")) + 1).trim();
}

/** Nobody outside can implement an interface with a method of its package. */
function readInterface(name: string, spec: SyntaxNode, type: SyntaxNode, reading: Reading): void {
  const methods = type.namedChildren.flatMap((child) => (child?.type === "method_elem" ? [child] : []));
  const embedded = type.namedChildren.flatMap((child) => (child?.type === "type_elem" ? [lastNameOf(child.text)] : []));
  const isOpen = methods.every((method) => isExported(method.childForFieldName("name")?.text ?? ""));
  add(name, spec, { kind: "interface", bases: embedded, marks: isOpen ? [] : ["closed"] }, reading);
  for (const method of methods) {
    const id = method.childForFieldName("name")?.text ?? "";
    if (!isExported(id)) continue;
    const signatures = [signatureOf(method, reading.imports)];
    const text = normalised(method.text);
    add(`${name}.${id}`, method, { kind: "method", owner: name, isAbstract: isOpen, signatures, text }, reading);
  }
}

const literals = new Set([
  "int_literal",
  "float_literal",
  "interpreted_string_literal",
  "raw_string_literal",
  "rune_literal",
  "true",
  "false",
]);

function readValue(spec: SyntaxNode, reading: Reading): void {
  const type = spec.childForFieldName("type");
  const names = spec.childrenForFieldName("name").filter((one) => one?.type === "identifier");
  const values = spec.childForFieldName("value")?.namedChildren ?? [];
  for (const [index, one] of names.entries()) {
    if (one === null || !isExported(one.text)) continue;
    const value = values[index] ?? null;
    const isHandedOn = type === null && value?.type === "selector_expression";
    add(
      one.text,
      one,
      {
        kind: isHandedOn ? "reexport" : "constant",
        type: type === null ? null : typeText(type, reading.imports),
        value: spec.type === "const_spec" && value !== null && literals.has(value.type) ? normalised(value.text) : null,
      },
      reading,
    );
  }
}
