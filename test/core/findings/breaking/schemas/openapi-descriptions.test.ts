import fc from "fast-check";
import { expect, it } from "vitest";
import { openapiDescriptions } from "../../../../../src/core/findings/breaking/schemas/openapi-descriptions.ts";
import { type Change, classifyStory, findingsOf, rulesFrom } from "../../../../support/changes.ts";

const api = (paths: object, more: object = {}) =>
  JSON.stringify({ openapi: "3.0.3", info: { title: "Shop", version: "1" }, paths, ...more }, null, 2);
const orders = (operation: object, more: object = {}) => api({ "/orders": { get: operation } }, more);
const ok = { responses: { 200: { description: "fine" } } };
const query = (parameter: object) =>
  orders({ parameters: [{ name: "q", in: "query", schema: { type: "string" }, ...parameter }], ...ok });
const sent = (schema: object, more: object = {}) =>
  orders({ requestBody: { content: { "application/json": { schema } }, ...more }, ...ok });
const answered = (schema: object) => orders({ responses: { 200: { content: { "application/json": { schema } } } } });
const text = { type: "string" };
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });

it.each([
  {
    name: "an operation is gone",
    before: api({ "/a": { get: ok, post: ok } }),
    after: api({ "/a": { get: ok } }),
    rules: ["openapi_operation_removed proven"],
  },
  {
    name: "a deprecated operation is gone",
    before: api({ "/a": { get: ok, post: { ...ok, deprecated: true } } }),
    after: api({ "/a": { get: ok } }),
    rules: ["openapi_operation_removed likely"],
  },
  {
    name: "an operation of a beta is gone",
    before: api({ "/v1beta/a": { get: ok } }),
    after: api({}),
    rules: ["openapi_operation_removed likely"],
  },
  {
    name: "an operation is added",
    before: api({ "/a": { get: ok } }),
    after: api({ "/a": { get: ok, post: ok } }),
    rules: [],
  },
  {
    name: "a parameter of a path is renamed",
    before: api({ "/a/{id}": { get: ok } }),
    after: api({ "/a/{key}": { get: ok } }),
    rules: [],
  },
  {
    name: "a parameter of a path is written otherwise",
    before: api({ "/a/:id/b": { get: ok } }),
    after: api({ "/a/{id}/b": { get: ok } }),
    rules: [],
  },
  {
    name: "a verb at the end of a path is gone",
    before: api({ "/a:lift": { post: ok } }),
    after: api({ "/a": { post: ok } }),
    rules: ["openapi_operation_removed proven"],
  },
  {
    name: "a path moves to another file",
    before: api({ "/a": { get: ok } }),
    after: api({ "/a": { $ref: "a.yaml" } }),
    rules: [],
  },
  {
    name: "a required parameter is added",
    before: orders(ok),
    after: query({ required: true }),
    rules: ["openapi_parameter_required proven"],
  },
  { name: "an optional parameter is added", before: orders(ok), after: query({}), rules: [] },
  {
    name: "a parameter becomes required",
    before: query({}),
    after: query({ required: true }),
    rules: ["openapi_parameter_required proven"],
  },
  { name: "a parameter is gone", before: query({}), after: orders(ok), rules: ["openapi_parameter_removed likely"] },
  {
    name: "a parameter moves to a header",
    before: query({}),
    after: query({ in: "header" }),
    rules: ["openapi_parameter_removed proven"],
  },
  {
    name: "a parameter takes another type",
    before: query({}),
    after: query({ schema: { type: "integer" } }),
    rules: ["openapi_parameter_narrowed proven"],
  },
  {
    name: "a parameter takes a value less",
    before: query({ schema: { ...text, enum: ["a", "b"] } }),
    after: query({ schema: { ...text, enum: ["a"] } }),
    rules: ["openapi_parameter_narrowed proven"],
  },
  {
    name: "a parameter takes a value more",
    before: query({ schema: { ...text, enum: ["a"] } }),
    after: query({ schema: { ...text, enum: ["a", "b"] } }),
    rules: [],
  },
  {
    name: "a parameter gets a limit",
    before: query({}),
    after: query({ schema: { ...text, maxLength: 9 } }),
    rules: ["openapi_parameter_narrowed likely"],
  },
  {
    name: "a body becomes required",
    before: sent(text),
    after: sent(text, { required: true }),
    rules: ["openapi_request_required proven"],
  },
  {
    name: "a required body is added",
    before: orders(ok),
    after: sent(text, { required: true }),
    rules: ["openapi_request_required proven"],
  },
  {
    name: "a sent property becomes required",
    before: sent(object({ a: text })),
    after: sent(object({ a: text }, ["a"])),
    rules: ["openapi_request_required proven"],
  },
  {
    name: "a sent property that is only read becomes required",
    before: sent(object({ a: { ...text, readOnly: true } })),
    after: sent(object({ a: { ...text, readOnly: true } }, ["a"])),
    rules: [],
  },
  {
    name: "a sent property is gone",
    before: sent(object({ a: text, b: text })),
    after: sent(object({ a: text })),
    rules: ["openapi_request_narrowed likely"],
  },
  {
    name: "a sent property changes its type",
    before: sent(object({ a: text })),
    after: sent(object({ a: { type: "integer" } })),
    rules: ["openapi_request_narrowed proven"],
  },
  {
    name: "a sent property may be null no more",
    before: sent(object({ a: { ...text, nullable: true } })),
    after: sent(object({ a: text })),
    rules: ["openapi_request_narrowed likely"],
  },
  {
    name: "a required property of an answer is gone",
    before: answered(object({ a: text, b: text }, ["b"])),
    after: answered(object({ a: text })),
    rules: ["openapi_response_property_removed proven"],
  },
  {
    name: "an optional property of an answer is gone",
    before: answered(object({ a: text, b: text })),
    after: answered(object({ a: text })),
    rules: ["openapi_response_property_removed likely"],
  },
  {
    name: "a property of an answer may be missing",
    before: answered(object({ a: text }, ["a"])),
    after: answered(object({ a: text })),
    rules: ["openapi_response_property_removed likely"],
  },
  {
    name: "a property of an answer is added",
    before: answered(object({ a: text })),
    after: answered(object({ a: text, b: text }, ["a", "b"])),
    rules: [],
  },
  {
    name: "an answer changes its type",
    before: answered(text),
    after: answered({ type: "integer" }),
    rules: ["openapi_response_changed proven"],
  },
  {
    name: "an answer may be null",
    before: answered(text),
    after: answered({ ...text, nullable: true }),
    rules: ["openapi_response_changed likely"],
  },
  {
    name: "an answer changes its format",
    before: answered({ type: "integer", format: "int32" }),
    after: answered({ type: "integer", format: "int64" }),
    rules: ["openapi_response_changed likely"],
  },
  {
    name: "an answer may hold another value",
    before: answered({ ...text, enum: ["a"] }),
    after: answered({ ...text, enum: ["a", "b"] }),
    rules: ["openapi_response_value_added hint"],
  },
  {
    name: "an answer holds fewer values",
    before: answered({ ...text, enum: ["a", "b"] }),
    after: answered({ ...text, enum: ["a"] }),
    rules: [],
  },
  {
    name: "a success is gone",
    before: orders({ responses: { 200: {}, 201: {} } }),
    after: orders({ responses: { 200: {} } }),
    rules: ["openapi_response_removed likely"],
  },
  {
    name: "a failure is gone",
    before: orders({ responses: { 200: {}, 404: {} } }),
    after: orders({ responses: { 200: {} } }),
    rules: [],
  },
  {
    name: "a media type is gone",
    before: orders({ responses: { 200: { content: { "application/json": {}, "text/csv": {} } } } }),
    after: orders({ responses: { 200: { content: { "application/json": {} } } } }),
    rules: ["openapi_media_type_removed proven"],
  },
  {
    name: "a media type gets a parameter",
    before: orders({ responses: { 200: { content: { "application/json": {} } } } }),
    after: orders({ responses: { 200: { content: { "application/json; charset=utf-8": {} } } } }),
    rules: [],
  },
  {
    name: "an open operation is protected",
    before: orders({ ...ok, security: [] }),
    after: orders({ ...ok, security: [{ key: [] }] }),
    rules: ["openapi_security_added proven"],
  },
  {
    name: "the whole API is protected where nothing was said",
    before: orders(ok),
    after: orders(ok, { security: [{ key: [] }] }),
    rules: ["openapi_security_added likely"],
  },
  {
    name: "another way to prove who one is",
    before: orders({ ...ok, security: [{ key: [] }] }),
    after: orders({ ...ok, security: [{ token: [] }] }),
    rules: ["openapi_security_added likely"],
  },
  {
    name: "a second way to prove who one is",
    before: orders({ ...ok, security: [{ key: [] }] }),
    after: orders({ ...ok, security: [{ key: [] }, { token: [] }] }),
    rules: [],
  },
  {
    name: "a summary changes",
    before: orders({ ...ok, summary: "one" }),
    after: orders({ ...ok, summary: "two" }),
    rules: [],
  },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await rulesFrom(openapiDescriptions, { files: { "openapi.json": [before, after] } })).toEqual(rules);
});

