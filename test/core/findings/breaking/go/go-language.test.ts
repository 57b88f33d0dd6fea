import fc from "fast-check";
import { expect, it } from "vitest";
import { classifyStory, rulesOf, type Story } from "../../../../support/changes.ts";
import { apiRulesOf } from "../../../../support/public-api.ts";

const around = { "go.mod": "module example.org/queue\n\ngo 1.24\n" };

const clause = 'package queue\n\nimport (\n\t"context"\n\told "example.org/types"\n)\n\n';

/** Rules met when a file of an importable package changes. */
function judged(before: string, after: string): Promise<string[]> {
  return apiRulesOf({ files: { "queue.go": [clause + before, clause + after] }, around });
}

it.each([
  { name: "a function is gone", before: "func Load() {}\n", after: "", rules: ["export_removed proven"] },
  { name: "a function without a capital is gone", before: "func load() {}\n", after: "", rules: [] },
  {
    name: "a function is now a variable with the same of another package",
    before: "func Load() {}\n",
    after: "var Load = old.Load\n",
    rules: [],
  },
  {
    name: "a type is gone with what belongs to it",
    before: "type A struct{ X int }\n\nfunc (a A) M() {}\n",
    after: "",
    rules: ["export_removed proven"],
  },
  {
    name: "a type is now an alias",
    before: "type A struct{ X int }\n\nfunc (a A) M() {}\n",
    after: "type A = old.A\n",
    rules: [],
  },
  {
    name: "a method is gone",
    before: "type A struct{}\n\nfunc (a *A) M() {}\n",
    after: "type A struct{}\n",
    rules: ["member_removed proven"],
  },
  {
    name: "a method of a hidden type is gone",
    before: "type a struct{}\n\nfunc (a *a) M() {}\n",
    after: "type a struct{}\n",
    rules: [],
  },
  {
    name: "a method may come with what is embedded now",
    before: "type A struct{}\n\nfunc (a *A) M() {}\n",
    after: "type A struct{ old.B }\n",
    rules: ["member_removed hint"],
  },
  {
    name: "a field is gone",
    before: "type A struct {\n\tX, Y int\n}\n",
    after: "type A struct {\n\tX int\n}\n",
    rules: ["member_removed proven"],
  },
  {
    name: "a field has another type",
    before: "type A struct {\n\tX int\n}\n",
    after: "type A struct {\n\tX int64\n}\n",
    rules: ["value_type_changed proven"],
  },
  {
    name: "what is embedded is gone",
    before: "type A struct {\n\t*old.B\n}\n",
    after: "type A struct {\n}\n",
    rules: ["member_removed proven"],
  },
  {
    name: "a tag changes",
    before: 'type A struct {\n\tX int `json:"x"`\n}\n',
    after: 'type A struct {\n\tX int `json:"y"`\n}\n',
    rules: [],
  },
  {
    name: "a constant is gone",
    before: "const (\n\tA = iota\n\tB\n)\n",
    after: "const (\n\tA = iota\n)\n",
    rules: ["export_removed proven"],
  },
  {
    name: "a constant has another value",
    before: "const A = 1\n",
    after: "const A = 2\n",
    rules: ["value_changed hint"],
  },
  {
    name: "a variable has another type",
    before: "var A int = 1\n",
    after: "var A string = s\n",
    rules: ["value_type_changed proven"],
  },
  {
    name: "a struct is now an interface",
    before: "type A struct{}\n",
    after: "type A interface{}\n",
    rules: ["symbol_kind_changed likely"],
  },
  {
    name: "a function type takes more",
    before: "type F func(int)\n",
    after: "type F func(int, int)\n",
    rules: ["value_type_changed proven"],
  },
  {
    name: "what a function declares inside changes",
    before: "func F() {\n\tconst X = 1\n\tvar Y int\n}\n",
    after: "func F() {\n}\n",
    rules: [],
  },
])("$name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

const function_ = (head: string) => `func Load${head} {}\n`;

it.each([
  { name: "takes more", before: "(a int)", after: "(a int, b string)", rules: ["parameter_required_added proven"] },
  {
    name: "takes a context first",
    before: "(a int)",
    after: "(ctx context.Context, a int)",
    rules: ["parameter_required_added proven"],
  },
  { name: "takes any number more", before: "(a int)", after: "(a int, more ...string)", rules: [] },
  { name: "takes less", before: "(a int, b string)", after: "(a int)", rules: ["parameter_removed proven"] },
  { name: "calls a parameter otherwise", before: "(a int, b string)", after: "(x int, b string)", rules: [] },
  { name: "calls parameters by names at last", before: "(int, string)", after: "(a int, b string)", rules: [] },
  { name: "takes another type", before: "(a int)", after: "(a int64)", rules: ["parameter_type_changed proven"] },
  { name: "takes anything", before: "(a int)", after: "(a any)", rules: [] },
  { name: "takes the same under another word", before: "(a interface{})", after: "(a any)", rules: [] },
  {
    name: "takes them in another order",
    before: "(a int, b string)",
    after: "(b string, a int)",
    rules: ["parameter_reordered proven"],
  },
  { name: "takes two alike in another order of names", before: "(a, b int)", after: "(c, d int)", rules: [] },
  { name: "returns something at last", before: "()", after: "() error", rules: [] },
  { name: "returns nothing any more", before: "() error", after: "()", rules: ["result_type_changed proven"] },
  { name: "returns one more", before: "() int", after: "() (int, error)", rules: ["result_type_changed proven"] },
  { name: "calls results otherwise", before: "() (int, error)", after: "() (n int, err error)", rules: [] },
])("a function $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(function_(before), function_(after))).toEqual(rules);
});

