import fc from "fast-check";
import { expect, it } from "vitest";
import { graphqlSchemas } from "../../../../../src/core/findings/breaking/schemas/graphql-schemas.ts";
import { type Change, classifyStory, findingsOf, rulesFrom } from "../../../../support/changes.ts";

const query = (field: string, more = "") => `type Query {\n  ${field}\n}\n${more}\n`;

it.each([
  {
    name: "a field is gone",
    before: query("a: Int\n  b: Int"),
    after: query("a: Int"),
    rules: ["graphql_field_removed proven"],
  },
  {
    name: "a deprecated field is gone",
    before: query("a: Int\n  b: Int @deprecated"),
    after: query("a: Int"),
    rules: ["graphql_field_removed likely"],
  },
  { name: "a field is added", before: query("a: Int"), after: query("a: Int\n  b: Int"), rules: [] },
  {
    name: "a field returns another type",
    before: query("a: Int"),
    after: query("a: String"),
    rules: ["graphql_field_type_changed proven"],
  },
  {
    name: "a field may be null now",
    before: query("a: Int!"),
    after: query("a: Int"),
    rules: ["graphql_field_type_changed likely"],
  },
  { name: "a field is never null now", before: query("a: Int"), after: query("a: Int!"), rules: [] },
  {
    name: "an argument is gone",
    before: query("a(b: Int): Int"),
    after: query("a: Int"),
    rules: ["graphql_field_removed proven"],
  },
  {
    name: "a deprecated argument is gone",
    before: query("a(b: Int @deprecated, c: Int): Int"),
    after: query("a(c: Int): Int"),
    rules: ["graphql_field_removed likely"],
  },
  {
    name: "a required argument is added",
    before: query("a: Int"),
    after: query("a(b: Int!): Int"),
    rules: ["graphql_input_narrowed proven"],
  },
  {
    name: "a required argument with a default is added",
    before: query("a: Int"),
    after: query("a(b: Int! = 1): Int"),
    rules: [],
  },
  { name: "an optional argument is added", before: query("a: Int"), after: query("a(b: Int): Int"), rules: [] },
  {
    name: "an argument becomes required",
    before: query("a(b: Int): Int"),
    after: query("a(b: Int!): Int"),
    rules: ["graphql_input_narrowed proven"],
  },
  {
    name: "an argument's default changes",
    before: query("a(b: Int = 1): Int"),
    after: query("a(b: Int = 2): Int"),
    rules: ["graphql_default_changed likely"],
  },
  {
    name: "a required input field is added",
    before: query("a: Int", "input I { b: Int }"),
    after: query("a: Int", "input I { b: Int c: Int! }"),
    rules: ["graphql_input_narrowed proven"],
  },
  {
    name: "an enum value is gone",
    before: query("a: E", "enum E { X Y }"),
    after: query("a: E", "enum E { X }"),
    rules: ["graphql_member_removed proven"],
  },
  {
    name: "an enum value is added",
    before: query("a: E", "enum E { X }"),
    after: query("a: E", "enum E { X Y }"),
    rules: ["graphql_value_added hint"],
  },
  {
    name: "a union loses a member",
    before: query("a: U", "type B { b: Int } type C { c: Int } union U = B | C"),
    after: query("a: U", "type B { b: Int } type C { c: Int } union U = B"),
    rules: ["graphql_member_removed proven"],
  },
  {
    name: "a type no longer implements an interface",
    before: query("a: B", "interface N { id: ID } type B implements N { id: ID }"),
    after: query("a: B", "interface N { id: ID } type B { id: ID }"),
    rules: ["graphql_member_removed proven"],
  },
  {
    name: "a type is gone",
    before: query("a: Int", "type B { b: Int }"),
    after: query("a: Int"),
    rules: ["graphql_type_removed proven"],
  },
  {
    name: "a type that served a deprecated field goes with it",
    before: query("a: Int\n  b: B @deprecated", "type B { c: C } type C { b: B }"),
    after: query("a: Int"),
    rules: ["graphql_field_removed likely", "graphql_type_removed likely", "graphql_type_removed likely"],
  },
  {
    name: "types that only serve each other go",
    before: query("a: Int", "type B { c: C } type C { b: B }"),
    after: query("a: Int"),
    rules: ["graphql_type_removed proven", "graphql_type_removed proven"],
  },
  {
    name: "a type becomes another kind",
    before: query("a: B", "type B { b: Int }"),
    after: query("a: B", "scalar B"),
    rules: ["graphql_type_removed proven"],
  },
  {
    name: "a directive for queries is gone",
    before: query("a: Int", "directive @cached(for: Int) on FIELD"),
    after: query("a: Int"),
    rules: ["graphql_directive_changed likely"],
  },
  {
    name: "a directive on the schema is gone",
    before: query("a: Int", "directive @auth on OBJECT"),
    after: query("a: Int"),
    rules: [],
  },
  {
    name: "the use of a directive on the schema is gone",
    before: query("a: Int @auth"),
    after: query("a: Int"),
    rules: [],
  },
  { name: "a description changes", before: query('"one" a: Int'), after: query('"two" a: Int'), rules: [] },
  {
    name: "definitions change places",
    before: query("a: B", "type B { b: Int } enum E { X }"),
    after: `enum E { X }\ntype B { b: Int }\n${query("a: B")}`,
    rules: [],
  },
  {
    name: "an extension of a type elsewhere loses a field",
    before: "extend type Query { a: Int b: User }",
    after: "extend type Query { a: Int }",
    rules: ["graphql_field_removed proven"],
  },
  { name: "a query changes", before: "query Q { a b }", after: "query Q { a }", rules: [] },
  {
    name: "the file is gone",
    before: query("a: Int"),
    after: null,
    rules: ["graphql_type_removed proven", "graphql_type_removed proven"],
  },
  { name: "the file is new", before: null, after: query("a: Int"), rules: [] },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await rulesFrom(graphqlSchemas, { files: { "api/schema.graphql": [before, after] } })).toEqual(rules);
});

