import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonSchemas } from "../../../../../src/core/findings/breaking/schemas/json-schemas.ts";
import { type Change, classifyStory, findingsOf, rulesFrom } from "../../../../support/changes.ts";

const schema = (body: object) =>
  JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...body }, null, 2);
const text = { type: "string" };
const number = { type: "number" };

it.each([
  {
    name: "a property of a closed schema is gone",
    before: { properties: { a: text, b: text }, additionalProperties: false },
    after: { properties: { a: text }, additionalProperties: false },
    rules: ["json_schema_property_removed proven"],
  },
  {
    name: "a deprecated property of a closed schema is gone",
    before: { properties: { a: text, b: { ...text, deprecated: true } }, additionalProperties: false },
    after: { properties: { a: text }, additionalProperties: false },
    rules: ["json_schema_property_removed likely"],
  },
  {
    name: "a property of an open schema is gone",
    before: { properties: { a: text, b: text } },
    after: { properties: { a: text } },
    rules: ["json_schema_property_removed likely"],
  },
  {
    name: "a property is gone where patterns let it in",
    before: { properties: { a: text, b: text }, additionalProperties: false },
    after: { properties: { a: text }, patternProperties: { ".": text }, additionalProperties: false },
    rules: [],
  },
  {
    name: "a property is gone that no pattern lets in",
    before: { properties: { a: text, b: text }, patternProperties: { "^x-": {} }, additionalProperties: false },
    after: { properties: { a: text }, patternProperties: { "^x-": {} }, additionalProperties: false },
    rules: ["json_schema_property_removed proven"],
  },
  {
    name: "properties of a pattern change their type",
    before: { patternProperties: { "^x-": text } },
    after: { patternProperties: { "^x-": number } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "listed values become a pattern",
    before: { properties: { a: { type: "string", enum: ["x"] } } },
    after: { properties: { a: { type: "string", pattern: "x|y" } } },
    rules: [],
  },
  {
    name: "a property is added",
    before: { properties: { a: text } },
    after: { properties: { a: text, b: text } },
    rules: [],
  },
  {
    name: "a property becomes required",
    before: { properties: { a: text } },
    after: { properties: { a: text }, required: ["a"] },
    rules: ["json_schema_property_required proven"],
  },
  {
    name: "a required property is added",
    before: { properties: {} },
    after: { properties: { a: text }, required: ["a"] },
    rules: ["json_schema_property_required proven"],
  },
  {
    name: "a property with a default becomes required",
    before: { properties: { a: text } },
    after: { properties: { a: { ...text, default: "x" } }, required: ["a"] },
    rules: ["json_schema_property_required likely"],
  },
  {
    name: "a property is required no more",
    before: { properties: { a: text }, required: ["a"] },
    after: { properties: { a: text } },
    rules: [],
  },
  {
    name: "a type changes",
    before: { properties: { a: text } },
    after: { properties: { a: number } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "a type is widened",
    before: { properties: { a: text } },
    after: { properties: { a: { type: ["string", "number"] } } },
    rules: [],
  },
  {
    name: "one of two types is gone",
    before: { properties: { a: { type: ["string", "number"] } } },
    after: { properties: { a: text } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "null is accepted no more",
    before: { properties: { a: { type: ["string", "null"] } } },
    after: { properties: { a: text } },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "a number must be whole",
    before: { properties: { a: number } },
    after: { properties: { a: { type: "integer" } } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "a whole number may be any",
    before: { properties: { a: { type: "integer" } } },
    after: { properties: { a: number } },
    rules: [],
  },
  {
    name: "anything becomes a text",
    before: { properties: { a: {} } },
    after: { properties: { a: text } },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "null is written as an alternative",
    before: { properties: { a: { type: ["string", "null"] } } },
    after: { properties: { a: { anyOf: [text, { type: "null" }] } } },
    rules: [],
  },
  {
    name: "an enum value is gone",
    before: { properties: { a: { enum: ["x", "y"] } } },
    after: { properties: { a: { enum: ["x"] } } },
    rules: ["json_schema_value_removed proven"],
  },
  {
    name: "an enum value is added",
    before: { properties: { a: { enum: ["x"] } } },
    after: { properties: { a: { enum: ["x", "y"] } } },
    rules: [],
  },
  {
    name: "only listed values are taken now",
    before: { properties: { a: text } },
    after: { properties: { a: { type: "string", enum: ["x"] } } },
    rules: ["json_schema_value_removed likely"],
  },
  {
    name: "a constant changes",
    before: { properties: { a: { const: 1 } } },
    after: { properties: { a: { const: 2 } } },
    rules: ["json_schema_value_removed proven"],
  },
  {
    name: "a minimum goes up",
    before: { properties: { a: { type: "number", minimum: 1 } } },
    after: { properties: { a: { type: "number", minimum: 2 } } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "a minimum goes down",
    before: { properties: { a: { type: "number", minimum: 2 } } },
    after: { properties: { a: { type: "number", minimum: 1 } } },
    rules: [],
  },
  {
    name: "a longest length is set",
    before: { properties: { a: text } },
    after: { properties: { a: { ...text, maxLength: 5 } } },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "a shortest length of nothing is set",
    before: { properties: { a: text } },
    after: { properties: { a: { ...text, minLength: 0 } } },
    rules: [],
  },
  {
    name: "a pattern is added",
    before: { properties: { a: text } },
    after: { properties: { a: { ...text, pattern: "^x" } } },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "a pattern changes",
    before: { properties: { a: { ...text, pattern: "^x" } } },
    after: { properties: { a: { ...text, pattern: "^y" } } },
    rules: ["json_schema_narrowed hint"],
  },
  {
    name: "unknown properties are refused now",
    before: { properties: { a: text } },
    after: { properties: { a: text }, additionalProperties: false },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "an alternative is gone",
    before: { properties: { a: { oneOf: [text, number, { type: "boolean" }] } } },
    after: { properties: { a: { oneOf: [text, number] } } },
    rules: ["json_schema_narrowed likely"],
  },
  {
    name: "a description changes",
    before: { properties: { a: { ...text, description: "one" } } },
    after: { properties: { a: { ...text, description: "two" } } },
    rules: [],
  },
  {
    name: "the values of a list change",
    before: { properties: { a: { type: "array", items: text } } },
    after: { properties: { a: { type: "array", items: number } } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "the values of other properties change",
    before: { additionalProperties: text },
    after: { additionalProperties: number },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "a definition moves",
    before: { properties: { a: { $ref: "#/definitions/A" } }, definitions: { A: { properties: { x: text } } } },
    after: { properties: { a: { $ref: "#/$defs/B" } }, $defs: { B: { properties: { x: text } } } },
    rules: [],
  },
  {
    name: "a definition used twice changes",
    before: { properties: { a: { $ref: "#/$defs/A" }, b: { $ref: "#/$defs/A" } }, $defs: { A: text } },
    after: { properties: { a: { $ref: "#/$defs/A" }, b: { $ref: "#/$defs/A" } }, $defs: { A: number } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "a definition contains itself",
    before: { $ref: "#/$defs/A", $defs: { A: { properties: { a: { $ref: "#/$defs/A" }, b: text } } } },
    after: { $ref: "#/$defs/A", $defs: { A: { properties: { a: { $ref: "#/$defs/A" }, b: number } } } },
    rules: ["json_schema_narrowed proven"],
  },
  {
    name: "parts are joined by allOf",
    before: { properties: { a: text, b: text } },
    after: { allOf: [{ properties: { a: text } }, { properties: { b: text } }] },
    rules: [],
  },
  {
    name: "a part stands in another file",
    before: { properties: { a: { $ref: "other.json" } } },
    after: { properties: { a: text } },
    rules: [],
  },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await rulesFrom(jsonSchemas, { files: { "config.json": [schema(before), schema(after)] } })).toEqual(rules);
});

it.each<{ name: string; files: Record<string, Change>; rules: string[] }>([
  {
    name: "a schema by its name alone",
    files: {
      "app.schema.json": [
        '{"properties": {"a": {}}, "additionalProperties": false}',
        '{"properties": {}, "additionalProperties": false}',
      ],
    },
    rules: ["json_schema_property_removed proven"],
  },
  {
    name: "a schema in YAML",
    files: {
      "app.schema.yaml": [
        "properties:\n  a: &a\n    type: string\n  b: *a\n",
        "properties:\n  a: &a\n    type: number\n  b: *a\n",
      ],
    },
    rules: ["json_schema_narrowed proven", "json_schema_narrowed proven"],
  },
  {
    name: "a schema that is gone",
    files: { "app.schema.json": [schema({ properties: { a: text } }), null] },
    rules: ["json_schema_removed hint"],
  },
  { name: "ordinary data", files: { "data.json": ['{"properties": {"a": 1}}', '{"properties": {}}'] }, rules: [] },
  {
    name: "a setting that names its own schema",
    files: { "app-schema.json": ['{"$schema": "./app.schema.json", "a": 1}', '{"$schema": "./app.schema.json"}'] },
    rules: [],
  },
  {
    name: "a test's schema",
    files: { "test/app.schema.json": [schema({ properties: { a: text } }), schema({ properties: { a: number } })] },
    rules: [],
  },
])("reads $name → $rules", async ({ files, rules }) => {
  expect(await rulesFrom(jsonSchemas, { files })).toEqual(rules);
});

it("shows both lines, the property and the reach", async () => {
  const before = schema({ properties: { server: { properties: { port: { type: "integer" } } } } });
  const after = schema({ title: "new", properties: { server: { properties: { port: text } } } });
  expect(await findingsOf("breaking_change", { files: { "docs/app.schema.json": [before, after] } })).toMatchObject([
    {
      what: "property `server.port` changed its type from `integer` to `string`",
      path: "docs/app.schema.json",
      line: 8,
      counterLine: 7,
      side: "head",
      before: '"type": "integer"',
      after: '"type": "string"',
      symbol: "server.port",
      reach: "public",
    },
  ]);
});

it("shows the line of YAML", async () => {
  const files: Record<string, Change> = {
    "app.schema.yaml": [
      "properties:\n  a:\n    enum:\n      - x\n      - y\n",
      "properties:\n  a:\n    enum:\n      - y\n",
    ],
  };
  expect(await findingsOf("breaking_change", { files })).toMatchObject([
    { what: 'property `a` takes `"x"` no more', line: 4, side: "base", before: "- x", after: null },
  ]);
});

it.each([
  { name: "cut off", after: '{"$schema": "https://json-schema.org/draft-07/schema", "properties": {' },
  { name: "an array now", after: "[]" },
  { name: "nested deeper than anybody writes", after: `{"properties": ${"[".repeat(100_000)}` },
  {
    name: "of aliases that multiply",
    after: `a: &a [x, x]\n${"bcdefghijklmnop".replace(/./g, (name, at: number) => `${name}: &${name} [${`*${"abcdefghijklmno"[at]},`.repeat(9)}]\n`)}`,
  },
])("names a schema that is $name as not analysed", async ({ after }) => {
  const { notAnalysed } = await classifyStory({
    files: { "app.schema.json": [schema({ properties: { a: text } }), after] },
  });
  expect(notAnalysed).toEqual([
    { path: "app.schema.json", why: "it looks like a JSON Schema and could not be parsed, or is too long" },
  ]);
});

it("never throws, and finds nothing between a schema and itself", async () => {
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom("string", "number", "#/a", "#", "#/$defs/b", "x"),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    tree: fc.oneof(
      { depthSize: "small" },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          "type",
          "properties",
          "a",
          "b",
          "items",
          "$ref",
          "$defs",
          "allOf",
          "oneOf",
          "anyOf",
          "enum",
          "required",
          "const",
          "nullable",
          "additionalProperties",
          "minimum",
        ),
        tie("tree"),
        { maxKeys: 5 },
      ),
    ),
  }));
  const file = fc
    .dictionary(fc.constantFrom("properties", "$defs", "type", "allOf", "items", "$ref", "a"), tree)
    .map(schema);
  await fc.assert(
    fc.asyncProperty(file, file, async (before, after) => {
      await classifyStory({ files: { "a.schema.json": [before, after] } });
      expect(await rulesFrom(jsonSchemas, { files: { "a.schema.json": [before, `${before} `] } })).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