it.each([
  { name: "asks for more", before: "\tA()\n", after: "\tA()\n\tB()\n", rules: ["abstract_member_added likely"] },
  {
    name: "asks for more where nobody outside implements it",
    before: "\tA()\n\thidden()\n",
    after: "\tA()\n\tB()\n\thidden()\n",
    rules: [],
  },
  { name: "asks for less", before: "\tA()\n\tB()\n", after: "\tA()\n", rules: ["member_removed likely"] },
  { name: "wants a result", before: "\tA()\n", after: "\tA() error\n", rules: ["result_type_changed proven"] },
  { name: "no longer embeds another", before: "\tA()\n\told.I\n", after: "\tA()\n", rules: ["base_removed likely"] },
])("an interface $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(`type I interface {\n${before}}\n`, `type I interface {\n${after}}\n`)).toEqual(rules);
});

it.each([
  { name: "an alias for the same", before: "var A []string\n", after: "type T = string\n\nvar A []T\n", rules: [] },
  {
    name: "a name for the same function",
    before: "var A func(a int) error\n",
    after: "type F func(int) error\n\nvar A F\n",
    rules: [],
  },
  {
    name: "a type of its own with the same content",
    before: "var A []string\n",
    after: "type T string\n\nvar A []T\n",
    rules: ["value_type_changed proven"],
  },
  {
    name: "a type of another package, which may be an alias",
    before: "var A []string\n",
    after: "var A []old.T\n",
    rules: ["value_type_changed likely"],
  },
  {
    name: "a type of another package, as a pointer",
    before: "func F(a old.T) {}\n",
    after: "func F(a *old.T) {}\n",
    rules: ["parameter_type_changed proven"],
  },
  {
    name: "a function whose parameters have names now",
    before: "type F func(int, string)\n",
    after: "type F func(a int, b string)\n",
    rules: [],
  },
])("a type is written as $name → $rules", async ({ before, after, rules }) => {
  expect(await judged(before, after)).toEqual(rules);
});

const gone: [string, string] = ["package a\n\nfunc A() {}\n\nfunc B() {}\n", "package a\n\nfunc B() {}\n"];

