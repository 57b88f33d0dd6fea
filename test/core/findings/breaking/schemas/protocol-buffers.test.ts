import fc from "fast-check";
import { expect, it } from "vitest";
import { protocolBuffers } from "../../../../../src/core/findings/breaking/schemas/protocol-buffers.ts";
import { type Change, classifyStory, findingsOf, rulesFrom } from "../../../../support/changes.ts";

const proto = (body: string, scope = "shop.v1") => `syntax = "proto3";\npackage ${scope};\n\n${body}\n`;
const order = (body: string) => proto(`message Order {\n${body}\n}`);

it.each([
  {
    name: "a field is gone",
    before: order("string id = 1; string note = 2;"),
    after: order("string id = 1;"),
    rules: ["proto_field_removed proven"],
  },
  {
    name: "a field is gone, number and name reserved",
    before: order("string id = 1; string note = 2;"),
    after: order('reserved 2; reserved "note"; string id = 1;'),
    rules: ["proto_field_removed likely"],
  },
  {
    name: "a field is gone, only the number reserved",
    before: order("string note = 2;"),
    after: order("reserved 2;"),
    rules: ["proto_field_removed proven"],
  },
  {
    name: "a field is gone, its number in a reserved range",
    before: order("string note = 2;"),
    after: order('reserved 1 to 5; reserved "note";'),
    rules: ["proto_field_removed likely"],
  },
  {
    name: "a field is added",
    before: order("string id = 1;"),
    after: order("string id = 1; string note = 2;"),
    rules: [],
  },
  {
    name: "fields change places",
    before: order("string a = 1; string b = 2;"),
    after: order("string b = 2; string a = 1;"),
    rules: [],
  },
  { name: "a comment changes", before: order("string a = 1;"), after: order("// first\nstring a = 1;"), rules: [] },
  {
    name: "a field gets another number",
    before: order("string a = 1;"),
    after: order("string a = 3;"),
    rules: ["proto_field_number_changed proven"],
  },
  {
    name: "two fields swap numbers",
    before: order("string a = 1; string b = 2;"),
    after: order("string a = 2; string b = 1;"),
    rules: ["proto_field_number_changed proven", "proto_field_number_changed proven"],
  },
  {
    name: "a number goes to a field of another type",
    before: order("string a = 1;"),
    after: order("int32 b = 1;"),
    rules: ["proto_field_number_changed proven"],
  },
  {
    name: "a field is renamed",
    before: order("string a = 1;"),
    after: order("string b = 1;"),
    rules: ["proto_field_renamed likely"],
  },
  {
    name: "the JSON name changes",
    before: order("string a = 1;"),
    after: order('string a = 1 [json_name = "z"];'),
    rules: ["proto_field_renamed likely"],
  },
  {
    name: "the JSON name is written out",
    before: order("string order_id = 1;"),
    after: order('string order_id = 1 [json_name = "orderId"];'),
    rules: [],
  },
  {
    name: "the type changes",
    before: order("int32 a = 1;"),
    after: order("string a = 1;"),
    rules: ["proto_field_type_changed proven"],
  },
  {
    name: "the type changes within the wire group",
    before: order("int32 a = 1;"),
    after: order("int64 a = 1;"),
    rules: ["proto_field_type_changed likely"],
  },
  {
    name: "plain and zigzag integers are swapped",
    before: order("int32 a = 1;"),
    after: order("sint32 a = 1;"),
    rules: ["proto_field_type_changed proven"],
  },
  {
    name: "a string becomes bytes",
    before: order("string a = 1;"),
    after: order("bytes a = 1;"),
    rules: ["proto_field_type_changed likely"],
  },
  {
    name: "a number becomes an enum",
    before: proto("enum E { Z = 0; } message A { int32 a = 1; }"),
    after: proto("enum E { Z = 0; } message A { E a = 1; }"),
    rules: ["proto_field_type_changed likely"],
  },
  {
    name: "a type is written with its package",
    before: proto("message B {} message A { B a = 1; }"),
    after: proto("message B {} message A { .shop.v1.B a = 1; }"),
    rules: [],
  },
  {
    name: "a field becomes repeated",
    before: order("string a = 1;"),
    after: order("repeated string a = 1;"),
    rules: ["proto_field_label_changed proven"],
  },
  {
    name: "a field becomes a map",
    before: order("repeated Line a = 1;"),
    after: order("map<string, Line> a = 1;"),
    rules: ["proto_field_label_changed proven"],
  },
  {
    name: "a map's key changes",
    before: order("map<int32, Line> a = 1;"),
    after: order("map<string, Line> a = 1;"),
    rules: ["proto_field_type_changed proven"],
  },
  {
    name: "a field becomes optional",
    before: order("string a = 1;"),
    after: order("optional string a = 1;"),
    rules: ["proto_field_label_changed hint"],
  },
  {
    name: "a field joins a oneof with another",
    before: order("string a = 1; oneof k { string b = 2; }"),
    after: order("oneof k { string b = 2; string a = 1; }"),
    rules: ["proto_field_oneof_changed proven"],
  },
  {
    name: "a field is put into a oneof of its own",
    before: order("string a = 1;"),
    after: order("oneof k { string a = 1; }"),
    rules: ["proto_field_oneof_changed likely"],
  },
  {
    name: "a field leaves its oneof",
    before: order("oneof k { string a = 1; string b = 2; }"),
    after: order("oneof k { string b = 2; } string a = 1;"),
    rules: ["proto_field_oneof_changed likely"],
  },
  {
    name: "a required field is added",
    before: 'syntax = "proto2"; message A { optional int32 a = 1; }',
    after: 'syntax = "proto2"; message A { optional int32 a = 1; required int32 b = 2; }',
    rules: ["proto_required_added proven"],
  },
  {
    name: "a field becomes required",
    before: 'syntax = "proto2"; message A { optional int32 a = 1; }',
    after: 'syntax = "proto2"; message A { required int32 a = 1; }',
    rules: ["proto_field_label_changed proven"],
  },
  {
    name: "a number is no longer reserved",
    before: order("reserved 4, 5; string a = 1;"),
    after: order("reserved 5; string a = 1;"),
    rules: ["proto_reserved_removed likely"],
  },
  {
    name: "a reserved number is taken",
    before: order("reserved 4; string a = 1;"),
    after: order("string a = 1; string b = 4;"),
    rules: ["proto_reserved_removed proven"],
  },
  {
    name: "reserved numbers are written as a range",
    before: order("reserved 4, 5, 6;"),
    after: order("reserved 4 to 6;"),
    rules: [],
  },
  {
    name: "an enum value is gone",
    before: proto("enum E { A = 0; B = 1; }"),
    after: proto("enum E { A = 0; }"),
    rules: ["proto_enum_value_removed proven"],
  },
  {
    name: "an enum value is gone and reserved",
    before: proto("enum E { A = 0; B = 1; }"),
    after: proto('enum E { reserved 1; reserved "B"; A = 0; }'),
    rules: ["proto_enum_value_removed likely"],
  },
  {
    name: "an enum value gets another number",
    before: proto("enum E { A = 0; B = 1; }"),
    after: proto("enum E { A = 0; B = 2; }"),
    rules: ["proto_enum_value_changed proven"],
  },
  {
    name: "an enum value is renamed",
    before: proto("enum E { A = 0; B = 1; }"),
    after: proto("enum E { A = 0; C = 1; }"),
    rules: ["proto_enum_value_renamed likely"],
  },
  {
    name: "an enum value is added",
    before: proto("enum E { A = 0; }"),
    after: proto("enum E { A = 0; B = 1; }"),
    rules: [],
  },
  {
    name: "a message is gone",
    before: proto("message A {} message B {}"),
    after: proto("message A {}"),
    rules: ["proto_type_removed proven"],
  },
  {
    name: "a message is gone with what lies in it",
    before: proto("message A {} message B { message C {} }"),
    after: proto("message A {}"),
    rules: ["proto_type_removed proven"],
  },
  {
    name: "an rpc is gone",
    before: proto("service S { rpc Get(A) returns (B); rpc Put(A) returns (B); }"),
    after: proto("service S { rpc Get(A) returns (B); }"),
    rules: ["proto_rpc_removed proven"],
  },
  {
    name: "an rpc takes something else",
    before: proto("service S { rpc Get(A) returns (B); }"),
    after: proto("service S { rpc Get(C) returns (B); }"),
    rules: ["proto_rpc_changed proven"],
  },
  {
    name: "an rpc begins to stream",
    before: proto("service S { rpc Get(A) returns (B); }"),
    after: proto("service S { rpc Get(A) returns (stream B); }"),
    rules: ["proto_rpc_changed proven"],
  },
  {
    name: "an rpc's route moves",
    before: proto('service S { rpc Get(A) returns (B) { option (google.api.http) = { get: "/v1/a" }; } }'),
    after: proto('service S { rpc Get(A) returns (B) { option (google.api.http) = { get: "/v2/a" }; } }'),
    rules: ["proto_rpc_changed likely"],
  },
  {
    name: "a route's parameter is renamed",
    before: proto('service S { rpc Get(A) returns (B) { option (google.api.http) = { get: "/v1/{a}" }; } }'),
    after: proto('service S { rpc Get(A) returns (B) { option (google.api.http) = { get: "/v1/{b}" }; } }'),
    rules: [],
  },
  {
    name: "the package changes",
    before: proto("message A {}"),
    after: proto("message A {}", "store.v1"),
    rules: ["proto_package_changed proven"],
  },
  {
    name: "the Go package changes",
    before: proto('option go_package = "a";'),
    after: proto('option go_package = "b";'),
    rules: ["proto_package_changed likely"],
  },
  {
    name: "a field of an alpha package is gone",
    before: proto("message A { string a = 1; }", "shop.v1alpha1"),
    after: proto("message A {}", "shop.v1alpha1"),
    rules: ["proto_field_removed likely"],
  },
  {
    name: "an extension changes its number",
    before: proto("extend google.protobuf.FieldOptions { string my = 50000; }"),
    after: proto("extend google.protobuf.FieldOptions { string my = 50001; }"),
    rules: ["proto_field_type_changed proven"],
  },
  {
    name: "a file is gone",
    before: proto("message A {} message B {}"),
    after: null,
    rules: ["proto_file_removed proven"],
  },
  { name: "a file is new", before: null, after: proto("message A {}"), rules: [] },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await rulesFrom(protocolBuffers, { files: { "proto/shop.proto": [before, after] } })).toEqual(rules);
});

