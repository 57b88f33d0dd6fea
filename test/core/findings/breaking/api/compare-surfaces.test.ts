import { describe, expect, it } from "vitest";
import {
  type ApiSignature,
  type ApiSurface,
  aSymbol,
} from "../../../../../src/core/findings/breaking/api/api-surface.ts";
import { compareSurfaces } from "../../../../../src/core/findings/breaking/api/compare-surfaces.ts";

type Symbols = (Pick<Parameters<typeof aSymbol>[0], "id" | "kind"> & Partial<Parameters<typeof aSymbol>[0]>)[];

const surface = (symbols: Symbols, more: Partial<ApiSurface> = {}): ApiSurface => ({
  symbols: new Map(symbols.map((one) => [one.id, aSymbol({ line: 1, text: one.id, path: "a", ...one })])),
  hidden: new Set(),
  isWhole: true,
  ...more,
});

const parameter = (name: string, more: Partial<ApiSignature["parameters"][number]> = {}) => ({
  name,
  isOptional: false,
  passing: "either" as const,
  type: null,
  default: null,
  ...more,
});
const called = (...parameters: ApiSignature["parameters"][number][]) => [{ parameters, result: null }];
const f = (...parameters: ApiSignature["parameters"][number][]): Symbols => [
  { id: "f", kind: "function", signatures: called(...parameters) },
];

const named = { hasNamedArguments: true };
const placed = { hasNamedArguments: false };
const rules = (
  base: ApiSurface,
  head: ApiSurface,
  language: { hasNamedArguments: boolean } = placed,
  texts: string[] = [],
) => compareSurfaces(base, head, language, texts).map(({ rule, strength }) => `${rule} ${strength}`);

describe("what is gone", () => {
  const both: Symbols = [
    { id: "A", kind: "class" },
    { id: "A.m", kind: "method", owner: "A" },
  ];
  it.each([
    { name: "a class with its members is told once", base: both, head: [], found: ["export_removed proven"] },
    { name: "a member", base: both, head: both.slice(0, 1), found: ["member_removed proven"] },
    {
      name: "a member that a base in sight has",
      base: both,
      head: [
        { id: "A", kind: "class", bases: ["B"] },
        { id: "B", kind: "class" },
        { id: "B.m", kind: "method", owner: "B" },
      ],
      found: [],
    },
    {
      name: "a member that a new base out of sight may have",
      base: both,
      head: [{ id: "A", kind: "class", bases: ["B"] }],
      found: ["member_removed hint"],
    },
    {
      name: "a thing nobody can name",
      base: [
        { id: "A", kind: "interface", isNameless: true },
        { id: "A.m", kind: "field", owner: "A" },
      ],
      head: [],
      found: [],
    },
    {
      name: "a member of a thing nobody can name",
      base: [
        { id: "A", kind: "interface", isNameless: true },
        { id: "A.m", kind: "field", owner: "A" },
      ],
      head: [{ id: "A", kind: "interface", isNameless: true }],
      found: ["member_removed proven"],
    },
    {
      name: "a name, though the thing is still there",
      base: [{ id: "A", kind: "interface" }],
      head: [{ id: "A", kind: "interface", isNameless: true }],
      found: ["export_removed proven"],
    },
    {
      name: "an enumeration's member",
      base: [
        { id: "E", kind: "enum" },
        { id: "E.a", kind: "enum_member", owner: "E" },
      ],
      head: [{ id: "E", kind: "enum" }],
      found: ["enum_member_removed proven"],
    },
    {
      name: "the kind, with its members",
      base: both,
      head: [{ id: "A", kind: "function" }],
      found: ["symbol_kind_changed likely"],
    },
  ] as { name: string; base: Symbols; head: Symbols; found: string[] }[])("$name → $found", ({ base, head, found }) => {
    expect(rules(surface(base), surface(head))).toEqual(found);
  });

  it("is hidden rather than gone where it still stands", () => {
    expect(rules(surface(both), surface(both.slice(0, 1), { hidden: new Set(["A.m"]) }))).toEqual([
      "visibility_reduced proven",
    ]);
  });

  it("is not told where a text that was not understood still names it", () => {
    const head = surface([], { isWhole: false });
    expect(rules(surface(f()), head, placed, ["f("])).toEqual([]);
    expect(rules(surface(f()), head, placed, ["g("])).toEqual(["export_removed proven"]);
  });
});

describe("calls", () => {
  it.each([
    { name: "one more must be given", base: f(), head: f(parameter("a")), found: ["parameter_required_added proven"] },
    { name: "one more may be given", base: f(), head: f(parameter("a", { isOptional: true })), found: [] },
    { name: "any number may be given", base: f(), head: f(parameter("a", { passing: "rest" })), found: [] },
    { name: "one less", base: f(parameter("a")), head: f(), found: ["parameter_removed proven"] },
    {
      name: "one is taken by the rest",
      base: f(parameter("a")),
      head: f(parameter("all", { passing: "rest" })),
      found: [],
    },
    {
      name: "two change places",
      base: f(parameter("a"), parameter("b")),
      head: f(parameter("b"), parameter("a")),
      found: ["parameter_reordered proven"],
    },
    { name: "one is renamed, given by place", base: f(parameter("a")), head: f(parameter("b")), found: [] },
    {
      name: "one must be given now",
      base: f(parameter("a", { isOptional: true })),
      head: f(parameter("a")),
      found: ["parameter_made_required proven"],
    },
    {
      name: "another default",
      base: f(parameter("a", { isOptional: true, default: "1" })),
      head: f(parameter("a", { isOptional: true, default: "2" })),
      found: ["parameter_default_changed hint"],
    },
  ])("$name → $found", ({ base, head, found }) => {
    expect(rules(surface(base), surface(head))).toEqual(found);
  });

  it("by name break when the name changes", () => {
    const left = (name: string) => surface(f(parameter(name, { isOptional: true, passing: "either" })));
    expect(rules(left("a"), left("b"), named)).toEqual(["parameter_renamed proven"]);
    const given = (name: string) => surface(f(parameter(name, { passing: "either" })));
    expect(rules(given("a"), given("b"), named)).toEqual(["parameter_renamed likely"]);
  });

  it("fit when any way to call fits", () => {
    const ways = (...all: ApiSignature[][]): Symbols => [{ id: "f", kind: "function", signatures: all.flat() }];
    const [one, two] = [called(parameter("a")), called(parameter("a"), parameter("b"))];
    expect(rules(surface(ways(one)), surface(ways(two, one)))).toEqual([]);
    expect(rules(surface(ways(one, two)), surface(ways(one)))).toEqual(["overload_removed proven"]);
  });

  it("are compared with the way that takes as many", () => {
    const ways = (type: string): Symbols => [
      {
        id: "f",
        kind: "function",
        signatures: [
          ...called(parameter("a", { type })),
          ...called(parameter("a", { type }), parameter("b", { type }), parameter("c", { type })),
        ],
      },
    ];
    const found = rules(surface(ways("H<R>")), surface(ways("H<R2>")));
    expect(new Set(found)).toEqual(new Set(["parameter_type_changed likely"]));
  });
});
