/** What the schema found wrong, as one problem per mistake: unions are unfolded to the alternative that was meant. */

import type { z } from "zod";
import { parseDuration } from "../duration.ts";
import type { Problem, Where } from "../problem.ts";
import { dotted, type KeyPath } from "./policy-text.ts";
import type { ProblemCode } from "./problem-codes.ts";
import { keysAt } from "./schema-walk.ts";
import { suggest } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

export interface Checked {
  schema: z.core.$ZodType;
  value: unknown;
  where(path: KeyPath, at: "key" | "value"): Where;
  /** What a key at the root is said to be of. Default: the policy. */
  whole?: string;
}

/** A problem with the path of the value that is wrong, so that checks further on can leave it out. */
export interface PlacedProblem {
  problem: Problem;
  path: KeyPath;
}

export function schemaProblems(issues: readonly Issue[], checked: Checked): PlacedProblem[] {
  const leaves = issues.flatMap((issue) => unfold(issue, [], checked));
  const misspelt = new Set(leaves.flatMap((leaf) => leaf.meant ?? []));
  // A misspelt key is one mistake, though the right one is then missing, and the block may seem to say nothing.
  const strangers = new Set(leaves.flatMap((leaf) => (leaf.isUnknownKey ? [dotted(leaf.path.slice(0, -1))] : [])));
  const placed = leaves.filter(
    (leaf) =>
      (leaf.missing === undefined || !misspelt.has(leaf.missing)) &&
      !(leaf.isRefinement && strangers.has(dotted(leaf.path))),
  );
  return [...new Map(placed.map((leaf) => [`${dotted(leaf.path)} ${leaf.problem.found}`, leaf])).values()];
}

/** `meant`: the dotted key that a misspelt one stands for; `missing`: the dotted key that is not there. */
type Leaf = PlacedProblem & { meant?: string; missing?: string; isUnknownKey?: boolean; isRefinement?: boolean };

function unfold(issue: Issue, prefix: KeyPath, checked: Checked): Leaf[] {
  const path = [...prefix, ...(issue.path as (string | number)[])];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, path, checked));
  if (valueAt(checked.value, path) === undefined) return [missingKey(path, checked)];
  if (issue.code === "invalid_union") return unfoldUnion(flatten(issue.errors), path, checked);
  return [leaf(issue, path, checked)];
}

function unfoldUnion(branches: Issue[][], path: KeyPath, checked: Checked): Leaf[] {
  const meant = branches.filter((branch) => !branch.some(isWrongKind));
  if (meant.length === 0) {
    const wanted = [...new Set(branches.flatMap((branch) => branch.filter(isWrongKind).map(expectedWords)))];
    return [wrongKind(wanted.join(", or "), path, checked)];
  }
  const distances = meant.map((branch) => distance(branch, path, checked));
  const nearest = Math.min(...distances);
  const closest = meant.filter((_, index) => distances[index] === nearest);
  const [only] = closest;
  if (closest.length === 1 && only) return only.flatMap((issue) => unfold(issue, path, checked));
  // Several alternatives are as near as each other: only what all of them refuse is the mistake.
  const unknown = new Set(closest.flatMap((branch) => branch.flatMap(keysOf)));
  if (unknown.size > 0) return [...unknown].map((key) => unknownKey(key, path, checked));
  return [nothingNamed(path, checked)];
}

function keysOf(issue: Issue): string[] {
  return issue.code === "unrecognized_keys" ? issue.keys : [];
}

/** A union inside a union is more alternatives of the outer one. */
function flatten(branches: readonly Issue[][]): Issue[][] {
  return branches.flatMap((branch) => {
    const inner = branch.find((issue) => issue.code === "invalid_union" && issue.path.length === 0);
    if (inner?.code !== "invalid_union") return [branch];
    const rest = branch.filter((issue) => issue !== inner);
    return flatten(inner.errors).map((alternative) => [...alternative, ...rest]);
  });
}

function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

/** How far a mapping is from one alternative: keys it does not know, and keys it lacks. */
function distance(branch: readonly Issue[], path: KeyPath, checked: Checked): number {
  let sum = 0;
  for (const issue of branch) {
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) sum += issue.keys.length;
    const isMissing =
      issue.path.length === 1 && valueAt(checked.value, [...path, issue.path[0] as string]) === undefined;
    if (isMissing) sum += 1;
  }
  return sum;
}

function unknownKey(key: string, parent: KeyPath, checked: Checked): Leaf {
  const path = [...parent, key];
  const known = keysAt(checked.schema, parent);
  const near = suggest(key, known);
  const of = parent.length === 0 ? (checked.whole ?? "the policy") : `\`${dotted(parent)}\``;
  const expected = known.length > 0 && known.length <= 16 ? `one of ${known.map(quoted).join(", ")}` : "";
  const fix =
    near === null
      ? expected === ""
        ? `see the reference of ${checked.whole ?? "the policy"} for the keys`
        : ""
      : `write \`${near}\``;
  const problem = make("HP-P05", checked.where(path, "key"), `\`${key}\` is not a key of ${of}`, expected, fix);
  const isUnknownKey = true;
  return near === null
    ? { problem, path, isUnknownKey }
    : { problem, path, isUnknownKey, meant: dotted([...parent, near]) };
}

