/** Reads what a Python module defines, imports and says it offers. */

import { readTree, type SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, type ApiSymbol, aSymbol, normalised } from "../api/api-surface.ts";
import { rememberReadings } from "../api/remember-readings.ts";
import { type DeclaredNames, type Imported, namesOnDemand, readDeclaredNames, readImport } from "./module-names.ts";
import { importedModule, isEntry, moduleOf } from "./module-paths.ts";
import { decoratorsOf, isCalledAsWritten, signatureOf } from "./read-callable.ts";
import { readClass } from "./read-class.ts";
import { branchesOf, headOf, lineAt, literalOf, namesIn, type Reading } from "./reading.ts";

export interface PythonModule {
  path: string;
  /** Names defined here without an underscore, whether `__all__` has them or not, and re-exports. */
  surface: ApiSurface;
  /** All that is defined here, by id. */
  definitions: ReadonlyMap<string, ApiSymbol>;
  /** Bases of the classes defined here, as written, without type arguments. */
  bases: ReadonlyMap<string, readonly string[]>;
  imports: ReadonlyMap<string, Imported>;
  /** Modules all of whose names are brought in, as written. */
  stars: readonly string[];
  /** `null` where the module has no `__all__`. */
  declared: DeclaredNames | null;
  /** Names are made on demand by `__getattr__`; `elsewhere`: it looks them up in another module. */
  isDynamic: boolean | "elsewhere";
  text: string;
}

/** @returns `null` when the text takes too long to parse */
export const readModule = rememberReadings("python", parseModule);

function parseModule(path: string, text: string): PythonModule | null {
  return readTree("python", text, (root) => {
    const reading: ModuleReading = {
      path,
      lines: text.split("\n"),
      symbols: new Map(),
      bases: new Map(),
      imports: new Map(),
      stars: [],
      declared: null,
      isDynamic: false,
      onDemand: new Map(),
    };
    readBlock(root, reading, false);
    const { imports, stars, declared, isDynamic } = reading;
    const offered = [...reading.symbols].filter(([id]) => !isPrivate(id) || (declared?.names.has(id) ?? false));
    const symbols = new Map([...offered, ...reexports(reading)]);
    return {
      path,
      surface: { symbols, hidden: new Set<string>(), isWhole: !root.hasError },
      definitions: reading.symbols,
      bases: reading.bases,
      imports,
      stars,
      declared,
      isDynamic,
      text,
    };
  });
}

interface ModuleReading extends Reading {
  imports: Map<string, Imported>;
  stars: string[];
  declared: DeclaredNames | null;
  isDynamic: boolean | "elsewhere";
  onDemand: ReadonlyMap<string, number>;
}

function isPrivate(id: string): boolean {
  return id.startsWith("_");
}

