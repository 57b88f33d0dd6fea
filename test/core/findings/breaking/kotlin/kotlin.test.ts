import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { kotlin } from "../../../../../src/core/findings/breaking/kotlin/kotlin.ts";
import { rules } from "../../../../../src/core/findings/index.ts";
import { loadGrammars } from "../../../../../src/core/findings/syntax/read-tree.ts";
import { type Change, findingsOf, type Story } from "../../../../support/changes.ts";

const path = "lib/src/main/kotlin/com/acme/text/Parser.kt";
const published = 'plugins { `java-library`; id("maven-publish") }\n';

/** What the comparison of interfaces says; other detectors look at the same lines. */
async function told(story: Story): Promise<string[]> {
  const found = await findingsOf("breaking_change", story);
  return found
    .filter(({ rule }) => rules[rule]?.detector === "public_api")
    .map(({ rule, strength }) => `${rule} ${strength}`)
    .sort();
}

function aFile(body: string): string {
  return `package com.acme.text\n\nimport java.io.File\n\n${body}\n`;
}

function inLibrary(before: string, after: string): Promise<string[]> {
  const files = { [path]: [aFile(before), aFile(after)] as Change };
  return told({ files, around: { "lib/build.gradle.kts": published } });
}

type Row = [name: string, before: string, after: string, rules: string[]];