it("does not call gone what moved to another file of the same package", async () => {
  const files = {
    "proto/a.proto": [proto("message A {} message B {}"), proto("message A {}")],
    "proto/b.proto": [null, proto("message B {}")],
  } satisfies Record<string, Change>;
  expect(await rulesFrom(protocolBuffers, { files })).toEqual([]);
});

it("says that the path of a moved file is gone, as a hint", async () => {
  const same: Change = [proto("message A {}"), proto("message A {}")];
  const files = { "proto/a.proto => proto/shop/a.proto": same };
  expect(await rulesFrom(protocolBuffers, { files })).toEqual(["proto_file_removed hint"]);
});

it("names a renamed message once as gone, and its uses as likely", async () => {
  const before = proto("message Cart {} message A { Cart cart = 1; } service S { rpc Get(A) returns (Cart); }");
  const files = { "shop.proto": [before, before.replaceAll("Cart", "Basket")] } satisfies Record<
    string,
    [string, string]
  >;
  expect(await rulesFrom(protocolBuffers, { files })).toEqual([
    "proto_field_type_changed likely",
    "proto_rpc_changed likely",
    "proto_type_removed proven",
  ]);
});

it.each(["test/shop.proto", "vendor/shop.proto", "examples/shop.proto"])("leaves %s alone", async (path) => {
  const files = { [path]: [order("string a = 1;"), order("")] } as Record<string, Change>;
  expect(await rulesFrom(protocolBuffers, { files })).toEqual([]);
});

