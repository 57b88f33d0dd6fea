/** What single lines of tests say, by the language they are written in: where a case begins, what it asserts, that it expects a failure. */

import { languageOf } from "../../language.ts";

export interface TestSyntax {
  /** The first group is the name of the case. */
  begins: RegExp;
  asserts: RegExp;
  expectsFailure: RegExp;
}

const script: TestSyntax = {
  begins: /^\s*(?:export\s)?(?:it|test|specify|Deno\.test)(?:\.\w{1,20}){0,3}\s?\(\s*(["'`].{1,200})/,
  asserts: /(?:^|[^\w.])(?:expect(?:Type(?:Of)?)?|assert\w{0,30}|t|should|sinon\.assert)(?:\.\w{1,40}){0,4}\s{0,2}\(/,
  expectsFailure: /\.(?:toThrow\w{0,30}|rejects|throws(?:Async)?|to\.throw|rejected\w{0,20})\b|toThrowError/,
};
const python: TestSyntax = {
  begins: /^\s*(?:async\s)?def\s(test_?\w{0,150})/,
  asserts: /^\s*assert\b|\.assert\w{1,40}\(|\bpytest\.(?:raises|warns|fail)\b/,
  expectsFailure: /\bpytest\.(?:raises|warns|deprecated_call)\b|\.assert(?:Raises|Warns)\w{0,20}\b/,
};
const go: TestSyntax = {
  begins: /^func\s(?:\([^)]{0,80}\)\s)?((?:Test|Example|Fuzz)\w{0,150})\(|^\s*t\.Run\((".{1,200}")/,
  asserts:
    /\b(?:require|assert|s|suite|is)\.(?:\w{1,10}\(\)\.)?[A-Z]\w{1,40}\(|\bt\.(?:Errorf?|Fatalf?|Fail|FailNow)\(|\bExpect\(/,
  expectsFailure: /\.(?:Error|ErrorIs|ErrorAs|ErrorContains|EqualError|Panics|NotPanics)\w{0,10}\(/,
};
const rust: TestSyntax = {
  begins: /^\s*(?:pub\s)?(?:async\s)?fn\s(test_\w{1,150})/,
  asserts: /\b(?:debug_)?assert\w{0,40}!|\b(?:insta::)?assert_\w{1,40}!|\bpanic!\(/,
  expectsFailure: /should_panic|\.(?:is_err|unwrap_err|expect_err)\(/,
};
const braces: TestSyntax = {
  begins: /^\s*(?:public\s|internal\s)?(?:async\s)?(?:void|Task|fun|suspend fun|func)\s(\w{1,150}|`[^`]{1,150}`)\s?\(/,
  asserts:
    /\b(?:assert\w{0,40}|Assert(?:ions)?\.\w{1,40}|verify|XCTAssert\w{0,30}|EXPECT_\w{1,20}|ASSERT_\w{1,20})\s?\(|\.Should\(\)/,
  expectsFailure:
    /assertThrows|Assert\.Throws|assertFailsWith|XCTAssertThrows|EXPECT_THROW|isInstanceOf\(\w{1,60}Exception/,
};
const ruby: TestSyntax = {
  begins: /^\s*(?:it|specify|test)\s(["'].{1,200})|^\s*def\s(test_\w{1,150})/,
  asserts: /^\s*(?:assert|refute)\w{0,40}\b|\bexpect\s?[({]|\.should\b/,
  expectsFailure: /raise_error|assert_raises?\b/,
};
const php: TestSyntax = {
  begins: /^\s*public\sfunction\s(test\w{1,150})\(/,
  asserts: /(?:\$this->|self::|static::)assert\w{1,40}\(|\bexpect\(/,
  expectsFailure: /expectException|toThrow/,
};

const byLanguage: Readonly<Record<string, TestSyntax>> = {
  JavaScript: script,
  TypeScript: script,
  TSX: script,
  Vue: script,
  Svelte: script,
  Python: python,
  Go: go,
  Rust: rust,
  Java: braces,
  Kotlin: braces,
  "C#": braces,
  Scala: braces,
  Swift: braces,
  "C++": braces,
  C: braces,
  Ruby: ruby,
  PHP: php,
};

/** @returns `null` for languages whose tests are not read */
export function testSyntaxOf(path: string): TestSyntax | null {
  const language = languageOf(path)?.name;
  return language !== undefined && Object.hasOwn(byLanguage, language) ? (byLanguage[language] ?? null) : null;
}
