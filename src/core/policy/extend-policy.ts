/** Follows `extends:` from one policy file to all it builds on. */

import type { Problem } from "../problem.ts";
import type { Read } from "../snapshot.ts";
import { type IncludedFile, parseReference } from "./included-file.ts";
import { isTree, mergePolicies } from "./merge-policies.ts";
import type { PolicySource } from "./policy-document.ts";
import { type PolicyText, parsePolicyText } from "./policy-text.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** How far policies may build on each other. */
export const extendsLimits = { files: 10, depth: 5 } as const;

/** A policy file as the shell read it. */
export interface PolicyFileText {
  text: string;
  source: PolicySource;
}

export interface Extended {
  /** The file itself, then what it builds on, strongest first; empty when the file itself could not be parsed. */
  layers: PolicyText[];
  value: Record<string, unknown>;
  problems: Problem[];
  needs: IncludedFile[];
}

interface Walk {
  owner: string | null;
  included: ReadonlyMap<string, Read<PolicyFileText>>;
  problems: Problem[];
  needs: IncludedFile[];
  files: number;
}

/** @param file how problems name the file */
export function extendPolicy(
  top: PolicyFileText,
  file: string,
  owner: string | null,
  included: ReadonlyMap<string, Read<PolicyFileText>>,
): Extended {
  const walk: Walk = { owner, included, problems: [], needs: [], files: 0 };
  const result = follow(top, file, [file], walk);
  return { ...result, problems: walk.problems, needs: walk.needs };
}

function follow(
  from: PolicyFileText,
  file: string,
  way: readonly string[],
  walk: Walk,
): Pick<Extended, "layers" | "value"> {
  const reading = parsePolicyText(from.text, from.source, file);
  if (reading.kind === "broken") {
    walk.problems.push(...reading.problems);
    return { layers: [], value: {} };
  }
  const { text } = reading;
  const layers = [text];
  let value: Record<string, unknown> = {};
  const references = Array.isArray(text.value.extends) ? text.value.extends : [];
  const below: PolicyText[][] = [];
  for (const [index, reference] of references.entries()) {
    if (typeof reference !== "string") continue; // the schema says so
    const base = followReference(reference, text, index, way, walk);
    if (base === null) continue;
    below.unshift(base.layers);
    value = mergePolicies(value, base.value);
  }
  layers.push(...below.flat());
  const { extends: _shown, ...own } = text.value;
  value = mergePolicies(value, own);
  // Only the file itself says what it builds on, and only an organisation's file what it enforces.
  if (way.length === 1 && text.value.extends !== undefined) value.extends = text.value.extends;
  if (way.length > 1) delete value.enforce;
  return { layers, value: isTree(value) ? value : {} };
}

function followReference(
  reference: string,
  text: PolicyText,
  index: number,
  way: readonly string[],
  walk: Walk,
): Pick<Extended, "layers" | "value"> | null {
  const refuse = (code: ProblemCode, found: string, fix: string): null => {
    const where = text.where(["extends", index], "value");
    walk.problems.push({ code, severity: "error", where, found, expected: "", fix });
    return null;
  };
  const target = parseReference(reference, walk.owner);
  if (target.kind === "bad") return refuse("HP-P25", target.found, target.fix);
  const file = target.kind === "preset" ? `preset:${target.name}` : nameOf(target.file);
  if (way.includes(file)) return refuse("HP-P26", `this leads back to \`${file}\``, "take it out");
  if (way.length > extendsLimits.depth) {
    return refuse("HP-P26", `more than ${extendsLimits.depth} policies build on each other`, "build on fewer");
  }
  if (++walk.files > extendsLimits.files) {
    return refuse("HP-P26", `more than ${extendsLimits.files} policies to build on`, "build on fewer");
  }
  if (target.kind === "preset") {
    const source = { repository: "preset", path: target.name, commit: null, blobSha: null };
    return follow({ text: target.text, source }, file, [...way, file], walk);
  }
  const read = walk.included.get(reference);
  if (read === undefined) {
    if (!walk.needs.some((needed) => needed.reference === reference)) walk.needs.push(target.file);
    return null;
  }
  if (read.kind === "missing") return refuse("HP-P01", `"${reference}" does not exist`, "restore it, or take it out");
  if (read.kind === "unreadable") return refuse("HP-P01", `"${reference}" could not be read: ${read.reason}`, "");
  return follow(read.value, file, [...way, file], walk);
}

/** `owner/repository:path`, with the ref where one is asked for. */
function nameOf(file: IncludedFile): string {
  return `${file.owner}/${file.name}:${file.path}${file.ref === null ? "" : `@${file.ref}`}`.toLowerCase();
}