it("asks rather than holds where the description is internal", async () => {
  const files = { "internal/shop.proto": [order("string a = 1;"), order("")] } as Record<string, Change>;
  expect((await findingsOf("breaking_change", { files }))[0]).toMatchObject({ strength: "likely", reach: "unknown" });
});

it("asks rather than holds where the file calls itself experimental", async () => {
  const files: Record<string, Change> = { "api/experimental_service.proto": [order("string a = 1;"), order("")] };
  expect(await rulesFrom(protocolBuffers, { files })).toEqual(["proto_field_removed likely"]);
});

it("shows both lines, the symbol and the reach", async () => {
  const before = order("  // kept\n  string id = 1;\n  int32 total = 2;");
  const after = order("  string id = 1;\n  string total = 2;");
  expect(await findingsOf("breaking_change", { files: { "shop.proto": [before, after] } })).toMatchObject([
    {
      rule: "proto_field_type_changed",
      what: "field `Order.total` changed its type from `int32` to `string`",
      path: "shop.proto",
      line: 6,
      side: "head",
      counterLine: 7,
      before: "int32 total = 2;",
      after: "string total = 2;",
      symbol: "Order.total",
      reach: "public",
    },
  ]);
});

it.each([
  { name: "cut off", text: 'syntax = "proto3";\nmessage A {' },
  { name: "another language", text: "{{{{" },
])("names a file that is $name as not analysed", async ({ text }) => {
  const { notAnalysed } = await classifyStory({ files: { "a.proto": [order("string a = 1;"), text] } });
  expect(notAnalysed).toEqual([{ path: "a.proto", why: "it could not be parsed as Protocol Buffers" }]);
});

it("names a file whose text was not read", async () => {
  const { notAnalysed } = await classifyStory({
    files: { "a.proto": [order("string a = 1;"), order("")] },
    isPatchOnly: true,
  });
  expect(notAnalysed.map(({ path }) => path)).toEqual(["a.proto"]);
});

it("reads CRLF and a byte order mark as it reads plain text", async () => {
  const before = order("string a = 1;\nstring b = 2;");
  const after = `\uFEFF${order("string a = 1;").replaceAll("\n", "\r\n")}`;
  expect(await rulesFrom(protocolBuffers, { files: { "a.proto": [before, after] } })).toEqual([
    "proto_field_removed proven",
  ]);
});

it("never throws, and finds nothing between a text and itself", async () => {
  const words = [
    "message",
    "A",
    "{",
    "}",
    "=",
    ";",
    "1",
    "enum",
    '"',
    "reserved",
    "to",
    "oneof",
    "map<",
    "\u0000",
    "/*",
    "rpc",
    "(",
    ")",
    "package",
    ".",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(" "));
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      await classifyStory({ files: { "a.proto": [before, after] } });
      expect(await rulesFrom(protocolBuffers, { files: { "a.proto": [before, before] } })).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
