/** What a JavaScript or TypeScript module offers to others: its own symbols, and those it hands on. */

import type { ImportDeclaration, ModuleExportName, Statement } from "oxc-parser";
import type { ApiSurface } from "../api/api-surface.ts";
import { addCommonJs } from "./common-js.ts";
import { parseOutline } from "./parse-module.ts";
import { addDeclared, type Declared, declaredBy } from "./read-declarations.ts";
import { internalTag, markGiven } from "./read-members.ts";
import { addDefault, type Origin, type Reading, starId } from "./reading.ts";
import { type SymbolWriter, symbolWriter } from "./symbol-writer.ts";

export interface JsModule {
  surface: ApiSurface;
  /** Exported names, without those of `stars`; `default` for the default export. */
  names: ReadonlySet<string>;
  /** Exported names that are another module's. */
  from: ReadonlyMap<string, Origin>;
  /** Modules whose every name is handed on (`export * from`). */
  stars: readonly string[];
  /** Types declared here, exported or not, each with the exported names whose users meet it. */
  met: ReadonlyMap<string, ReadonlySet<string>>;
  /** Types of other modules that users of an exported name meet. */
  foreign: ReadonlyMap<string, readonly Origin[]>;
}

/** @returns `null` when the text cannot be parsed */
export function readModule(path: string, text: string): JsModule | null {
  const parsed = parseOutline(path, text);
  if (parsed === null) return null;
  const reading: Reading = {
    writer: symbolWriter(path, text),
    declared: new Map(),
    imported: new Map(),
    local: new Map(),
    from: new Map(),
    stars: [],
  };
  for (const statement of parsed.body) {
    if (statement.type === "ImportDeclaration") addImports(reading, statement);
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    for (const { name, declared } of declaration ? declaredBy(declaration) : []) {
      reading.declared.set(name, [...(reading.declared.get(name) ?? []), declared]);
    }
  }
  for (const statement of parsed.body) {
    // What is marked as internal is not offered.
    if (!reading.writer.hasTag(statement.start, internalTag)) addExports(reading, statement);
  }
  if (!parsed.hasModuleSyntax && /\bexports\b/.test(text)) addCommonJs(reading, parsed.body);
  return finished(reading);
}

function addImports({ imported }: Reading, { source, specifiers }: ImportDeclaration): void {
  for (const one of specifiers) {
    const name =
      one.type === "ImportNamespaceSpecifier"
        ? "*"
        : one.type === "ImportDefaultSpecifier"
          ? "default"
          : textOf(one.imported);
    imported.set(one.local.name, { module: source.value, name });
  }
}

function addExports(reading: Reading, statement: Statement | { type: "Directive" }): void {
  const { writer, local, from, stars } = reading;
  switch (statement.type) {
    case "ExportNamedDeclaration":
      for (const { exported, local: own, start, end } of statement.specifiers) {
        const name = textOf(exported);
        if (statement.source) {
          from.set(name, { module: statement.source.value, name: textOf(own) });
          writer.add(exported, { id: name, kind: "constant" });
        } else local.set(name, { name: textOf(own), at: { start, end } });
      }
      if (statement.declaration) {
        for (const { name } of declaredBy(statement.declaration)) local.set(name, { name, at: statement });
      }
      break;
    case "ExportAllDeclaration": {
      const module = statement.source.value;
      if (statement.exported) {
        const name = textOf(statement.exported);
        from.set(name, { module, name: "*" });
        writer.add(statement.exported, { id: name, kind: "constant" });
      } else {
        stars.push(module);
        writer.add(statement, { id: starId(module), kind: "module" });
      }
      break;
    }
    case "ExportDefaultDeclaration":
      addDefault(reading, statement.declaration, statement);
      break;
    case "TSExportAssignment":
      addDefault(reading, statement.expression, statement);
      break;
  }
}

function finished(reading: Reading): JsModule {
  const { writer, declared, imported, local, from, stars } = reading;
  // Names of types that each symbol leads to.
  const leads = new Map<string, ReadonlySet<string>>([["default", takeMet(writer)]]);
  const idOf = new Map<string, string>();
  for (const [exported, { name, at }] of local) {
    const origin = imported.get(name);
    if (origin) from.set(exported, origin);
    const things = origin ? [] : withoutImplementation(declared.get(name) ?? []);
    if (things.length === 0) writer.add(at, { id: exported, kind: "constant" });
    for (const thing of things) addDeclared(writer, exported, null, thing);
    if (!origin) idOf.set(name, exported);
    leads.set(exported, new Set([...(leads.get(exported) ?? []), ...takeMet(writer)]));
  }
  const tops = [...writer.symbols.values()].filter(({ owner }) => owner === null).map(({ id }) => id);
  const names = new Set(tops.filter((id) => !id.startsWith(starId(""))));
  writer.isNameless = true;
  const open = [...leads.values()].flatMap((met) => [...met]);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const things = (declared.get(name) ?? []).filter(isType);
    if (things.length === 0 || idOf.has(name) || names.has(name)) continue;
    idOf.set(name, name);
    for (const thing of things) addDeclared(writer, name, null, thing);
    leads.set(name, takeMet(writer));
    open.push(...(leads.get(name) ?? []));
  }
  for (const name of writer.given) {
    const id = idOf.get(name);
    if (id !== undefined && writer.symbols.get(id)?.kind === "interface") markGiven(writer, id);
  }
  const surface: ApiSurface = { symbols: writer.symbols, hidden: writer.hidden, isWhole: true };
  return { surface, names, from, stars, ...followed(names, leads, idOf, imported) };
}

function takeMet({ met }: SymbolWriter): ReadonlySet<string> {
  const taken = new Set(met);
  met.clear();
  return taken;
}

/** From every exported name to all types that its users meet. */
function followed(
  names: ReadonlySet<string>,
  leads: ReadonlyMap<string, ReadonlySet<string>>,
  idOf: ReadonlyMap<string, string>,
  imported: ReadonlyMap<string, Origin>,
): Pick<JsModule, "met" | "foreign"> {
  const met = new Map<string, Set<string>>();
  const foreign = new Map<string, Origin[]>();
  for (const exported of names) {
    const seen = new Set([exported]);
    const open = [exported];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const name of leads.get(id) ?? []) {
        const origin = imported.get(name);
        const next = idOf.get(name);
        if (origin) foreign.set(exported, [...(foreign.get(exported) ?? []), origin]);
        if (next === undefined || seen.has(next)) continue;
        seen.add(next);
        open.push(next);
        met.set(next, (met.get(next) ?? new Set()).add(exported));
      }
    }
  }
  return { met, foreign };
}

function isType({ type }: Declared): boolean {
  return (
    type === "TSInterfaceDeclaration" ||
    type === "TSTypeAliasDeclaration" ||
    type === "TSEnumDeclaration" ||
    type === "ClassDeclaration"
  );
}

/** Of a function with overloads, callers see the overloads only. */
function withoutImplementation(things: readonly Declared[]): readonly Declared[] {
  const isOverloaded = things.some(({ type }) => type === "TSDeclareFunction");
  return isOverloaded ? things.filter(({ type }) => type !== "FunctionDeclaration") : things;
}

function textOf(name: ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}
