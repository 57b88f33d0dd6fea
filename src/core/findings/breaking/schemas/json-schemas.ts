import { defineDetector } from "../../detector.ts";
import { nameOf } from "../../file-role.ts";
import { compareSchemas } from "./document/compare-schemas.ts";
import {
  type DocumentKind,
  type DocumentPair,
  mayBe,
  observeDocument,
  readDocumentPairs,
  toldOnce,
} from "./document/document-files.ts";
import { jsonSchemaRules } from "./document/json-schema-rules.ts";
import type { SchemaDifference } from "./document/schema-difference.ts";
import { pathsToRead } from "./schema-files.ts";

/** @see https://json-schema.org/understanding-json-schema/reference/schema */
const jsonSchema: DocumentKind = {
  name: /schema/i,
  line: /"(additionalProperties|patternProperties|\$defs|definitions)"\s{0,4}:|"\$ref"\s{0,4}:\s{0,4}"#\/(\$defs|definitions)\/|"type"\s{0,4}:\s{0,4}(\[|"(string|number|integer|boolean|object|array|null)")|^\s{0,80}"(properties|enum|required)"\s{0,4}:\s{0,4}[{[]/,
  mark: /\$schema|"properties"|^properties:/m,
  isOne: (value, path) =>
    (typeof value.$schema === "string" && /^https?:\/\/json-schema\.org\//.test(value.$schema)) ||
    (/[.-]schema\.(json|ya?ml)$/i.test(nameOf(path)) &&
      (typeof value.properties === "object" || typeof value.$ref === "string")),
  title: "a JSON Schema",
};

/** Compares JSON Schemas before and after, as those meet them who write the files that are checked (C1). */
export const jsonSchemas = defineDetector({
  id: "json_schemas",
  class: "breaking_change",
  title: "JSON Schemas",
  why: "Files and messages that were valid are refused.",
  rules: jsonSchemaRules,
  contents: (files) => pathsToRead(files.filter((file) => mayBe(jsonSchema, file))),
  detect: ({ files, contents }) => {
    const candidates = files.filter((file) => mayBe(jsonSchema, file));
    const { pairs, removed, notAnalysed } = readDocumentPairs(jsonSchema, candidates, contents);
    const observations = pairs.flatMap((pair) => {
      const comparison = { ...pair, direction: "in", seen: new Set<string>() } as const;
      const roots = [pair.before, pair.after].map(({ value }) => ({ node: value, path: [] }));
      const [base, head] = roots;
      return base && head ? compareSchemas(comparison, base, head).map((found) => observe(pair, found)) : [];
    });
    return { observations: [...toldOnce(observations), ...removed.map(({ basePath }) => gone(basePath))], notAnalysed };
  },
});

const ruleOf: Record<SchemaDifference["kind"], string> = {
  property_removed: "json_schema_property_removed",
  property_required: "json_schema_property_required",
  property_optional: "json_schema_narrowed",
  type_changed: "json_schema_narrowed",
  value_removed: "json_schema_value_removed",
  value_added: "json_schema_narrowed",
  limit_narrowed: "json_schema_narrowed",
  option_removed: "json_schema_narrowed",
  closed: "json_schema_narrowed",
};

function observe(pair: DocumentPair, { kind, strength, name, what, base, head }: SchemaDifference) {
  const subject = name === "" ? "the schema" : `property \`${name}\``;
  const symbol = name === "" ? nameOf(pair.source.file.path) : name;
  return observeDocument(pair, { rule: ruleOf[kind], strength, what: `${subject} ${what}`, symbol, base, head });
}

function gone(path: string) {
  const what = `JSON Schema \`${nameOf(path)}\` was removed`;
  return { rule: "json_schema_removed", strength: "hint", what, path, side: "base", symbol: nameOf(path) } as const;
}