describe("declarations of a file", () => {
  it.each<Row>([
    ["a function goes", "fun a() {}\nfun b() {}", "fun b() {}", ["export_removed proven"]],
    ["a function comes", "fun b() {}", "fun a() {}\nfun b() {}", []],
    ["a private function goes", "private fun a() {}\nfun b() {}", "fun b() {}", []],
    ["a function of the module goes", "internal fun a() {}\nfun b() {}", "fun b() {}", []],
    ["a function becomes one of the module", "fun a() {}", "internal fun a() {}", ["visibility_reduced proven"]],
    ["`public` is written", "fun a() {}", "public fun a() {}", []],
    [
      "a class goes, and its members with it",
      "class A { fun b() {} }\nval c = 1",
      "val c = 1",
      ["export_removed proven"],
    ],
    ["an object goes", "object A\nval c = 1", "val c = 1", ["export_removed proven"]],
    ["an alias comes in the place of a class", "class A", "typealias A = com.acme.B", []],
    ["an alias stands for another type", "typealias A = Int", "typealias A = Long", ["value_type_changed likely"]],
    ["a property goes", "val a = 1\nval b = 2", "val b = 2", ["export_removed proven"]],
    ["a constant has another value", "const val A = 1", "const val A = 2", ["value_changed hint"]],
    ["a value that is worked out changes", "val a = 1", "val a = 2", []],
    ["a property can no longer be set", "var a = 1", "val a = 1", ["made_read_only proven"]],
    ["its setter is private now", "var a = 1", "var a = 1\n  private set", ["made_read_only proven"]],
    ["a property can be set", "val a = 1", "var a = 1", []],
    ["both of a pair", "val (a, b) = 1 to 2", "val (a, c) = 1 to 2", ["export_removed proven"]],
    ["a function is experimental from now on", "fun a() {}", "@ExperimentalText\nfun a() {}", []],
    [
      "a class under many annotations stays",
      '@Kept\n@Level(value = Level.A)\n@Asks(\n  level = Level.B,\n  message = "a (" +\n    "b"\n)\npublic annotation class A',
      '@More\n@Kept\n@Level(value = Level.A)\n@Asks(\n  level = Level.B,\n  message = "a (" +\n    "b"\n)\npublic annotation class A\nval b = 1',
      [],
    ],
    ["an experimental function goes", "@ExperimentalText fun a() {}\nfun b() {}", "fun b() {}", []],
    [
      "a function is hidden by its deprecation",
      "fun a() {}\nfun b() {}",
      '@Deprecated("b", level = DeprecationLevel.HIDDEN) fun a() {}\nfun b() {}',
      ["visibility_reduced proven"],
    ],
    ["a function with one expression gets a body", "fun a() = 1", "fun a(): Int { return 1 }", []],
    ["the package changes by nothing but its words", "fun a(x: java.io.File) {}", "fun a(x: File) {}", []],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("parameters and results", () => {
  it.each<Row>([
    ["one more", "fun a(x: Int) {}", "fun a(x: Int, y: Int) {}", ["parameter_required_added proven"]],
    ["one more that may be left out", "fun a(x: Int) {}", "fun a(x: Int, y: Int = 0) {}", []],
    ["one less", "fun a(x: Int, y: Int) {}", "fun a(x: Int) {}", ["parameter_removed proven"]],
    ["renamed", "fun a(x: Int) {}", "fun a(y: Int) {}", ["parameter_renamed likely"]],
    ["renamed, of an operator", "operator fun A.plus(x: A) = x\nclass A", "operator fun A.plus(y: A) = y\nclass A", []],
    ["no longer to be left out", "fun a(x: Int = 1) {}", "fun a(x: Int) {}", ["parameter_made_required proven"]],
    ["no longer to be left out here, where others say so", "fun a(x: Int = 1) {}", "actual fun a(x: Int) {}", []],
    ["another default", "fun a(x: Int = 1) {}", "fun a(x: Int = 2) {}", ["parameter_default_changed hint"]],
    ["another order", "fun a(x: Int, y: String) {}", "fun a(y: String, x: Int) {}", ["parameter_reordered proven"]],
    ["one put before another", "fun a(x: Int) {}", "fun a(y: Int = 0, x: Int) {}", ["parameter_reordered likely"]],
    ["one put before the lambda at the end", "fun a(b: () -> Unit) {}", "fun a(y: Int = 0, b: () -> Unit) {}", []],
    ["another type", "fun a(x: Int) {}", "fun a(x: Long) {}", ["parameter_type_changed likely"]],
    ["may be null now", "fun a(x: String) {}", "fun a(x: String?) {}", []],
    ["may no longer be null", "fun a(x: String?) {}", "fun a(x: String) {}", ["parameter_type_changed likely"]],
    ["takes anything", "fun a(x: String) {}", "fun a(x: Any) {}", []],
    ["the result may be null now", "fun a(): String = b", "fun a(): String? = b", ["result_type_changed likely"]],
    ["the result is never null now", "fun a(): String? = b", "fun a(): String = b", []],
    ["a property may be null now", "val a: String = b", "val a: String? = b", ["value_type_changed likely"]],
    ["a property is never null now", "val a: String? = b", "val a: String = b", []],
    ["one that is set takes null no more", "var a: String? = b", "var a: String = b", ["value_type_changed likely"]],
    ["the result is no longer nothing", "fun a() {}", "fun a(): Int { return 1 }", ["result_type_changed likely"]],
    ["an overload comes", "fun a(x: Int) {}", "fun a(x: Int) {}\nfun a(x: Int, y: Int) {}", []],
    ["an overload goes", "fun a(x: Int) {}\nfun a(x: String) {}", "fun a(x: Int) {}", ["overload_removed proven"]],
    ["any number of one", "fun a(vararg x: Int) {}", "fun a(vararg x: Int, y: Int = 0) {}", []],
    ["a trailing comma and lines", "fun a(x: Int, y: Int) {}", "fun a(\n  x: Int,\n  y: Int,\n) {}", []],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("extensions", () => {
  it.each<Row>([
    ["one goes", "fun String.a() {}\nfun b() {}", "fun b() {}", ["export_removed proven"]],
    ["one of two types goes", "fun String.a() {}\nfun Int.a() {}", "fun Int.a() {}", ["overload_removed proven"]],
    ["for another type", "fun String.a() {}", "fun Int.a() {}", ["parameter_type_changed likely"]],
    ["for null as well", "fun String.a() {}", "fun String?.a() {}", []],
    [
      "a property goes",
      "val String.a get() = 1\nval Int.a get() = 1",
      "val Int.a get() = 1",
      ["export_removed proven"],
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

const inClass = (body: string) => `open class Parser {\n${body}\n}`;

describe("members of a class", () => {
  it.each<Row>([
    ["a method goes", inClass("fun a() {}"), inClass(""), ["member_removed proven"]],
    ["a private one goes", inClass("private fun a() {}"), inClass(""), []],
    ["one for subclasses goes", inClass("protected fun a() {}"), inClass(""), ["member_removed likely"]],
    [
      "one is for subclasses now",
      inClass("fun a() {}"),
      inClass("protected fun a() {}"),
      ["visibility_reduced proven"],
    ],
    [
      "one can no longer be overridden",
      inClass("open fun a() {}"),
      inClass("fun a() {}"),
      ["inheritance_closed likely"],
    ],
    ["one overrides another now", inClass("open fun a() {}"), inClass("override fun a() {}"), []],
    ["an overriding one goes", inClass("override fun a() {}"), inClass(""), []],
    ["the class can no longer be extended", "open class A", "class A", ["inheritance_closed likely"]],
    ["the class can be extended", "class A", "open class A", []],
    ["the class becomes abstract", "open class A", "abstract class A", ["abstract_added likely"]],
    ["a base goes", "class A : B()", "class A", ["base_removed likely"]],
    ["a type parameter more", "class A<T>", "class A<T, R>", ["generics_changed likely"]],
    [
      "a constant of the companion goes",
      "class A { companion object {\nconst val B = 1\nval c = 1\n} }",
      "class A { companion object {\nval c = 1\n} }",
      ["member_removed proven"],
    ],
    ["a private companion goes", "class A { private companion object { val b = 1 } }", "class A", []],
    [
      "a method moves to the companion",
      inClass("fun a() {}"),
      inClass("companion object { fun a() {} }"),
      ["static_changed proven"],
    ],
    ["a nested class goes", inClass("class In"), inClass(""), ["member_removed proven"]],
    ["members of a class of the module go", "internal class A { fun b() {} }", "internal class A", []],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("constructors", () => {
  it.each<Row>([
    [
      "a property of a data class goes",
      "data class A(val b: Int, val c: Int)",
      "data class A(val b: Int)",
      ["member_removed proven", "parameter_removed proven"],
    ],
    ["one comes that may be left out", "data class A(val b: Int)", "data class A(val b: Int, val c: Int = 0)", []],
    [
      "one comes",
      "data class A(val b: Int)",
      "data class A(val b: Int, val c: Int)",
      ["parameter_required_added proven"],
    ],
    [
      "the constructor is private now",
      "class A(b: Int)",
      "class A private constructor(b: Int)",
      ["visibility_reduced proven"],
    ],
    ["the usual one takes something", "class A", "class A(b: Int)", ["parameter_required_added proven"]],
    ["the usual one is written", "class A", "class A()", []],
    [
      "the first one has another default",
      "class A(b: Int, c: Int = 1) {\nconstructor(b: Int) : this(b, 1)\n}",
      "class A(b: Int, c: Int = 2) {\nconstructor(b: Int) : this(b, 2)\n}",
      ["parameter_default_changed hint"],
    ],
    [
      "a second one goes",
      "class A(b: Int) { constructor() : this(1) }",
      "class A(b: Int)",
      ["overload_removed proven"],
    ],
    ["that of a sealed class changes", "sealed class A(b: Int)", "sealed class A(b: Int, c: Int)", []],
    ["a property is private now", "class A(val b: Int)", "class A(private val b: Int)", ["visibility_reduced proven"]],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("interfaces and enumerations", () => {
  it.each<Row>([
    ["a function to implement comes", "interface A", "interface A { fun b() }", ["abstract_member_added likely"]],
    ["one with a body comes", "interface A", "interface A { fun b() {} }", []],
    ["a property to implement comes", "interface A", "interface A { val b: Int }", ["abstract_member_added likely"]],
    ["a property with a getter comes", "interface A", "interface A { val b: Int get() = 1 }", []],
    ["nobody outside implements it", "sealed interface A", "sealed interface A { fun b() }", []],
    ["a body goes", "interface A { fun b() {} }", "interface A { fun b() }", ["abstract_member_added likely"]],
    [
      "a function of one with one function goes",
      "fun interface A {\nfun b()\nfun c() {}\n}",
      "fun interface A {\nfun b()\n}",
      ["member_removed proven"],
    ],
    ["an entry goes", "enum class A { B, C }", "enum class A { B }", ["enum_member_removed proven"]],
    ["an entry comes", "enum class A { B }", "enum class A { B, C; fun d() {} }", []],
    [
      "an abstract function of a class comes",
      "abstract class A",
      "abstract class A { abstract fun b() }",
      ["abstract_member_added likely"],
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await inLibrary(before, after)).toEqual(expected);
  });
});

describe("who can reach it", () => {
  const gone: Change = [aFile("fun a() {}\nfun b() {}"), aFile("fun b() {}")];
  it.each([
    ["a published library", path, "lib/build.gradle.kts", published, ["export_removed proven"]],
    ["nobody says", path, "README.md", "", ["export_removed likely"]],
    ["an application", path, "lib/build.gradle.kts", 'plugins { id("com.android.application") }', []],
    ["tests of many platforms", "lib/src/commonTest/kotlin/A.kt", "lib/build.gradle.kts", published, []],
    ["an internal package", "lib/src/main/kotlin/com/acme/internal/A.kt", "lib/build.gradle.kts", published, []],
    ["a script", "lib/tasks.gradle.kts", "lib/build.gradle.kts", published, []],
  ])("%s", async (_, file, around, text, expected) => {
    expect(await told({ files: { [file]: gone }, around: { [around]: text } })).toEqual(expected);
  });

  it("follows a declaration to another file of the same package", async () => {
    const other = "lib/src/main/kotlin/com/acme/text/Other.kt";
    const files: Record<string, Change> = {
      [path]: gone,
      [other]: [aFile("val c = 1"), aFile("val c = 1\nfun a() {}")],
    };
    expect(await told({ files, around: { "lib/build.gradle.kts": published } })).toEqual([]);
  });

  it("shows the declaration with its line before and after", async () => {
    const files: Record<string, Change> = { [path]: [aFile("fun a(x: Int = 1) {}"), aFile("\nfun a(x: Int) {}")] };
    const found = await findingsOf("breaking_change", { files, around: { "lib/build.gradle.kts": published } });
    expect(found.find(({ rule }) => rule === "parameter_made_required")).toMatchObject({
      what: "parameter `x` of `com.acme.text.a` must now be given",
      before: "fun a(x: Int = 1) {}",
      after: "fun a(x: Int) {}",
      line: 6,
      counterLine: 5,
      reach: "public",
    });
  });
});

describe("nonsense", () => {
  beforeAll(() => loadGrammars(["kotlin"]));

  it("is read or refused, and never fails", () => {
    const words = [
      "class A",
      "(",
      ")",
      "{",
      "}",
      "fun ",
      "val ",
      ": Int",
      "= 1",
      "interface",
      ",",
      "\n",
      "@X",
      "`",
      '"',
      "<",
      ">",
      "\u0000",
      "é",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), (parts) => {
        kotlin.read("a.kt", parts.join(""));
      }),
      { numRuns: 300 },
    );
  });

  it("does not call gone what a broken file may still hold", async () => {
    expect(await inLibrary("fun a() {}\nfun b() {}", "fun a( {}\nfun b() {}")).toEqual([]);
  });
});
