import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { java } from "../../../../../src/core/findings/breaking/java/java.ts";
import { rules } from "../../../../../src/core/findings/index.ts";
import { loadGrammars } from "../../../../../src/core/findings/syntax/read-tree.ts";
import { type Change, findingsOf, type Story } from "../../../../support/changes.ts";

const path = "lib/src/main/java/com/acme/text/Parser.java";
const published = "plugins { id 'java-library'; id 'maven-publish' }\n";

/** What the comparison of interfaces says; other detectors look at the same lines. */
async function told(story: Story): Promise<string[]> {
  const found = await findingsOf("breaking_change", story);
  return found
    .filter(({ rule }) => rules[rule]?.detector === "public_api")
    .map(({ rule, strength }) => `${rule} ${strength}`)
    .sort();
}

function aClass(body: string, head = "public class Parser"): string {
  return `package com.acme.text;\n\nimport java.util.List;\n\n${head} {\n${body}\n}\n`;
}

function inLibrary(before: string, after: string): Promise<string[]> {
  return told({ files: { [path]: [before, after] }, around: { "lib/build.gradle": published } });
}

const made = "  public Parser() {}\n";

describe("members of a public class", () => {
  it.each([
    ["a method goes", "public void a() {}", "", ["member_removed proven"]],
    ["a method is added", "", "public void a() {}", []],
    ["a private method goes", "private void a() {}", "", []],
    ["a method of the package goes", "void a() {}", "", []],
    ["a method is hidden", "public void a() {}", "void a() {}", ["visibility_reduced proven"]],
    [
      "a method is only for subclasses now",
      "public void a() {}",
      "protected void a() {}",
      ["visibility_reduced proven"],
    ],
    ["a method for subclasses goes", "protected void a() {}", "", ["member_removed likely"]],
    [
      "a parameter is added",
      "public void a(int x) {}",
      "public void a(int x, int y) {}",
      ["parameter_required_added proven"],
    ],
    [
      "a parameter is added beside the old way",
      "public void a(int x) {}",
      "public void a(int x) {}\npublic void a(int x, int y) {}",
      [],
    ],
    [
      "one of two ways goes",
      "public void a(int x) {}\npublic void a(String x) {}",
      "public void a(int x) {}",
      ["overload_removed proven"],
    ],
    ["a parameter is renamed", "public void a(int x) {}", "public void a(final int y) {}", []],
    [
      "a parameter has another type",
      "public void a(int x) {}",
      "public void a(String x) {}",
      ["parameter_type_changed likely"],
    ],
    ["a parameter takes any object", "public void a(String x) {}", "public void a(Object x) {}", []],
    ["a list of values becomes open", "public void a(String[] x) {}", "public void a(String... x) {}", []],
    [
      "a type is written with its package",
      "public List<String> a() { return b; }",
      "public java.util.List<String> a() { return b; }",
      [],
    ],
    [
      "the result has another type",
      "public int a() { return 1; }",
      "public String a() { return b; }",
      ["result_type_changed likely"],
    ],
    ["a method becomes static", "public void a() {}", "public static void a() {}", ["static_changed proven"]],
    ["a method becomes final", "public void a() {}", "public final void a() {}", ["inheritance_closed likely"]],
    [
      "a known checked exception is added",
      "public void a() {}",
      "public void a() throws java.io.IOException {}",
      ["checked_exception_added proven"],
    ],
    [
      "an exception of the project's own is added",
      "public void a() {}",
      "public void a() throws ParserException {}",
      ["checked_exception_added likely"],
    ],
    ["an unchecked exception is told", "public void a() {}", "public void a() throws IllegalStateException {}", []],
    ["a field goes", "public int a;", "", ["member_removed proven"]],
    ["a field becomes final", "public int a = 1;", "public final int a = 1;", ["made_read_only proven"]],
    [
      "a constant has another value",
      "public static final int A = 1;",
      "public static final int A = 2;",
      ["value_changed hint"],
    ],
    [
      "a constructor with a parameter takes the place of the one that needs none",
      "",
      "public Parser(int a) {}",
      ["parameter_required_added proven"],
    ],
    ["the constructor is written out", "", "public Parser() {}", []],
    ["the constructor is hidden", "public Parser() {}", "private Parser() {}", ["visibility_reduced proven"]],
    ["an overriding method goes", "@Override public String toString() { return a; }", "", []],
    ["what only tests should see goes", "@VisibleForTesting public void a() {}", "", []],
    ["a nested class goes", "public static class Options {}", "", ["member_removed proven"]],
    ["a class nested in a private one goes", "private static class A { public static class B {} }", "", []],
    ["a body changes", "public int a() {\n return 1;\n}", "public int a() {\n int b = 2;\n return b;\n}", []],
  ])("%s", async (_name, before, after, expected) => {
    const base = aClass(/Parser\(/.test(before + after) ? before : made + before);
    const head = aClass(/Parser\(/.test(before + after) ? after : made + after);
    expect(await inLibrary(base, head)).toEqual(expected);
  });
});

describe("types", () => {
  it.each([
    [
      "a class becomes final",
      aClass("", "public class Parser"),
      aClass("", "public final class Parser"),
      ["inheritance_closed likely"],
    ],
    [
      "a class becomes abstract",
      aClass("", "public class Parser"),
      aClass("", "public abstract class Parser"),
      ["abstract_added likely"],
    ],
    ["a class is hidden", aClass("", "public class Parser"), aClass("", "class Parser"), ["visibility_reduced proven"]],
    [
      "a class leaves its base",
      aClass("", "public class Parser extends Reader"),
      aClass("", "public class Parser"),
      ["base_removed likely"],
    ],
    [
      "a class takes a parameter",
      aClass("", "public class Parser"),
      aClass("", "public class Parser<T>"),
      ["generics_changed likely"],
    ],
    [
      "an interface asks for something new",
      aClass("void a();", "public interface Parser"),
      aClass("void a();\nvoid b();", "public interface Parser"),
      ["abstract_member_added likely"],
    ],
    [
      "an interface provides something new",
      aClass("void a();", "public interface Parser"),
      aClass("void a();\ndefault void b() {}", "public interface Parser"),
      [],
    ],
    [
      "an interface loses something",
      aClass("void a();\nvoid b();", "public interface Parser"),
      aClass("void a();", "public interface Parser"),
      ["member_removed proven"],
    ],
    [
      "a constant of an enumeration goes",
      aClass("A, B", "public enum Parser"),
      aClass("A", "public enum Parser"),
      ["enum_member_removed proven"],
    ],
    [
      "a constant of an enumeration is added",
      aClass("A", "public enum Parser"),
      aClass("A, B", "public enum Parser"),
      [],
    ],
    [
      "a component of a record goes",
      aClass("", "public record Parser(int x, int y)"),
      aClass("", "public record Parser(int x)"),
      ["member_removed proven", "parameter_removed proven"],
    ],
    [
      "an annotation needs something new",
      aClass("", "public @interface Parser"),
      aClass("String value();", "public @interface Parser"),
      ["abstract_member_added likely"],
    ],
    [
      "an annotation takes something new",
      aClass("", "public @interface Parser"),
      aClass('String value() default "";', "public @interface Parser"),
      [],
    ],
    ["a class of the package changes", aClass("public void a() {}", "class Parser"), aClass("", "class Parser"), []],
  ])("%s", async (_name, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

const gone: Change = [aClass(`${made}public void a() {}`), aClass(made)];

describe("who can reach what", () => {
  it.each<[string, Story, string[]]>([
    ["a library", { files: { [path]: gone }, around: { "lib/build.gradle": published } }, ["member_removed proven"]],
    [
      "a library that its project publishes",
      {
        files: { [path]: gone },
        around: { "lib/build.gradle": "plugins { id 'java' }", "gradle.properties": "POM_NAME=Parser\n" },
      },
      ["member_removed proven"],
    ],
    [
      "a library of Maven",
      {
        files: { [path]: gone },
        around: {
          "lib/pom.xml": "<project/>",
          "pom.xml": "<project><distributionManagement></distributionManagement></project>",
        },
      },
      ["member_removed proven"],
    ],
    [
      "a module that nobody publishes",
      {
        files: { [path]: gone },
        around: {
          "lib/pom.xml": "<project><parent><groupId>com.acme</groupId></parent></project>",
          "pom.xml": "<project/>",
        },
      },
      [],
    ],
    [
      "a module whose parent is not at hand",
      {
        files: { [path]: gone },
        around: { "lib/pom.xml": "<project><parent><groupId>com.acme</groupId></parent></project>" },
      },
      ["member_removed likely"],
    ],
    [
      "an application",
      {
        files: { [path]: gone },
        around: { "lib/build.gradle": "plugins {\n id 'org.springframework.boot' version '3.2.0'\n}" },
      },
      [],
    ],
    [
      "an application of Maven",
      { files: { [path]: gone }, around: { "lib/pom.xml": "<artifactId>spring-boot-maven-plugin</artifactId>" } },
      [],
    ],
    [
      "internals",
      { files: { "lib/src/main/java/com/acme/internal/Parser.java": gone }, around: { "lib/build.gradle": published } },
      [],
    ],
    [
      "an implementation",
      { files: { "lib/src/main/java/com/acme/impl/Parser.java": gone }, around: { "lib/build.gradle": published } },
      [],
    ],
    [
      "tests",
      { files: { "lib/src/test/java/com/acme/Parser.java": gone }, around: { "lib/build.gradle": published } },
      [],
    ],
    [
      "a class that moved to another module",
      {
        files: { [`${path} => core/src/main/java/com/acme/text/Parser.java`]: [aClass("int a;"), aClass("int b;")] },
        around: { "lib/build.gradle": published },
      },
      [],
    ],
    [
      "a class that moved to another package",
      {
        files: {
          [`${path} => lib/src/main/java/com/acme/other/Parser.java`]: [
            aClass(""),
            aClass("").replace("com.acme.text", "com.acme.other"),
          ],
        },
        around: { "lib/build.gradle": published },
      },
      ["export_removed proven"],
    ],
    [
      "a method that moved up",
      {
        files: {
          [path]: [aClass(`${made}public void a() {}`), aClass(made, "public class Parser extends Base")],
        },
        around: {
          "lib/build.gradle": published,
          "lib/src/main/java/com/acme/text/Base.java": aClass("public void a() {}", "public class Base"),
        },
      },
      [],
    ],
    [
      "a getter that an annotation writes",
      {
        files: {
          [path]: [
            aClass("public int getA() { return a; }"),
            `package com.acme.text;\nimport lombok.Getter;\n@Getter\npublic class Parser { private int a; }\n`,
          ],
        },
        around: { "lib/build.gradle": published },
      },
      [],
    ],
    [
      "a package that a module no longer offers",
      {
        files: {
          "lib/src/main/java/module-info.java": [
            "module a {\n  exports com.acme.text;\n  exports com.acme.more;\n}\n",
            "module a {\n  exports com.acme.text;\n  exports com.acme.more to b;\n}\n",
          ],
        },
        around: { "lib/build.gradle": published },
      },
      ["visibility_reduced proven"],
    ],
  ])("%s", async (_name, story, expected) => {
    expect(await told(story)).toEqual(expected);
  });
});

it("shows symbol, reach and both lines", async () => {
  const files = { [path]: [aClass("public void a() {}"), aClass("\npublic void a(int x) {}")] as Change };
  const found = await findingsOf("breaking_change", { files, around: { "lib/build.gradle": published } });
  expect(found.find(({ rule }) => rule === "parameter_required_added")).toMatchObject({
    what: "`com.acme.text.Parser.a` needs a new parameter `x`",
    path,
    line: 7,
    counterLine: 6,
    before: "public void a() {}",
    after: "public void a(int x) {}",
    symbol: "com.acme.text.Parser.a",
    reach: "public",
  });
});

describe("on anything", () => {
  beforeAll(() => loadGrammars(["java"]));
  const sample = `package a.b;\n@Deprecated public sealed class A<T> extends B implements C { public int x = 1, y; public enum E { P("q") { void z() {} }; } public record R(int a, T... b) {} <S> void m(@N S s) throws D {} }\n`;
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
          "@",
          "enum E",
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
      fc.property(text, (one) => void java.read("src/A.java", one)),
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
