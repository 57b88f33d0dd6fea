import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("has the languages that the data of Linguist comes to", () => {
  const script = join(import.meta.dirname, "../../../scripts/generate-languages.mjs");
  expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
});
