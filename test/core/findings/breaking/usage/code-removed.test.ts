import { expect, it } from "vitest";
import { type Change, rulesOf } from "../../../../support/changes.ts";

const lines = (count: number, word = "line") =>
  Array.from({ length: count }, (_, index) => `${word}(${index});\n`).join("");
const kept = "kept();\n";

it.each<[string, Record<string, Change>, string[]]>([
  ["19 lines go", { "src/a.ts": [kept + lines(19), kept] }, []],
  ["20 lines go", { "src/a.ts": [kept + lines(20), kept] }, ["code_removed hint", "source_file_emptied hint"]],
  ["20 lines are rewritten", { "src/a.ts": [kept + lines(20), kept + lines(18, "other")] }, []],
  [
    "200 lines are rewritten",
    { "src/a.ts": [kept + lines(200), kept + lines(190, "other")] },
    ["much_code_removed hint"],
  ],
  ["tests go", { "test/a.test.ts": [kept + lines(50), kept] }, []],
  ["tools of the project go", { "scripts/a.ts": [kept + lines(50), kept] }, []],
  ["empty lines go", { "src/a.ts": [kept + "\n".repeat(50), kept] }, []],
])("%s → %s", async (_, files, expected) => {
  const rules = await rulesOf("breaking_change", { files });
  expect(rules.filter((rule) => /code_removed|emptied/.test(rule))).toEqual(expected);
});
