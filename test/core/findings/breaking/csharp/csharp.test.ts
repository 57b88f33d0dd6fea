import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { csharp } from "../../../../../src/core/findings/breaking/csharp/csharp.ts";
import { isCompatibleWritten } from "../../../../../src/core/findings/breaking/object-oriented/written-types.ts";
import { rules } from "../../../../../src/core/findings/index.ts";
import { loadGrammars } from "../../../../../src/core/findings/syntax/read-tree.ts";
import { type Change, findingsOf, type Story } from "../../../../support/changes.ts";

const path = "src/Acme.Text/Parser.cs";
const project = "src/Acme.Text/Acme.Text.csproj";
const published = '<Project Sdk="Microsoft.NET.Sdk">\n<PackageId>Acme.Text</PackageId>\n</Project>\n';

/** What the comparison of interfaces says; other detectors look at the same lines. */
async function told(story: Story): Promise<string[]> {
  const found = await findingsOf("breaking_change", story);
  return found
    .filter(({ rule }) => rules[rule]?.detector === "public_api")
    .map(({ rule, strength }) => `${rule} ${strength}`)
    .sort();
}

function aType(body: string, head = "public class Parser"): string {
  return `using System;\n\nnamespace Acme.Text;\n\n${head}\n{\n${body}\n}\n`;
}

function inLibrary(before: string, after: string): Promise<string[]> {
  return told({ files: { [path]: [before, after] }, around: { [project]: published } });
}

describe("members of a public class", () => {
  it.each([
    ["a method goes", "public void A() {}", "", ["member_removed proven"]],
    ["a method is added", "", "public void A() {}", []],
    ["a method of the assembly goes", "internal void A() {}", "", []],
    ["a private method goes", "void A() {}", "", []],
    ["a method is hidden", "public void A() {}", "internal void A() {}", ["visibility_reduced proven"]],
    ["a method for subclasses goes", "protected void A() {}", "", ["member_removed likely"]],
    [
      "a parameter is added",
      "public void A(int x) {}",
      "public void A(int x, int y) {}",
      ["parameter_required_added proven"],
    ],
    ["a parameter that may be left out is added", "public void A(int x) {}", "public void A(int x, int y = 1) {}", []],
    [
      "a parameter must now be given",
      "public void A(int x = 1) {}",
      "public void A(int x) {}",
      ["parameter_made_required proven"],
    ],
    [
      "a default changes",
      "public void A(int x = 1) {}",
      "public void A(int x = 2) {}",
      ["parameter_default_changed hint"],
    ],
    [
      "a parameter is handed over by reference",
      "public void A(int x) {}",
      "public void A(ref int x) {}",
      ["parameter_type_changed likely"],
    ],
    ["a reference may be null", "public void A(string x) {}", "public void A(string? x) {}", []],
    [
      "a value can no longer be null",
      "public void A(int? x) {}",
      "public void A(int x) {}",
      ["parameter_type_changed likely"],
    ],
    [
      "one of two ways goes",
      "public void A(int x) {}\npublic void A(string x) {}",
      "public void A(int x) {}",
      ["overload_removed proven"],
    ],
    [
      "the result has another type",
      "public int A() => 1;",
      "public Task<int> A() => b;",
      ["result_type_changed likely"],
    ],
    [
      "a method can no longer be overridden",
      "public virtual void A() {}",
      "public void A() {}",
      ["inheritance_closed likely"],
    ],
    ["a method becomes static", "public void A() {}", "public static void A() {}", ["static_changed proven"]],
    ["a property loses its setter", "public int A { get; set; }", "public int A { get; }", ["made_read_only proven"]],
    [
      "a property's setter is hidden",
      "public int A { get; set; }",
      "public int A { get; private set; }",
      ["made_read_only proven"],
    ],
    ["a property is written as an expression", "public int A { get { return 1; } }", "public int A => 1;", []],
    [
      "a property must be given",
      "public int A { get; set; }",
      "public required int A { get; set; }",
      ["field_made_required likely"],
    ],
    ["a constant has another value", "public const int A = 1;", "public const int A = 2;", ["value_changed hint"]],
    ["an event goes", "public event EventHandler A;", "", ["member_removed proven"]],
    ["an operator goes", "public static Parser operator +(Parser a, Parser b) => a;", "", ["member_removed proven"]],
    ["an overriding method goes", "public override string ToString() => a;", "", []],
    ["the constructor that needs nothing goes", "", "public Parser(int a) {}", ["parameter_required_added proven"]],
    ["an explicit implementation goes", "void IDisposable.Dispose() {}", "", []],
    [
      "a member behind a condition stays",
      "#if NET\npublic void A() {}\n#endif",
      "#if NET\npublic void A() { B(); }\n#endif",
      [],
    ],
    ["a member behind a condition goes", "#if NET\npublic void A() {}\n#endif", "", ["member_removed proven"]],
  ])("%s", async (_name, before, after, expected) => {
    expect(await inLibrary(aType(before), aType(after))).toEqual(expected);
  });
});

