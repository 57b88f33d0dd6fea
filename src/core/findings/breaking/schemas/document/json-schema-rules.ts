/** The rules about JSON Schemas, as people read them. */

import type { Rule } from "../../../detector.ts";

export const jsonSchemaRules: Record<string, Rule> = {
  json_schema_property_removed: {
    title: "a property is no longer known to a JSON Schema",
    why: "Files that set it are refused, or the setting does nothing any more.",
    fix: "Keep the property, marked as deprecated, until the next major version.",
    looksAt:
      "Proven where `additionalProperties` is false, so that it is refused; likely otherwise. References within the file are followed.",
    example: { language: "json", diff: '-  "cacheDir": { "type": "string" },' },
  },
  json_schema_property_required: {
    title: "a property has to be there",
    why: "Files that leave it out are refused.",
    fix: "Leave it optional and document what holds without it.",
    looksAt: "Likely where the property has a default.",
    example: { language: "json", diff: '-  "required": ["name"]\n+  "required": ["name", "owner"]' },
  },
  json_schema_value_removed: {
    title: "a value is no longer accepted",
    why: "Files that use it are refused.",
    fix: "Keep accepting it, and say that it will go.",
    example: { language: "json", diff: '-  "enum": ["debug", "info"]\n+  "enum": ["info"]' },
  },
  json_schema_narrowed: {
    title: "a JSON Schema accepts less than before",
    why: "Values that were valid are refused.",
    fix: "Accept the old form beside the new one until the next major version.",
    looksAt:
      "Types, limits, patterns, formats, alternatives and whether unknown properties are let in. A limit that is new is likely only, as it may write down what the program refused already; a changed pattern is a hint.",
    example: { language: "json", diff: '-  "maxLength": 200\n+  "maxLength": 100' },
  },
  json_schema_removed: {
    title: "a JSON Schema was removed",
    why: "Editors and checks that load it from its address find nothing.",
    fix: "Leave a schema at the old address.",
  },
};
