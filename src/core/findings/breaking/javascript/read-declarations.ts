/** Turns declarations into symbols under the name that others use for them. */

import type {
  Declaration,
  Directive,
  ExportNamedDeclaration,
  Expression,
  Statement,
  TSType,
  TSTypeAliasDeclaration,
  TSTypeAnnotation,
  VariableDeclaration,
} from "oxc-parser";
import { literalText } from "./literal-text.ts";
import { addCallable, addTypeMembers, internalTag } from "./read-members.ts";
import { addClass, addExpression, baseText } from "./read-values.ts";
import type { SymbolWriter } from "./symbol-writer.ts";

/** A thing declared at the top of a module or namespace, without its `export`. */
export type Declared =
  | Exclude<Declaration, VariableDeclaration>
  | {
      type: "Variable";
      name: string;
      init: Expression | null;
      annotation: TSTypeAnnotation | null;
      start: number;
      end: number;
    };

export function addDeclared(writer: SymbolWriter, id: string, owner: string | null, declared: Declared): void {
  switch (declared.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "TSDeclareFunction":
    case "TSEmptyBodyFunctionExpression":
      addCallable(writer, declared.id ?? declared, { id, owner, kind: "function" }, declared);
      break;
    case "ClassDeclaration":
    case "ClassExpression":
      addClass(writer, id, owner, declared);
      break;
    case "TSInterfaceDeclaration": {
      const bases = declared.extends.map((one) => {
        collect(writer, one.expression, one.typeArguments);
        const own = baseText(writer.valueText(one.expression));
        return [
          own,
          ...(one.typeArguments?.params ?? []).flatMap((type) =>
            type.type === "TSTypeReference" ? basesIn(writer, type) : [],
          ),
        ];
      });
      writer.add(declared.id, { id, owner, kind: "interface", bases: bases.flat() });
      addTypeMembers(writer, id, declared.body.body);
      break;
    }
    case "TSTypeAliasDeclaration":
      addAlias(writer, id, owner, declared);
      break;
    case "TSEnumDeclaration":
      writer.add(declared.id, { id, owner, kind: "enum" });
      for (const member of declared.body.members) {
        const name = member.id.type === "Identifier" ? member.id.name : "value" in member.id ? member.id.value : null;
        if (typeof name !== "string") continue;
        const value = literalText(member.initializer);
        writer.add(member, { id: `${id}.${name}`, owner: id, kind: "enum_member", value });
      }
      break;
    case "TSModuleDeclaration":
      writer.add(declared.id, { id, owner, kind: "module" });
      if (declared.body) addNamespace(writer, id, declared.body.body, declared.declare);
      break;
    case "Variable":
      addVariable(writer, id, owner, declared);
      break;
    case "TSImportEqualsDeclaration":
      writer.add(declared, { id, owner, kind: "constant" });
      break;
  }
}

function addAlias(writer: SymbolWriter, id: string, owner: string | null, declared: TSTypeAliasDeclaration): void {
  const { typeAnnotation: type } = declared;
  const parts = type.type === "TSIntersectionType" ? type.types : [type];
  const literals = parts.flatMap((part) => (part.type === "TSTypeLiteral" ? [part] : []));
  if (type.type === "TSFunctionType") {
    addCallable(writer, declared.id, { id, owner, kind: "type" }, type);
  } else if (literals.length > 0) {
    const others = parts.filter((part) => part.type !== "TSTypeLiteral");
    const bases = others.flatMap((part) => basesIn(writer, part));
    writer.add(declared.id, { id, owner, kind: "interface", bases });
    for (const literal of literals) addTypeMembers(writer, id, literal.members);
  } else {
    const text = writer.typeText(type);
    writer.add(declared.id, { id, owner, kind: "type", type: isComputed(type) ? null : text });
  }
}

/** The types whose members a type has: `Partial<A>` has those of `A`. */
function basesIn(writer: SymbolWriter, type: TSType): string[] {
  const text = baseText(writer.typeText(type) ?? "");
  const own = /^[\w$.]{1,200}$/.test(text) && !/^[a-z]+$/.test(text) ? [text] : [];
  const inner = type.type === "TSTypeReference" ? (type.typeArguments?.params ?? []) : [];
  return [...own, ...inner.flatMap((one) => (one.type === "TSTypeReference" ? basesIn(writer, one) : []))];
}