it.each<{ name: string; files: Record<string, Change>; rules: string[] }>([
  {
    name: "a type that moved to another file is not gone",
    files: {
      "api/a.graphql": ["type A { a: Int }\ntype B { b: Int }", "type A { a: Int }"],
      "api/b.graphql": ["type C { c: Int }", "type C { c: Int }\ntype B { b: Int }"],
    },
    rules: [],
  },
  {
    name: "a field that moved to another file's extension is not gone",
    files: {
      "api/a.graphqls": ["extend type Query { a: Int b: Int }", "extend type Query { a: Int }"],
      "api/b.graphqls": ["extend type Query { c: Int }", "extend type Query { b: Int c: Int }"],
    },
    rules: [],
  },
  {
    name: "schemas of two services are told apart",
    files: {
      "one/schema.graphql": ["type Query { a: Int b: Int }", "type Query { a: Int }"],
      "two/schema.graphql": ["type Query { c: Int }", "type Query { b: Int c: Int }"],
    },
    rules: ["graphql_field_removed proven"],
  },
  {
    name: "a type that is still used may stand where nobody looked",
    files: { "api/a.graphql": ["type A { b: B }\ntype B { b: Int }", "type A { b: B }"] },
    rules: ["graphql_type_removed likely"],
  },
  {
    name: "tests, examples and vendored schemas are left alone",
    files: {
      "test/schema.graphql": ["type A { a: Int b: Int }", "type A { a: Int }"],
      "examples/schema.graphql": ["type A { a: Int b: Int }", "type A { a: Int }"],
      "vendor/schema.graphql": ["type A { a: Int b: Int }", "type A { a: Int }"],
    },
    rules: [],
  },
  {
    name: "a schema printed by a program is compared",
    files: {
      "schema.graphql": [
        "# Code generated, DO NOT EDIT.\ntype A { a: Int b: Int }",
        "# Code generated, DO NOT EDIT.\ntype A { a: Int }",
      ],
    },
    rules: ["graphql_field_removed proven"],
  },
])("$name", async ({ files, rules }) => {
  expect(await rulesFrom(graphqlSchemas, { files })).toEqual(rules);
});

it("shows both lines, the symbol and the reach", async () => {
  const before = 'type Query {\n  "All of them"\n  orders(first: Int): Int\n}';
  const after = 'type Query {\n  hello: Int\n  "All of them"\n  orders(first: Int!): Int\n}';
  expect(await findingsOf("breaking_change", { files: { "schema.graphql": [before, after] } })).toMatchObject([
    {
      what: "type for argument `first` on field `Query.orders` changed from `Int` to `Int!`",
      path: "schema.graphql",
      line: 4,
      counterLine: 3,
      side: "head",
      before: "orders(first: Int): Int",
      after: "orders(first: Int!): Int",
      symbol: "Query.orders.first",
      reach: "public",
    },
  ]);
});

it.each([
  { name: "cut off", text: "type Query {" },
  { name: "nonsense", text: "\u0000}{" },
  { name: "nested deeper than anybody writes", text: `type Query { a: ${"[".repeat(50_000)}Int` },
])("names a file that is $name as not analysed", async ({ text }) => {
  const { notAnalysed } = await classifyStory({ files: { "a.graphql": ["type Query { a: Int }", text] } });
  expect(notAnalysed).toEqual([{ path: "a.graphql", why: "it could not be parsed as GraphQL" }]);
});

it("never throws, and finds nothing between a text and itself", async () => {
  const words = [
    "type",
    "extend",
    "A",
    "B",
    "{",
    "}",
    "a",
    ":",
    "Int",
    "!",
    "[",
    "]",
    "union",
    "=",
    "|",
    "enum",
    "input",
    "@deprecated",
    "implements",
    "directive",
    "on",
    "FIELD",
    "schema",
    "query",
    '"""',
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(" "));
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      await classifyStory({ files: { "a.graphql": [before, after] } });
      expect(await rulesFrom(graphqlSchemas, { files: { "a.graphql": [before, before] } })).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
