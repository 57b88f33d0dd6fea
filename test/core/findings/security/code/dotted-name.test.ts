import { expect, it } from "vitest";
import { dottedName } from "../../../../../src/core/findings/security/code/dotted-name.ts";

it.each([
  ["a.b", "a.b"],
  ["a?.b", "a.b"],
  ["A::B::c", "A.B.c"],
  ["$this->db", "this.db"],
  ["$a->b", "a.b"],
  ['a["b"].c', "a.b.c"],
  ["h[:k]", "h.k"],
  ["a[0].b", "a[].b"],
  ["a(1, f(2)).b", "a().b"],
  ["new Foo", "Foo"],
  ["newFoo.a", "newFoo.a"],
  ["Foo<A, B>", "Foo"],
  ['"a b".c', "c"],
  ["a\n  .b", "a.b"],
  ["", ""],
  ["((((", "()"],
])("%j → %j", (written, name) => {
  expect(dottedName(written)).toBe(name);
});
