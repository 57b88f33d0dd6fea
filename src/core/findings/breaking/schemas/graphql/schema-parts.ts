/** Schemas as repositories keep them: in one file or spread over many, whole or as extensions of types that stand elsewhere. */

import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from "graphql";

export interface SchemaPart {
  path: string;
  definitions: DefinitionNode[];
}

/** @returns the definitions of a schema, none for a file of queries; `null` for what is not GraphQL */
export function readSchemaPart(path: string, text: string): SchemaPart | null {
  try {
    const source = text.replace(/^\uFEFF/, "");
    // An empty file is a schema without definitions, which the grammar has no word for.
    const { definitions } = source.trim() === "" ? { definitions: [] } : parse(source);
    return { path, definitions: definitions.filter(isOfSchema) };
  } catch {
    return null;
  }
}

function isOfSchema({ kind }: DefinitionNode): boolean {
  return kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION;
}

/** Names that a part defines itself; two parts that share one belong to different schemas. */
export function definedIn({ definitions }: SchemaPart): string[] {
  return definitions.flatMap((definition) => (isTypeExtension(definition) ? [] : (nameOf(definition) ?? [])));
}

function nameOf(definition: DefinitionNode): string | null {
  if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) return "schema";
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return `@${definition.name.value}`;
  return isTypeDefinition(definition) || isTypeExtension(definition) ? definition.name.value : null;
}

/** Leaves out every name whose definitions and extensions read the same on both sides: building large schemas takes long. */
export function changedParts(
  before: readonly SchemaPart[],
  after: readonly SchemaPart[],
): [before: SchemaPart[], after: SchemaPart[]] {
  const [was, is] = [textsByName(before), textsByName(after)];
  const isChanged = (definition: DefinitionNode) => {
    const name = nameOf(definition) ?? "";
    return was.get(name) !== is.get(name);
  };
  const kept = (parts: readonly SchemaPart[]) =>
    parts.map(({ path, definitions }) => ({ path, definitions: definitions.filter(isChanged) }));
  return [kept(before), kept(after)];
}

function textsByName(parts: readonly SchemaPart[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const definition of parts.flatMap((part) => part.definitions)) {
    const name = nameOf(definition) ?? "";
    const { loc } = definition;
    const text = loc ? loc.source.body.slice(loc.start, loc.end) : "";
    texts.set(name, `${texts.get(name) ?? ""}\n${text}`);
  }
  return texts;
}

/**
 * Puts parts together so that they can be built: an extension of a type that stands elsewhere becomes its definition, and a name that is
 * used and defined nowhere becomes a scalar.
 */
export function joinParts(parts: readonly SchemaPart[]): { document: DocumentNode; stubs: Set<string> } {
  const defined = new Set(parts.flatMap(definedIn));
  const definitions = parts.flatMap((part) => part.definitions).map((definition) => asDefinition(definition, defined));
  const stubs = new Set<string>();
  visit(
    { kind: Kind.DOCUMENT, definitions },
    {
      NamedType: ({ name }) => {
        if (!defined.has(name.value) && !builtIn.has(name.value)) stubs.add(name.value);
      },
      Directive: () => false,
    },
  );
  for (const value of stubs) definitions.push({ kind: Kind.SCALAR_TYPE_DEFINITION, name: { kind: Kind.NAME, value } });
  return { document: { kind: Kind.DOCUMENT, definitions }, stubs };
}

function asDefinition(definition: DefinitionNode, defined: Set<string>): DefinitionNode {
  if (!isTypeExtension(definition) || defined.has(definition.name.value)) return definition;
  defined.add(definition.name.value);
  return { ...definition, kind: definitionOf[definition.kind] } as TypeDefinitionNode;
}

const builtIn = new Set(["Int", "Float", "String", "Boolean", "ID"]);

const definitionOf: Record<TypeExtensionNode["kind"], TypeDefinitionNode["kind"]> = {
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
};

export function isTypeExtension(node: DefinitionNode): node is TypeExtensionNode {
  return Object.hasOwn(definitionOf, node.kind);
}

export function isTypeDefinition(node: DefinitionNode): node is TypeDefinitionNode {
  return Object.values<string>(definitionOf).includes(node.kind);
}
