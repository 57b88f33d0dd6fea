import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { deepFreeze } from "../../src/core/deep-freeze.ts";
import { digestOf, digestOfShared } from "../../src/handlers/digest.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it.each([
  { name: "keys in order", value: { b: 1, a: [true, null] }, text: '{"a":[true,null],"b":1}' },
  { name: "moments as JSON has them", value: { at: new Date(0) }, text: '{"at":"1970-01-01T00:00:00.000Z"}' },
  { name: "what is not there", value: { a: undefined, b: [undefined] }, text: '{"b":[null]}' },
  { name: "odd text", value: "a\u0000\ud800", text: '"a\\u0000\\ud800"' },
  { name: "a key named toJSON", value: { toJSON: { b: 1, a: 2 } }, text: '{"toJSON":{"a":2,"b":1}}' },
])("is the SHA-256 of its JSON with $name", ({ value, text }) => {
  expect(digestOf(value)).toBe(sha256(text));
});

it("is the same for equal values, whatever the order of their keys, and another for other values", () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, turned(inner)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(digestOf(turned(one))).toBe(digestOf(one));
      const areEqual = isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
      expect(digestOf(one) === digestOf(other)).toBe(areEqual);
    }),
  );
});

it("of a shared value is the same, frozen or not, the first time and the second", () => {
  const value = { files: [{ path: "a.ts", patch: "+1" }] };
  const expected = digestOf(value);
  expect(digestOfShared(value)).toBe(expected);
  deepFreeze(value);
  expect([digestOfShared(value), digestOfShared(value)]).toEqual([expected, expected]);
});

it("of a value that is not frozen follows its changes", () => {
  const value = { list: [1] };
  const before = digestOfShared(value);
  value.list.push(2);
  expect(digestOfShared(value)).not.toBe(before);
});