/** What such a type comes to cannot be seen from how it is written. */
function isComputed(type: TSType): boolean {
  return (
    type.type === "TSConditionalType" ||
    type.type === "TSMappedType" ||
    type.type === "TSIndexedAccessType" ||
    type.type === "TSTypeOperator" ||
    type.type === "TSTypeQuery" ||
    (type.type === "TSTypeReference" && type.typeArguments !== null)
  );
}

function collect(writer: SymbolWriter, expression: Expression, types: Parameters<SymbolWriter["typeText"]>[0]): void {
  if (expression.type === "Identifier") writer.met.add(expression.name);
  writer.typeText(types);
}

function addNamespace(
  writer: SymbolWriter,
  owner: string,
  body: readonly (Statement | Directive)[],
  isAmbient: boolean,
): void {
  for (const statement of body) {
    if (statement.type === "ExportNamedDeclaration") addHandedOn(writer, owner, statement);
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : isAmbient ? statement : null;
    if (declared === null || writer.hasTag(statement.start, internalTag)) continue;
    for (const one of declaredBy(declared)) addDeclared(writer, `${owner}.${one.name}`, owner, one.declared);
  }
}

/** What a namespace hands on by name: `export type { Options };` within it. What stands behind the names is compared where it is declared. */
function addHandedOn(writer: SymbolWriter, owner: string, { specifiers, exportKind }: ExportNamedDeclaration): void {
  for (const specifier of specifiers) {
    const { exported } = specifier;
    const name = exported.type === "Identifier" ? exported.name : exported.type === "Literal" ? exported.value : null;
    if (name === null || name === "default") continue;
    const kind = exportKind === "type" || specifier.exportKind === "type" ? "type" : "constant";
    writer.add(specifier, { id: `${owner}.${name}`, owner, kind });
  }
}

/** The things that a statement declares, by name. */
export function declaredBy(statement: Statement | Directive | Declaration): { name: string; declared: Declared }[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id, init, start, end }) => {
        const own = id.type === "Identifier" ? { annotation: id.typeAnnotation ?? null, start: id.start } : null;
        return namesIn(id).map((name) => ({
          name,
          declared: {
            type: "Variable" as const,
            name,
            init: own ? init : null,
            annotation: own?.annotation ?? null,
            start: own?.start ?? start,
            end,
          },
        }));
      });
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
    case "TSImportEqualsDeclaration":
      return statement.id ? [{ name: statement.id.name, declared: statement }] : [];
    case "TSModuleDeclaration":
      return statement.id.type === "Identifier" && statement.kind !== "global"
        ? [{ name: statement.id.name, declared: statement }]
        : [];
    default:
      return [];
  }
}

type Pattern = VariableDeclaration["declarations"][number]["id"];

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "ObjectPattern":
      return pattern.properties.flatMap((one) => namesIn(one.type === "RestElement" ? one.argument : one.value));
    case "ArrayPattern":
      return pattern.elements.flatMap((one) =>
        one === null ? [] : namesIn(one.type === "RestElement" ? one.argument : one),
      );
  }
}

function addVariable(
  writer: SymbolWriter,
  id: string,
  owner: string | null,
  declared: Extract<Declared, { type: "Variable" }>,
): void {
  const { init, annotation } = declared;
  if (annotation?.typeAnnotation.type === "TSFunctionType") {
    addCallable(writer, declared, { id, owner, kind: "function" }, annotation.typeAnnotation);
  } else if (annotation?.typeAnnotation.type === "TSTypeLiteral") {
    writer.add(declared, { id, owner, kind: "constant" });
    addTypeMembers(writer, id, annotation.typeAnnotation.members);
  } else if (annotation) {
    const type = writer.typeText(annotation.typeAnnotation);
    writer.add(declared, { id, owner, kind: "constant", type, value: literalText(init) });
  } else addExpression(writer, id, owner, declared, init);
}
