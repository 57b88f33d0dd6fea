import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptionJsonSchema } from "../../../src/core/description/json-schema.ts";
import { parseDescription } from "../../../src/core/description/parse-description.ts";

const needed = { author: "maria", base: "main", head: "feature" };

function problems(value: unknown): string[] {
  const parsed = parseDescription(typeof value === "string" ? value : JSON.stringify(value), "pr.json");
  if (parsed.kind === "parsed") return [];
  return parsed.problems.map(({ where, found, expected, fix }) =>
    [where.key ?? "", found, expected, fix].filter((part) => part !== "").join(" | "),
  );
}

describe("a bad description says everything that is wrong with it, each with its key", () => {
  const review = { user: "bob", state: "approved" };
  it.each([
    { name: "no JSON", value: "{", wanted: [/^the file is not valid JSON: .*write one JSON object/] },
    {
      name: "nothing needed is there",
      value: {},
      wanted: [/^author \| `author` is missing \| add `author`$/, /^base .* is missing/, /^head .* is missing/],
    },
    {
      name: "a misspelt key",
      value: { ...needed, titel: "x" },
      wanted: [/^titel \| `titel` is not a key of the description.*write `title`$/],
    },
    {
      name: "a misspelt key further in",
      value: { ...needed, reviews: [{ ...review, sumbitted_at: "x" }] },
      wanted: [/^reviews\[0\]\.sumbitted_at .*write `submitted_at`$/],
    },
    {
      name: "a state that does not exist",
      value: { ...needed, reviews: [{ ...review, state: "aproved" }] },
      wanted: [/^reviews\[0\]\.state \| "aproved" is not allowed here.*write `approved`$/],
    },
    {
      name: "a time that is none",
      value: { ...needed, now: "yesterday" },
      wanted: [/^now \| .*a time in ISO 8601, such as 2026-11-20T16:00:00Z$/],
    },
    {
      name: "two mistakes at once",
      value: { ...needed, draft: "yes", number: 0 },
      wanted: [/^number /, /^draft .*write `true`/],
    },
    { name: "a list at the root", value: [], wanted: [/list/] },
  ])("$name", ({ value, wanted }) => {
    const found = problems(value);
    expect(found).toHaveLength(wanted.length);
    for (const [index, pattern] of wanted.entries()) expect(found[index]).toMatch(pattern);
  });

  it("says the line of broken JSON where the parser tells it", () => {
    expect(parseDescription('{\n  "author": "maria",\n  oops\n}', "pr.json")).toMatchObject({
      kind: "broken",
      problems: [{ code: "HP-D01", where: { file: "pr.json", line: 3, column: 3 } }],
    });
  });

  it("never throws (property)", () => {
    const inside = fc.json().map((text) => `{"author":${text},"files":${text},"base":"b","head":${text}}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), inside), (text) => {
        expect(["parsed", "broken"]).toContain(parseDescription(text, "pr.json").kind);
      }),
    );
  });
});

describe("the published JSON Schema", () => {
  const published = JSON.parse(
    readFileSync(new URL("../../../docs/pull-request.schema.json", import.meta.url), "utf8"),
  );

  it("is what the declaration says; write it anew with: node scripts/generate-pull-request-schema.ts", () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(descriptionJsonSchema())));
  });

  it("accepts what is accepted and refuses what is refused", () => {
    const validate = new Ajv2020({ strict: false }).compile(published);
    expect(validate({ ...needed, reviews: [{ user: "bob", state: "approved" }], files: ["a.ts"] })).toBe(true);
    expect(validate({ ...needed, titel: "x" })).toBe(false);
    expect(validate({ author: "maria" })).toBe(false);
  });
});