/** Imported names that the module hands on: those of `__all__`, `import a as a`, and what a package takes from its own modules. */
function* reexports(reading: ModuleReading): Iterable<[string, ApiSymbol]> {
  const { path, imports, declared, isDynamic, symbols } = reading;
  for (const [id, { from, line, isExplicit, isForTypes, name }] of imports) {
    if (symbols.has(id) || (isForTypes && !isDynamic)) continue;
    const isOffered =
      declared === null
        ? !isPrivate(id) && (isExplicit || (isEntry(path) && name !== null && isInside(from, path)))
        : declared.names.has(id);
    if (isOffered) yield [id, aSymbol({ id, kind: "reexport", line, text: lineAt(reading, line), path })];
  }
  for (const [id, line] of reading.onDemand) {
    if (!symbols.has(id)) yield [id, aSymbol({ id, kind: "reexport", line, text: lineAt(reading, line), path })];
  }
  // Which names it has, only another module says.
  if (isDynamic === "elsewhere") {
    const id = moduleOf(path)
      .replace(/^(src|lib|python)\//, "")
      .replaceAll("/", ".");
    yield [id, aSymbol({ id, kind: "module", line: 1, text: lineAt(reading, 1), path })];
  }
}

/** Holds for modules of the package itself; what it takes from beside it is for its own use. */
function isInside(from: string, path: string): boolean {
  const module = importedModule(path, from);
  return module !== null && (module === moduleOf(path) || module.startsWith(`${moduleOf(path)}/`));
}

function readBlock(block: SyntaxNode, reading: ModuleReading, isForTypes: boolean): void {
  for (const statement of block.namedChildren) if (statement !== null) readStatement(statement, reading, isForTypes);
}

function readStatement(statement: SyntaxNode, reading: ModuleReading, isForTypes: boolean): void {
  switch (statement.type) {
    case "import_statement":
    case "import_from_statement":
      readImport(statement, isForTypes, reading.imports, reading.stars);
      return;
    case "function_definition":
    case "class_definition":
    case "decorated_definition":
      readDefinition(statement, reading);
      return;
    case "expression_statement": {
      const expression = statement.namedChildren[0] ?? null;
      if (expression === null) return;
      reading.declared = readDeclaredNames(expression, reading.declared);
      if (expression.type === "assignment") readConstant(expression, reading);
      return;
    }
    case "type_alias_statement":
      readTypeAlias(statement, reading);
      return;
    default:
      for (const block of branchesOf(statement))
        readBlock(block, reading, isForTypes || isTypeChecking(statement, block));
  }
}

function isTypeChecking(statement: SyntaxNode, block: SyntaxNode): boolean {
  if (statement.type !== "if_statement" || statement.childForFieldName("consequence")?.id !== block.id) return false;
  return /^(\w+\.)?TYPE_CHECKING$/.test(statement.childForFieldName("condition")?.text.slice(0, 100) ?? "");
}

function readDefinition(statement: SyntaxNode, reading: ModuleReading): void {
  const definition = statement.childForFieldName("definition") ?? statement;
  const id = definition.childForFieldName("name")?.text ?? "";
  if (definition.type === "class_definition") readClass(statement, null, reading);
  else if (definition.type === "function_definition") {
    if (id === "__getattr__") {
      reading.isDynamic = /\bgetattr\(/.test(definition.text) ? "elsewhere" : true;
      reading.onDemand = namesOnDemand(definition);
    }
    readFunction(statement, definition, id, reading);
  }
}

function readFunction(statement: SyntaxNode, definition: SyntaxNode, id: string, reading: Reading): void {
  const decorators = decoratorsOf(statement);
  const line = definition.startPosition.row + 1;
  const earlier = reading.symbols.get(id)?.signatures ?? [];
  const isAsync = definition.children[0]?.type === "async";
  reading.symbols.set(
    id,
    aSymbol({
      id,
      kind: "function",
      line,
      text: headOf(definition),
      path: reading.path,
      signatures: isCalledAsWritten(decorators) ? [...earlier, signatureOf(definition, false)] : [],
      isDeprecated: decorators.some(({ last }) => last === "deprecated"),
      marks: isAsync ? ["async"] : [],
    }),
  );
}

function readConstant(assignment: SyntaxNode, reading: Reading): void {
  const type = assignment.childForFieldName("type");
  const right = assignment.childForFieldName("right");
  const line = assignment.startPosition.row + 1;
  for (const id of namesIn(assignment.childForFieldName("left"))) {
    if (id === "__all__" || reading.symbols.has(id)) continue;
    reading.symbols.set(
      id,
      aSymbol({
        id,
        // Another name for something may stand for anything.
        kind: type === null && /^(identifier|attribute)$/.test(right?.type ?? "") ? "reexport" : "constant",
        line,
        text: lineAt(reading, line),
        path: reading.path,
        type: type === null ? null : normalised(type.text),
        value: literalOf(right),
      }),
    );
  }
}

function readTypeAlias(statement: SyntaxNode, reading: Reading): void {
  const id = statement.childForFieldName("left")?.text.split("[")[0] ?? "";
  const line = statement.startPosition.row + 1;
  if (id !== "")
    reading.symbols.set(id, aSymbol({ id, kind: "constant", line, text: lineAt(reading, line), path: reading.path }));
}