function missingKey(path: KeyPath, checked: Checked): Leaf {
  const where = { ...checked.where(path.slice(0, -1), "key"), key: dotted(path) };
  const key = String(path.at(-1));
  const problem = make("HP-P06", where, `\`${key}\` is missing`, "", `add \`${key}\``);
  return { problem, path: path.slice(0, -1), missing: dotted(path) };
}

function nothingNamed(path: KeyPath, checked: Checked): Leaf {
  const known = keysAt(checked.schema, path);
  const where = checked.where(path, "value");
  return {
    path,
    problem: make("HP-P06", where, "nothing is named here", `one of ${known.map(quoted).join(", ")}`, ""),
  };
}

function leaf(issue: Issue, path: KeyPath, checked: Checked): Leaf {
  const value = valueAt(checked.value, path);
  const shown = path.at(-1) === "secret" ? "what stands here" : show(value);
  const at = (code: ProblemCode, found: string, expected: string, fix = ""): Leaf => ({
    path,
    problem: make(code, checked.where(path, "value"), found, expected, fix),
  });
  switch (issue.code) {
    case "invalid_type":
      return wrongKind(expectedWords(issue), path, checked);
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof value === "string" ? suggest(value, allowed) : null;
      return at(
        "HP-P08",
        `${shown} is not allowed here`,
        expectedWords(issue),
        near === null ? "" : `write \`${near}\``,
      );
    }
    case "too_small":
    case "too_big": {
      const isMost = issue.code === "too_big";
      const bound = `at ${isMost ? "most" : "least"} ${isMost ? issue.maximum : issue.minimum}`;
      const unit = issue.origin === "string" ? " characters" : issue.origin === "array" ? " entries" : "";
      const size = issue.origin === "number" || issue.origin === "int" ? shown : `what stands here`;
      return at("HP-P08", `${size} is too ${isMost ? "much" : "little"}`, bound + unit);
    }
    case "invalid_key": {
      const key = String(path.at(-1));
      const problem = make(
        "HP-P08",
        checked.where(path, "key"),
        `"${key}" cannot be a name here`,
        issue.issues[0]?.message ?? "",
        "",
      );
      return { path, problem };
    }
    case "custom": {
      const { expected = "", fix = "", code = "HP-P08" } = (issue.params ?? {}) as Record<string, string>;
      const unit = code === "HP-P09" && typeof value === "string" ? durationFix(value) : null;
      const found = at(code as ProblemCode, issue.message, expected, unit === null ? fix : `write \`${unit}\``);
      return { ...found, isRefinement: true };
    }
    default:
      return at("HP-P08", `${shown} does not fit here`, issue.message);
  }
}

function wrongKind(expected: string, path: KeyPath, checked: Checked): Leaf {
  const value = valueAt(checked.value, path);
  const isDuration = expected.includes("a duration");
  const problem = make(
    isDuration ? "HP-P09" : "HP-P07",
    checked.where(path, "value"),
    kindOf(value),
    expected,
    kindFix(value, expected, isDuration),
  );
  return { path, problem };
}

function kindFix(value: unknown, expected: string, isDuration: boolean): string {
  if (isDuration && typeof value === "number") return `add a unit, e.g. \`${value}h\``;
  if (expected === kindWords.boolean && typeof value === "string") {
    if (/^(yes|on|true|y)$/i.test(value)) return "write `true`";
    if (/^(no|off|false|n)$/i.test(value)) return "write `false`";
  }
  if (expected.startsWith(kindWords.array ?? "") && (typeof value === "string" || typeof value === "number")) {
    return `write \`[${value}]\``.slice(0, 100);
  }
  if (typeof value === "number" || typeof value === "boolean")
    return `put it in quotes if it is a name: \`"${value}"\``;
  return "";
}

const kindWords: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

function expectedWords(issue: Issue): string {
  if (issue.code === "invalid_type") {
    return issue.message.startsWith("Invalid input") ? (kindWords[issue.expected] ?? issue.expected) : issue.message;
  }
  if (issue.code !== "invalid_value") return issue.message;
  const allowed = issue.values.map((value) => quoted(String(value)));
  return allowed.length === 1 ? (allowed[0] ?? "") : `one of ${allowed.join(", ")}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing stands here";
  if (Array.isArray(value)) return "a list stands here";
  if (typeof value === "object") return "keys with values stand here";
  const kind = typeof value === "string" ? "text" : typeof value === "number" ? "a number" : "a truth value";
  return `${show(value)} is ${kind}`;
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return typeof value === "object" ? "what stands here" : `\`${String(value)}\``;
}

const units = ["seconds", "minutes", "hours", "days", "weeks", "second", "minute", "hour", "day", "week"];

/** `2 dayz` → `2 days`, when only the unit is misspelt. */
function durationFix(text: string): string | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)[ _]?([a-z]{2,12})$/i.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const unit = suggest(match[2], units);
  const fixed = unit === null ? null : `${match[1]} ${unit}`;
  return fixed !== null && parseDuration(fixed) !== null ? fixed : null;
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(value: unknown, path: KeyPath): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

function quoted(word: string): string {
  return `\`${word}\``;
}

function make(code: ProblemCode, where: Where, found: string, expected: string, fix: string): Problem {
  return { code, severity: "error", where, found, expected, fix };
}