const swagger = (operation: string) => `swagger: "2.0"\npaths:\n  /orders:\n    post:\n${operation}`;

it.each<{ name: string; files: Record<string, Change>; rules: string[] }>([
  {
    name: "Swagger 2 in YAML",
    files: {
      "docs/swagger.yaml": [
        swagger(
          "      parameters:\n        - {name: q, in: query, type: string}\n        - {name: b, in: body, schema: {type: object}}\n      responses: {200: {schema: {type: string}}}\n",
        ),
        swagger(
          "      parameters:\n        - {name: q, in: query, type: integer}\n        - {name: b, in: body, required: true, schema: {type: object}}\n      responses: {200: {schema: {type: array}}}\n",
        ),
      ],
    },
    rules: ["openapi_parameter_narrowed proven", "openapi_request_required proven", "openapi_response_changed proven"],
  },
  {
    name: "a schema that two operations share, told once",
    files: {
      "openapi.json": ["string", "integer"].map((type) =>
        api(
          { "/a": { get: ref("A") }, "/b": { get: ref("A") } },
          { components: { schemas: { A: object({ id: { type } }) } } },
        ),
      ) as [string, string],
    },
    rules: ["openapi_response_changed proven"],
  },
  {
    name: "copies of one description, told once",
    files: {
      "openapi.json": [api({ "/a": { get: ok } }), api({})],
      "sdk/openapi.json": [api({ "/a": { get: ok } }), api({})],
    },
    rules: ["openapi_operation_removed proven"],
  },
  {
    name: "a description that is gone",
    files: { "openapi.json": [api({ "/a": { get: ok } }), null] },
    rules: ["openapi_operation_removed likely"],
  },
  {
    name: "a description by its lines alone",
    files: { "api/shop.json": [api({ "/a": { get: ok }, "/b": { get: ok } }), api({ "/a": { get: ok } })] },
    rules: ["openapi_operation_removed proven"],
  },
  { name: "other YAML", files: { "openapi-generator.yaml": ["a: 1\n", "b: 1\n"] }, rules: [] },
  {
    name: "a specification",
    files: { "spec/openapi-spec.json": [api({ "/a": { get: ok } }), api({})] },
    rules: ["openapi_operation_removed proven"],
  },
  { name: "an example", files: { "examples/openapi.json": [api({ "/a": { get: ok } }), api({})] }, rules: [] },
])("reads $name → $rules", async ({ files, rules }) => {
  expect(await rulesFrom(openapiDescriptions, { files })).toEqual(rules);
});

