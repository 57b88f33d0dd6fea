import { expect, it } from "vitest";
import { dataSettings } from "../../../src/core/findings/breaking/options/data-settings.ts";
import { readDocument } from "../../../src/core/findings/breaking/schemas/document/read-document.ts";
import { yamlSettings } from "../../../src/core/findings/security/infrastructure/yaml-settings.ts";
import { readWorkflow } from "../../../src/core/findings/security/workflows/workflow-file.ts";
import { isTangledYaml } from "../../../src/core/findings/tangled-yaml.ts";

const tangled = {
  "a list made of itself": `a: &a [${"*a, ".repeat(20_000)}*a]\n`,
  "an alias on each of thousands of lines": Array.from(
    { length: 4000 },
    (_, at) => `a${at}: &x${at} 1\nb${at}: *x${at}`,
  ).join("\n"),
  "thousands of open lists": "[".repeat(50_000),
  "thousands of open maps": `a: ${"{a: ".repeat(50_000)}`,
};

it.each(Object.entries(tangled))("%s is not read by anybody, and said so by each", (_name, text) => {
  expect(isTangledYaml(text)).toBe(true);
  expect(yamlSettings(text)).toBeNull();
  expect(readWorkflow(text)).toBeNull();
  expect(readDocument(text)).toBeNull();
  expect(dataSettings("presets/a.yaml", text)).toBeNull();
});

it.each([
  ["a map in the place of a key", "{a: 1}: 1\n"],
  ["keys of keys", `${"? ".repeat(400)}a\n`],
  ["lists of lists as keys", `a: ${"[".repeat(400)}b${"]: 1".repeat(400)}\n`],
])("%s is not turned into values, and said so", (_name, text) => {
  expect(readDocument(text)).toBeNull();
  expect(dataSettings("presets/a.yaml", text)).toBeNull();
  expect(yamlSettings(text)?.isWhole ?? false).toBe(false);
});

it.each([
  ["a few aliases", "a: &a {b: 1}\nc: *a\nd: [*a, *a]\n"],
  ["many closed lists", "- [a, [b]]\n".repeat(2000)],
  ["patterns and bullets", "# * a point\n- 'src/*.ts'\n- '**/*.md'\n".repeat(2000)],
])("%s are read", (_name, text) => {
  expect(isTangledYaml(text)).toBe(false);
});