describe("types", () => {
  it.each([
    [
      "a class is sealed",
      aType("", "public class Parser"),
      aType("", "public sealed class Parser"),
      ["inheritance_closed likely"],
    ],
    [
      "a class becomes abstract",
      aType("", "public class Parser"),
      aType("", "public abstract class Parser"),
      ["abstract_added likely"],
    ],
    [
      "an abstract class becomes concrete",
      aType("", "public abstract class Parser"),
      aType("", "public class Parser"),
      [],
    ],
    [
      "a class is hidden",
      aType("", "public class Parser"),
      aType("", "internal class Parser"),
      ["visibility_reduced proven"],
    ],
    [
      "a class takes a parameter",
      aType("", "public class Parser"),
      aType("", "public class Parser<T>"),
      ["export_removed proven"],
    ],
    [
      "the generic one of two stays",
      aType("", "public class Parser<T>"),
      `${aType("", "public class Parser<T>")}public class Parser {}\n`,
      [],
    ],
    [
      "an interface asks for something new",
      aType("void A();", "public interface Parser"),
      aType("void A();\nint B { get; }", "public interface Parser"),
      ["abstract_member_added likely"],
    ],
    [
      "an interface provides something new",
      aType("void A();", "public interface Parser"),
      aType("void A();\nvoid B() {}", "public interface Parser"),
      [],
    ],
    [
      "a value of an enumeration goes",
      aType("A, B", "public enum Parser"),
      aType("A", "public enum Parser"),
      ["enum_member_removed proven"],
    ],
    [
      "a value of an enumeration has another number",
      aType("A = 1", "public enum Parser"),
      aType("A = 2", "public enum Parser"),
      ["value_changed hint"],
    ],
    [
      "a struct becomes a class",
      aType("", "public struct Parser"),
      aType("", "public class Parser"),
      ["symbol_kind_changed likely"],
    ],
    [
      "a delegate takes more",
      "public delegate void Parse(int a);\n",
      "public delegate void Parse(int a, int b);\n",
      ["parameter_required_added proven"],
    ],
    [
      "a class of the assembly changes",
      aType("public void A() {}", "internal class Parser"),
      aType("", "internal class Parser"),
      [],
    ],
    ["the namespace is renamed", aType(""), aType("").replace("Acme.Text", "Acme.Words"), ["export_removed proven"]],
    ["the namespace is written with braces", aType(""), "namespace Acme.Text\n{\n  public class Parser {}\n}\n", []],
  ])("%s", async (_name, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });

  it("takes a record for what is made of its parts", async () => {
    expect(await inLibrary("public record Point(int X, int Y);\n", "public record Point(int X);\n")).toEqual([
      "member_removed proven",
      "parameter_removed proven",
    ]);
  });
});

const gone: Change = [aType("public void A() {}"), aType("")];

