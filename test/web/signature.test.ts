import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isSigned } from "../../src/web/signature.ts";

const secret = "It's a Secret to Everybody";
const other = "another secret, put in place while the first is rotated";
const body = Buffer.from("Hello, World!");
const sign = (key: string, algorithm = "sha256") =>
  `${algorithm}=${createHmac(algorithm, key).update(body).digest("hex")}`;

it("GitHub's own example is signed", () => {
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
  const header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  expect(isSigned(body, header, [secret])).toBe(true);
});

it("any of several secrets will do", () => {
  expect(isSigned(body, sign(other), [secret, other])).toBe(true);
  expect(isSigned(body, sign(secret), [secret, other])).toBe(true);
});

it.each([
  { name: "no header", header: undefined },
  { name: "an empty header", header: "" },
  { name: "another secret", header: sign(other) },
  { name: "Probot's built-in secret", header: sign("development") },
  { name: "SHA-1 only", header: sign(secret, "sha1") },
  { name: "SHA-1's name over SHA-256's digits", header: sign(secret).replace("sha256", "sha1") },
  { name: "a truncated digest", header: sign(secret).slice(0, -1) },
  { name: "a digest with more after it", header: `${sign(secret)}0` },
  { name: "digits that are none", header: `${sign(secret).slice(0, -1)}g` },
  { name: "a digest in capitals", header: sign(secret).toUpperCase() },
])("$name is refused", ({ header }) => {
  expect(isSigned(body, header, [secret])).toBe(false);
});

it("no header makes it throw, and no other one is taken", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constant("sha256=")), (header) => {
      expect(isSigned(body, header, [secret])).toBe(false);
    }),
  );
});