it.each([
  { name: "a package", files: { "a/a.go": gone }, rules: ["export_removed proven"] },
  {
    name: "a file of the package, to another",
    files: { "a/a.go": gone, "a/b.go": [null, "package a\n\nfunc A() {}\n"] },
    rules: [],
  },
  {
    name: "a file, to another with another name for an import",
    files: {
      "a/a.go": ['package a\n\nimport x "example.org/types/v2"\n\nfunc A(v x.T) {}\n', "package a\n"],
      "a/b.go": [null, 'package a\n\nimport y "example.org/types/v3"\n\nfunc A(v y.T) {}\n'],
    },
    rules: [],
  },
  { name: "an internal package", files: { "internal/a/a.go": gone }, rules: [] },
  { name: "a command", files: { "cmd/a/a.go": gone }, rules: [] },
  { name: "a program", files: { "a/a.go": ["package main\n\nfunc A() {}\n", "package main\n"] }, rules: [] },
  { name: "a test", files: { "a/a_test.go": gone }, rules: [] },
  { name: "what new projects start from", files: { "cli/templates/a.go": gone }, rules: [] },
  {
    name: "a package for tests of the package",
    files: { "a/a.go": ["package a_test\n\nfunc A() {}\n", "package a_test\n"] },
    rules: [],
  },
  {
    name: "generated code",
    files: { "a/a.go": gone.map((text) => `// Code generated by stringer. DO NOT EDIT.\n\n${text}`) },
    rules: [],
  },
  { name: "a module of one's own", files: { "a/a.go": gone }, around: { "go.mod": "module service\n" }, rules: [] },
  {
    name: "a package of a program",
    files: { "a/a.go": gone },
    around: { Dockerfile: "FROM scratch\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a package below a program",
    files: { "maker/a/a.go": gone },
    around: { "maker/main.go": "package main\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a package that a program offers",
    files: { "sdk/a/a.go": gone },
    around: { "main.go": "package main\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a package that the commands of a program share",
    files: { "pkg/a/a.go": gone },
    around: { "main.go": "package main\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "an interface of a package of a program",
    files: {
      "a/a.go": [
        "package a\n\ntype A interface {\n\tDo()\n\tUndo()\n}\n",
        "package a\n\ntype A interface {\n\tDo()\n}\n",
      ],
    },
    around: { Dockerfile: "FROM scratch\n" },
    rules: ["member_removed likely"],
  },
  {
    name: "a package of a program whose command lies where it usually does",
    files: { "pkg/a/a.go": gone },
    around: { "go.mod": "module example.org/queue/v2\n", "cmd/queue/main.go": "package main\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a module that asks for what frames a command line",
    files: { "a/a.go": gone },
    around: { "go.mod": "module example.org/queue\n\nrequire (\n\tgithub.com/spf13/cobra v1.10.2\n)\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a module whose dependencies ask for what frames a command line",
    files: { "a/a.go": gone },
    around: { "go.mod": "module example.org/queue\n\nrequire github.com/spf13/cobra v1.10.2 // indirect\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a module that puts others in the place of its dependencies",
    files: { "a/a.go": gone },
    around: { "go.mod": "module example.org/queue\n\nreplace (\n\texample.org/a => example.org/fork/a v1.2.3\n)\n" },
    rules: ["export_removed likely"],
  },
  {
    name: "a module that takes a neighbour from its folder",
    files: { "a/a.go": gone },
    around: { "go.mod": "module example.org/queue\n\nreplace example.org/queue/b => ../b\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a library that releases with notes",
    files: { "a/a.go": gone },
    around: { ".goreleaser.yaml": "builds:\n  - skip: true\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "a module further down",
    files: { "sub/a/a.go": gone },
    around: { "sub/go.mod": "module example.org/queue/sub\n", "main.go": "package main\n" },
    rules: ["export_removed proven"],
  },
  {
    name: "code without a module",
    files: { "a/a.go": gone },
    around: { "go.mod": "" },
    rules: ["export_removed likely"],
  },
] as (Story & { name: string; rules: string[] })[])(
  "a name is gone from $name → $rules",
  async ({ rules, name: _, ...story }) => {
    expect(await apiRulesOf({ ...story, around: { ...around, ...story.around } })).toEqual(rules);
  },
);

it("says what is lost, where, and what to call it", async () => {
  const { classes } = await classifyStory({
    files: { "a/a.go": ["package a\n\nfunc (c *Client[T]) Do(\n\ta int,\n) {}\n", "package a\n"] },
    around,
  });
  expect(classes.breaking_change.findings).toMatchObject([
    {
      what: "method `Client.Do` was removed",
      line: 3,
      side: "base",
      before: "func (c *Client[T]) Do( a int, )",
      symbol: "Client.Do",
    },
  ]);
});

it.each([
  {
    name: "another path",
    before: "module example.org/a\n",
    after: "module example.org/b\n",
    rules: ["module_path_changed proven"],
  },
  {
    name: "another major version",
    before: "module example.org/a\n",
    after: "module example.org/a/v2\n",
    rules: ["module_path_changed proven"],
  },
  { name: "the same path in quotes", before: "module example.org/a\n", after: 'module "example.org/a"\n', rules: [] },
  { name: "a path of its own", before: "module a\n", after: "module b\n", rules: [] },
])("a module goes by $name → $rules", async ({ before, after, rules }) => {
  const found = await rulesOf("breaking_change", { files: { "go.mod": [before, after] } });
  expect(found).toEqual(rules);
});

const declaration = fc.constantFrom(
  "func (t *T[K]) M(a, b int, c ...old.Context) (int, error) { return 1, nil }\n",
  "type I interface {\n\tReader\n\tM(int, ...string) (x int, err error)\n\t~int | string\n}\n",
  'type S struct {\n\tA, b int `json:"a"`\n\t*Embedded\n\tC func(a int) error\n}\n',
  "const (\n\tX = iota\n\tY\n)\n\nvar E, F int = 1, 2\n",
  "type (\n\tP struct{}\n\tQ func(int)\n\tR = S\n)\n",
  "func G[A any, B ~int](f func(A) B, _ map[string]A) {}\n",
);

it("finds nothing where nothing changed but comments, and nothing where something was added", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(declaration, { maxLength: 5 }), async (parts) => {
      const text = parts.join("\n");
      expect(await judged(text, `${text}\n// said\n`)).toEqual([]);
      expect(await judged(text, `${text}\nfunc BrandNew(a int) {}\n`)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

it("never throws on cut-off text and nonsense", async () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .tuple(fc.array(declaration, { maxLength: 5 }), fc.nat(400))
      .map(([parts, end]) => parts.join("\n").slice(0, end)),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      await expect(judged(before, after)).resolves.toBeInstanceOf(Array);
    }),
    { numRuns: 60 },
  );
});
