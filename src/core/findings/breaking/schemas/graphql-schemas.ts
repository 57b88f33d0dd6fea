import { basePath, defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { SchemaChange } from "./graphql/compare-schemas.ts";
import { graphqlRules } from "./graphql/graphql-rules.ts";
import type { SchemaPart } from "./graphql/schema-parts.ts";
import { isOffered, lineText, pathsToRead, readSchemaFiles, type SchemaFile, withReach } from "./schema-files.ts";

/** Compares GraphQL schemas before and after (C1). Files of queries are not schemas and are left alone. */
export const graphqlSchemas = defineDetector({
  id: "graphql_schemas",
  class: "breaking_change",
  title: "GraphQL schemas",
  why: "Queries written for the schema before are refused, or answered with something else.",
  rules: graphqlRules,
  contents: (files) => pathsToRead(files.filter(isGraphql)),
  detect: async ({ files, contents }) => {
    const { read, notAnalysed } = readSchemaFiles(files.filter(isGraphql), contents);
    if (read.length === 0) return { observations: [], notAnalysed };
    const { compareSchemas, definedIn, readSchemaPart } = await import("./graphql/compare-schemas.ts");
    const parts: Parts[] = [];
    for (const source of read) {
      const before = source.before === null ? nothing(source) : readSchemaPart(source.basePath, source.before);
      const after = source.after === null ? nothing(source) : readSchemaPart(source.file.path, source.after);
      if (!before || !after) notAnalysed.push({ path: source.file.path, why: "it could not be parsed as GraphQL" });
      else if (before.definitions.length > 0 || after.definitions.length > 0) parts.push({ source, before, after });
    }
    const observations: Observation[] = [];
    for (const schema of schemasOf(parts, definedIn)) {
      const changes = await compareSchemas(
        schema.map(({ before }) => before),
        schema.map(({ after }) => after),
      );
      if (changes) observations.push(...changes.map((change) => observe(change, schema)));
      else
        for (const { source } of schema)
          notAnalysed.push({ path: source.file.path, why: "no schema could be built from it" });
    }
    return { observations, notAnalysed };
  },
});

interface Parts {
  source: SchemaFile;
  before: SchemaPart;
  after: SchemaPart;
}

function isGraphql(file: ReadFile): boolean {
  return /\.(graphqls?|gql)$/i.test(file.path) && isOffered(file);
}

function nothing({ file }: SchemaFile): SchemaPart {
  return { path: file.path, definitions: [] };
}

/** All changed files are one schema as long as no name is defined twice; else those of one folder are, else each stands alone. */
function schemasOf(parts: Parts[], definedIn: (part: SchemaPart) => string[]): Parts[][] {
  const clashes = (group: readonly Parts[]) =>
    [group.map(({ before }) => before), group.map(({ after }) => after)].some((side) => {
      const names = side.flatMap((part) => [...new Set(definedIn(part))]);
      return new Set(names).size < names.length;
    });
  if (!clashes(parts)) return parts.length > 0 ? [parts] : [];
  const folders = new Map<string, Parts[]>();
  for (const part of parts) {
    const folder = folderOf(part.source.file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), part]);
  }
  return [...folders.values()].flatMap((group) => (clashes(group) ? group.map((part) => [part]) : [group]));
}

function observe({ rule, strength, what, symbol, base, head }: SchemaChange, schema: readonly Parts[]): Observation {
  const first = schema[0]?.source;
  const place = head ?? base;
  const path = place?.path ?? (first ? basePath(first.file) : "");
  const observation: Observation = {
    rule,
    strength,
    what,
    path,
    line: place?.line ?? null,
    side: head ? "head" : "base",
    before: base && shown(schema, base, "before"),
    after: head && shown(schema, head, "after"),
    symbol,
    counterLine: head && base ? base.line : null,
  };
  return withReach(observation, path);
}

function shown(schema: readonly Parts[], at: { path: string; line: number }, side: "before" | "after"): string | null {
  const part = schema.find((one) => one[side].path === at.path);
  const text = part?.source[side];
  return typeof text === "string" ? lineText(text.split("\n"), at.line) : null;
}
