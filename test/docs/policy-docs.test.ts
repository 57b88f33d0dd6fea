import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { generatedDocs, staleDocs } from "../../scripts/generate-docs.ts";
import { conditionKeys, evidenceKeys, policyKeys } from "../../scripts/policy-keys.ts";
import { criterionSchema } from "../../src/core/policy/blocks/checkpoints.ts";
import { schemasAt } from "../../src/core/policy/schema-walk.ts";
import { loaded } from "../core/policy/load.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const example = read("checkpoints.example.yml");

const [criterion] = schemasAt(criterionSchema, []).filter((schema) => schema instanceof z.ZodObject);
const evidence = evidenceKeys(criterion?.shape.evidence as z.core.$ZodType);
/** Options that say the same as another, and may not stand beside it. */
const synonyms = ["approvals.invalidate_on_push"];

/** Every path of keys in a value, names that users choose kept as they are. */
function pathsOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => pathsOf(entry, `${path}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return [here, ...pathsOf(child, here)];
  });
}

describe("what the documentation says", () => {
  it.each(Object.entries(generatedDocs()))(
    "%s is what the generator writes: run `node scripts/generate-docs.ts`",
    (path, text) => {
      expect(read(path)).toBe(text);
    },
  );

  it("has no page of a code or a rule that is no more", () => {
    expect(staleDocs(generatedDocs())).toEqual([]);
  });

  it.each([...policyKeys(), ...conditionKeys(), ...evidence].map((key) => [key.path, key] as const))(
    "the key %s is described in a sentence",
    (_, key) => {
      expect(key.description).toMatch(/\S\.$/);
      expect(key.kind).not.toMatch(/\b(pipe|transform|lazy|unknown|custom)\b/);
    },
  );
});

describe("checkpoints.example.yml", () => {
  const value: unknown = parse(example);
  const paths = pathsOf(value);

  it("loads with notes at most", () => {
    expect(loaded(example).problems.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  it("has every key of the language", () => {
    const stars = paths.map((path) => path.replaceAll(/"/g, ""));
    const has = (key: string) => {
      // A value may stand for a list of one.
      const pattern = new RegExp(`^${key.replaceAll(/[.[\]]/g, "\\$&").replaceAll("*", "[^.]+(?:\\.[^.]+)*?")}$`);
      return stars.some((path) => pattern.test(path));
    };
    const missing = policyKeys().filter((key) => !synonyms.includes(key.path) && !has(key.path));
    expect(missing.map((key) => key.path)).toEqual([]);
  });

  it("has every predicate and every kind of evidence", () => {
    const last = new Set(paths.map((path) => path.split(".").at(-1)?.replaceAll("[]", "")));
    const keys = [...conditionKeys(), ...evidence].map((key) => key.path).filter((path) => !path.includes("."));
    expect(keys.filter((key) => !last.has(key))).toEqual([]);
  });
});
