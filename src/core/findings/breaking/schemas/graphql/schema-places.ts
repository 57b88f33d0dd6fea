/** Where the things of a schema stand, and which of them callers were warned about. */

import { type ASTNode, type ConstDirectiveNode, type DefinitionNode, Kind, type NameNode, visit } from "graphql";
import { isTypeDefinition, isTypeExtension, type SchemaPart } from "./schema-parts.ts";

export interface Place {
  path: string;
  /** From 1. */
  line: number;
  isDeprecated: boolean;
}

interface Named extends Pick<ASTNode, "loc"> {
  name?: NameNode;
  directives?: readonly ConstDirectiveNode[];
}

type Note = (path: string, node: Named) => void;

/** By path: `Query`, `Query.user`, `Query.user.id`, `@auth`, `@auth.role`, `Union.Member`. */
export function placesOf(parts: readonly SchemaPart[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { path, definitions } of parts) {
    const note: Note = (name, node) => {
      // A description stands before the name; the name's own line is what people look for.
      const line = (node.name ?? node).loc?.startToken.line;
      if (line !== undefined && !places.has(name)) places.set(name, { path, line, isDeprecated: isDeprecated(node) });
    };
    for (const definition of definitions) notePlaces(definition, note);
  }
  return places;
}

function isDeprecated({ directives }: Named): boolean {
  return directives?.some(({ name }) => name.value === "deprecated") ?? false;
}

function notePlaces(definition: DefinitionNode, note: Note): void {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
    const name = `@${definition.name.value}`;
    note(name, definition);
    for (const argument of definition.arguments ?? []) note(`${name}.${argument.name.value}`, argument);
  } else if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) {
    note("schema", definition);
  } else if (isTypeDefinition(definition) || isTypeExtension(definition)) {
    const type = definition.name.value;
    note(type, definition);
    for (const member of membersOf(definition)) {
      const name = `${type}.${member.name.value}`;
      note(name, member);
      for (const argument of ("arguments" in member ? member.arguments : undefined) ?? []) {
        note(`${name}.${argument.name.value}`, argument);
      }
    }
  }
}

function membersOf(definition: DefinitionNode) {
  return [
    ...(("fields" in definition ? definition.fields : undefined) ?? []),
    ...(("values" in definition ? definition.values : undefined) ?? []),
    ...(("types" in definition ? definition.types : undefined) ?? []),
  ];
}

/** Of the types that are gone, those that only served what was deprecated: whoever used them was warned. */
export function warnedTypes(parts: readonly SchemaPart[], gone: ReadonlySet<string>): Set<string> {
  const owners = new Map<string, Set<string>>();
  const served = new Set<string>();
  for (const definition of parts.flatMap((part) => part.definitions)) {
    if (!isTypeDefinition(definition) && !isTypeExtension(definition)) continue;
    for (const member of membersOf(definition)) {
      const isServing = "directives" in member && isDeprecated(member);
      for (const type of namedIn(member)) {
        if (isServing) served.add(type);
        else owners.set(type, (owners.get(type) ?? new Set()).add(definition.name.value));
      }
    }
  }
  const warned = new Set([...gone].filter((type) => owners.has(type) || served.has(type)));
  dropUntilStable(warned, (type) => [...(owners.get(type) ?? [])].some((owner) => !warned.has(owner)));
  // Types that only use each other served nothing deprecated.
  const reached = new Set([...warned].filter((type) => served.has(type)));
  const rest = new Set([...warned].filter((type) => !reached.has(type)));
  dropUntilStable(rest, (type) => {
    if ([...(owners.get(type) ?? [])].some((owner) => reached.has(owner))) reached.add(type);
    return reached.has(type);
  });
  return reached;
}

/** Types that a definition or a part of it names. */
export function namedIn(node: ASTNode): string[] {
  const names: string[] = [];
  visit(node, { NamedType: ({ name }) => void names.push(name.value) });
  return names;
}

function dropUntilStable(names: Set<string>, mustGo: (name: string) => boolean): void {
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const name of names) if (mustGo(name)) names.delete(name);
  }
}