describe("who can reach what", () => {
  it.each<[string, Story, string[]]>([
    ["a package", { files: { [path]: gone }, around: { [project]: published } }, ["member_removed proven"]],
    [
      "a project without a package",
      { files: { [path]: gone }, around: { [project]: '<Project Sdk="Microsoft.NET.Sdk"/>' } },
      [],
    ],
    [
      "a project that imports what is not at hand",
      { files: { [path]: gone }, around: { [project]: '<Project><Import Project="../a.props"/></Project>' } },
      ["member_removed likely"],
    ],
    [
      "a package of all projects",
      {
        files: { [path]: gone },
        around: { [project]: "<Project/>", "Directory.Build.props": "<PackageTags>a</PackageTags>" },
      },
      ["member_removed proven"],
    ],
    ["a program", { files: { [path]: gone }, around: { [project]: "<OutputType>Exe</OutputType>" } }, []],
    ["a website", { files: { [path]: gone }, around: { [project]: '<Project Sdk="Microsoft.NET.Sdk.Web">' } }, []],
    [
      "a project that is not packed",
      { files: { [path]: gone }, around: { [project]: "<IsPackable>false</IsPackable>" } },
      [],
    ],
    ["internals", { files: { "src/Acme.Text/Internal/Parser.cs": gone }, around: { [project]: published } }, []],
    ["tests", { files: { "test/Acme.Text.Tests/Parser.cs": gone } }, []],
    [
      "a part of a class in another file",
      {
        files: {
          [path]: [
            aType("public void A() {}", "public partial class Parser"),
            aType("", "public partial class Parser"),
          ],
          "src/Acme.Text/Parser.Async.cs": [
            aType("", "partial class Parser"),
            aType("public void A() {}", "partial class Parser"),
          ],
        },
        around: { [project]: published },
      },
      [],
    ],
    [
      "a class that moved to another file",
      {
        files: { [path]: [aType(""), ""], "src/Acme.Text/Reader.cs": ["", aType("")] },
        around: { [project]: published },
      },
      [],
    ],
    [
      "a method that moved up",
      {
        files: { [path]: [aType("public void A() {}"), aType("", "public class Parser : Base")] },
        around: { [project]: published, "src/Acme.Text/Base.cs": aType("public void A() {}", "public class Base") },
      },
      [],
    ],
  ])("%s", async (_name, story, expected) => {
    expect(await told(story)).toEqual(expected);
  });
});

it.each([
  ["string", "string?", "parameter", true],
  ["int", "int?", "parameter", true],
  ["int?", "int", "result", false],
  ["List<string?>", "List<string>", "result", true],
  ["System.Guid", "Guid", "value", true],
  ["List<? extends A>", "List<? super A>", "value", false],
] as const)("%s → %s as a %s is compatible: %s", (from, to, position, isCompatible) => {
  expect(isCompatibleWritten(from, to, position)).toBe(isCompatible);
});

describe("on anything", () => {
  beforeAll(() => loadGrammars(["c_sharp"]));
  const sample =
    "namespace A.B;\n[Obsolete] public partial record class C<T>(int X) : D where T : new() { public int this[int i] => 1; public int P { get; init; } #if X\n public event E F;\n#endif\n}\npublic enum G : byte { H = 1 }\n";
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.nat(sample.length).map((end) => sample.slice(0, end)),
    fc
      .array(
        fc.constantFrom(
          "public ",
          "class A",
          "(",
          ")",
          "{",
          "}",
          ";",
          "<",
          ">",
          "[",
          "]",
          "enum E",
          "#if X\n",
          "#endif\n",
          "record R",
          "\uFEFF",
          "\r\n",
          "int ",
          ",",
          "x",
        ),
      )
      .map((parts) => parts.join("")),
  );

  it("never throws", () => {
    fc.assert(
      fc.property(text, (one) => void csharp.read("src/A.cs", one)),
      { numRuns: 200 },
    );
  });

  it("finds nothing where a class is added", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.length), async (end) => {
        const before = sample.slice(0, end);
        expect(await inLibrary(before, `${before}\nclass QuiteNew {}\n`)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