function ref(name: string): object {
  return {
    responses: { 200: { content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } } },
  };
}

it("names the operation it moved to, by its id", async () => {
  const files: Record<string, Change> = {
    "openapi.json": [
      api({ "/a": { get: { ...ok, operationId: "listA" } } }),
      api({ "/b": { get: { ...ok, operationId: "listA" } } }),
    ],
  };
  const [finding] = await findingsOf("breaking_change", { files });
  expect(finding).toMatchObject({ what: "operation `GET /a` moved to `GET /b`", symbol: "GET /a", side: "head" });
});

it("shows both lines, the operation and the reach", async () => {
  const before =
    "openapi: 3.1.0\npaths:\n  /users:\n    get:\n      parameters:\n        - name: q\n          in: query\n          schema:\n            type: string\n";
  const after = before.replace("paths:", "info: {}\npaths:").replace("type: string", "type: integer");
  expect(await findingsOf("breaking_change", { files: { "openapi.yaml": [before, after] } })).toMatchObject([
    {
      what: "`GET /users`: query parameter `q` changed its type from `string` to `integer`",
      path: "openapi.yaml",
      line: 10,
      counterLine: 9,
      side: "head",
      before: "type: string",
      after: "type: integer",
      symbol: "GET /users",
      reach: "public",
    },
  ]);
});

it.each(["openapi: 3.0.0\npaths: {{ .Paths }}\n{{ end }}", '{"openapi": "3.0.0", "paths": ', "openapi: [", "\u0000"])(
  "names a description that cannot be parsed: %j",
  async (after) => {
    const { notAnalysed } = await classifyStory({ files: { "openapi.json": [api({ "/a": { get: ok } }), after] } });
    expect(notAnalysed).toEqual([
      { path: "openapi.json", why: "it looks like an OpenAPI description and could not be parsed, or is too long" },
    ]);
  },
);

it("never throws, and finds nothing between a description and itself", async () => {
  const words = [
    "get",
    "post",
    "/a",
    "/b",
    "parameters",
    "responses",
    "200",
    "content",
    "application/json",
    "schema",
    "$ref",
    "properties",
    "requestBody",
    "security",
    "name",
    "in",
    "required",
    "type",
  ];
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom("string", "query", "body", "#/paths/~1a", "#", "x", "path"),
      fc.boolean(),
      fc.constant(null),
    ),
    tree: fc.oneof(
      { depthSize: "medium" },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words), tie("tree"), { maxKeys: 5 }),
    ),
  }));
  const file = fc.dictionary(fc.constantFrom("/a", "/b", "x"), tree).map((paths) => api(paths));
  await fc.assert(
    fc.asyncProperty(file, file, async (before, after) => {
      await classifyStory({ files: { "openapi.json": [before, after] } });
      expect(await rulesFrom(openapiDescriptions, { files: { "openapi.json": [before, `${before} `] } })).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
