/** From parsed text to a policy in force: the schema, then the checks; every mistake at once. */

import type { z } from "zod";
import { hasErrors, type Problem, type Where } from "../problem.ts";
import { checkPolicy } from "./check-policy.ts";
import type { PolicyLoad } from "./policy-document.ts";
import { dotted, type KeyPath, type PolicyText } from "./policy-text.ts";
import { policySchema } from "./schema.ts";
import { type PlacedProblem, schemaProblems, valueAt } from "./schema-problems.ts";

export interface Layered {
  /** The files the value was put together from; the first one wins, and is the document's source. */
  layers: readonly [PolicyText, ...PolicyText[]];
  value: Record<string, unknown>;
  /** Owner of the repository, where known. */
  owner: string | null;
}

export function loadPolicy({ layers, value, owner }: Layered): PolicyLoad {
  const [first] = layers;
  const where = (path: KeyPath, at: "key" | "value"): Where =>
    (layers.find((layer) => layer.has(path)) ?? first).where(path, at);
  const parsed = policySchema.safeParse(value);
  if (parsed.success) {
    const problems = sorted(checkPolicy({ policy: parsed.data, owner, where }));
    if (hasErrors(problems)) return { kind: "broken", problems, source: first.source };
    const lineOf = (path: KeyPath) => (first.has(path) ? (first.where(path, "key").line ?? null) : null);
    const includes = layers.slice(1).map((layer) => layer.source);
    return { kind: "loaded", document: { policy: parsed.data, source: first.source, includes, lineOf, problems } };
  }
  const placed = schemaProblems(parsed.error.issues, { schema: policySchema, value, where });
  const further = furtherProblems(value, parsed.error.issues, owner, where);
  const problems = sorted([
    ...placed.map((found) => found.problem),
    ...further.filter((found) => !isAbout(found, placed)),
  ]);
  return { kind: "broken", problems, source: first.source };
}

/** Problems that the checks find in what is left when everything that the schema refuses is taken out. */
function furtherProblems(
  value: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
  owner: string | null,
  where: (path: KeyPath, at: "key" | "value") => Where,
): Problem[] {
  const rest = structuredClone(value);
  let refused = issues;
  for (let round = 0; round < 3; round++) {
    const paths = refused.flatMap((issue): KeyPath[] => {
      const path = issue.path as KeyPath;
      return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
    });
    for (const path of paths) takeOut(rest, path, paths);
    const parsed = policySchema.safeParse(rest);
    if (parsed.success)
      return checkPolicy({ policy: parsed.data, owner, where }).filter(({ severity }) => severity === "error");
    refused = parsed.error.issues;
  }
  return [];
}

/**
 * Takes a refused value out. In a list the others must keep their places: a sibling that is not refused takes its place, and what the
 * checks say there is dropped with it; without such a sibling the whole list goes.
 */
function takeOut(value: Record<string, unknown>, path: KeyPath, refused: readonly KeyPath[]): void {
  const last = path.at(-1);
  const parent = valueAt(value, path.slice(0, -1));
  if (last === undefined || typeof parent !== "object" || parent === null) return;
  if (!Array.isArray(parent)) {
    delete (parent as Record<string | number, unknown>)[last];
    return;
  }
  const isRefused = (index: number) =>
    refused.some(
      (other) =>
        other.length >= path.length &&
        path.slice(0, -1).every((step, at) => other[at] === step) &&
        other[path.length - 1] === index,
    );
  const sibling = parent.findIndex((_, index) => !isRefused(index));
  if (sibling < 0) takeOut(value, path.slice(0, -1), refused);
  else parent[Number(last)] = structuredClone(parent[sibling]);
}

/** Whether a later problem stands where an earlier one does, above or below it: then it may only be its echo. */
function isAbout(problem: Problem, placed: readonly PlacedProblem[]): boolean {
  const key = problem.where.key ?? "";
  return placed.some(({ path }) => {
    const other = dotted(path);
    return (
      key === other ||
      key.startsWith(`${other}.`) ||
      key.startsWith(`${other}[`) ||
      other.startsWith(`${key}.`) ||
      other.startsWith(`${key}[`)
    );
  });
}

const severities = ["error", "warning", "note"] as const;

function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.where.file < b.where.file ? -1 : a.where.file > b.where.file ? 1 : 0) ||
      (a.where.line ?? 0) - (b.where.line ?? 0) ||
      (a.where.column ?? 0) - (b.where.column ?? 0),
  );
}
