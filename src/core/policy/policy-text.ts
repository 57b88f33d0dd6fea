/** One policy file's text as a plain value, with where everything stands in it. Refuses what no policy needs: bombs, tags, odd keys. */

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from "yaml";
import type { Problem, Where } from "../problem.ts";
import type { PolicySource } from "./policy-document.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** Limits of one policy file; far beyond any real policy, far below what hurts. */
export const policyLimits = { sizeBytes: 64 * 1024, depth: 40, nodes: 20_000, aliases: 50 } as const;

export type KeyPath = readonly (string | number)[];

export interface PolicyText {
  source: PolicySource;
  /** Name of the file in problems. */
  file: string;
  /** The mapping at the root; empty for an empty file. */
  value: Record<string, unknown>;
  /** Where the key of a path stands, or its value; the nearest parent's where the path itself is not in the file. */
  where(path: KeyPath, at: "key" | "value"): Where;
  has(path: KeyPath): boolean;
}

type Reading = { kind: "read"; text: PolicyText } | { kind: "broken"; problems: Problem[] };

/** @param file how problems name the file */
export function parsePolicyText(text: string, source: PolicySource, file: string): Reading {
  const sizeBytes = new TextEncoder().encode(text).length;
  if (sizeBytes > policyLimits.sizeBytes) {
    const limit = `${policyLimits.sizeBytes / 1024} KiB`;
    const found = `the file has ${Math.ceil(sizeBytes / 1024)} KiB; the limit is ${limit}`;
    return broken([
      problem("HP-P02", { file }, found, `at most ${limit}`, "move shared parts to a file named in `extends`"),
    ]);
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: true,
      merge: false,
      schema: "core",
      version: "1.2",
      prettyErrors: false,
      strict: true,
    });
    return readDocument(document, lines, source, file);
  } catch (error) {
    // The composer is recursive: only nesting far beyond our limit exhausts the stack.
    if (!(error instanceof RangeError)) throw error;
    return broken([tooDeep({ file, line: 1, column: 1 })]);
  }
}

function readDocument(document: Document.Parsed, lines: LineCounter, source: PolicySource, file: string): Reading {
  const at = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const syntax = [...document.errors, ...document.warnings].slice(0, 20);
  if (syntax.length > 0) return broken(onePerLine(syntax.map((error) => syntaxProblem(error, at))));

  const shape = checkShape(document, at);
  if (shape.length > 0) return broken(shape.slice(0, 20));
  const root = document.contents;
  if (root !== null && !isMap(root) && !(isScalar(root) && root.value === null)) {
    const found = isSeq(root) ? "the file is a list" : "the file is a single value";
    return broken([problem("HP-P07", at(root.range[0]), found, "keys with values, such as `version: 1`", "")]);
  }
  const value = isMap(root) ? toValue(document) : {};
  if (value === null) {
    const found = "its aliases stand for far more than is written";
    return broken([problem("HP-P04", at(0), found, "", "write out what the aliases stand for")]);
  }
  const text: PolicyText = {
    source,
    file,
    value,
    where: (path, side) => {
      const written = asWritten(document, path);
      return { ...at(locate(document, written, side)), ...(path.length > 0 && { key: dotted(written) }) };
    },
    has: (path) => find(document, asWritten(document, path)) !== null,
  };
  return { kind: "read", text };
}

function toValue(document: Document.Parsed): Record<string, unknown> | null {
  try {
    return document.toJS({ maxAliasCount: policyLimits.aliases }) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

/** Walks without recursion, so that depth is measured before anything else trips over it. */
function checkShape(document: Document.Parsed, at: (offset: number) => Where): Problem[] {
  const problems: Problem[] = [];
  const open: { node: Node; depth: number }[] = document.contents ? [{ node: document.contents, depth: 0 }] : [];
  let nodes = 0;
  let aliases = 0;
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { node, depth } = entry;
    const where = at(node.range?.[0] ?? 0);
    if (depth > policyLimits.depth) return [tooDeep(where)];
    if (++nodes > policyLimits.nodes) {
      return [problem("HP-P04", where, `the file holds more than ${policyLimits.nodes} values`, "", "shorten it")];
    }
    if (isAlias(node) && ++aliases > policyLimits.aliases) {
      return [
        problem("HP-P04", where, `more than ${policyLimits.aliases} aliases`, "", "write out what they stand for"),
      ];
    }
    if (isAlias(node) && !node.resolve(document)) {
      problems.push(problem("HP-P03", where, `the alias \`*${node.source}\` stands for nothing`, "", "write it out"));
    }
    if (node.tag && !node.tag.startsWith("tag:yaml.org,2002:")) {
      problems.push(problem("HP-P04", where, `the tag \`${node.tag}\``, "", "leave the tag out"));
    }
    if (isSeq(node)) {
      for (const item of node.items) open.push({ node: item as Node, depth: depth + 1 });
    }
    if (!isMap(node)) continue;
    for (const pair of node.items) {
      const refusal = checkKey(pair.key as Node | null, where, at);
      if (refusal) problems.push(refusal);
      if (pair.value) open.push({ node: pair.value as Node, depth: depth + 1 });
    }
  }
  return problems;
}

function checkKey(key: Node | null, parent: Where, at: (offset: number) => Where): Problem | null {
  const where = key?.range ? at(key.range[0]) : parent;
  if (!isScalar(key) || key.value === null || typeof key.value === "object") {
    return problem("HP-P04", where, "a key that is not a word", "a word such as `checkpoints`", "");
  }
  const name = String(key.value);
  if (name === "<<") {
    return problem("HP-P04", where, "the merge key `<<`", "", "write the keys out, or share them by `extends`");
  }
  // Names that every object answers to (`__proto__`, `constructor`, `toString`, …) would pass for keys that exist.
  if (name in {} || name === "prototype") {
    return problem("HP-P05", where, `\`${name}\` is not a key of the policy`, "", "take it out");
  }
  return null;
}

interface Found {
  keyOffset: number;
  node: Node | null;
}

function find(document: Document.Parsed, path: KeyPath): Found | null {
  let found: Found = { keyOffset: document.contents?.range[0] ?? 0, node: document.contents };
  for (const step of path) {
    const next = child(document, found.node, step);
    if (next === null) return null;
    found = next;
  }
  return found;
}

function child(document: Document.Parsed, parent: Node | null, step: string | number): Found | null {
  const node = isAlias(parent) ? (parent.resolve(document) ?? null) : parent;
  if (isMap(node)) {
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      if (isScalar(key) && String(key.value) === String(step)) {
        return { keyOffset: key.range?.[0] ?? 0, node: (pair.value as Node | null) ?? null };
      }
    }
    return null;
  }
  const item = isSeq(node) && typeof step === "number" ? (node.items[step] as Node | undefined) : undefined;
  return item ? { keyOffset: item.range?.[0] ?? 0, node: item } : null;
}

/** Where one value may stand for a list of one, its first entry is the value itself. */
function asWritten(document: Document.Parsed, path: KeyPath): KeyPath {
  if (path.at(-1) !== 0) return path;
  const parent = path.slice(0, -1);
  return isScalar(find(document, parent)?.node) ? parent : path;
}

function locate(document: Document.Parsed, path: KeyPath, side: "key" | "value"): number {
  for (let length = path.length; length >= 0; length--) {
    const found = find(document, path.slice(0, length));
    if (found === null) continue;
    const isWhole = length === path.length;
    return isWhole && side === "value" ? (found.node?.range?.[0] ?? found.keyOffset) : found.keyOffset;
  }
  return 0;
}

/** `checkpoints.security_review.criteria[2]`. */
export function dotted(path: KeyPath): string {
  let text = "";
  for (const step of path) text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
  return text;
}

const syntaxWords: Partial<Record<YAMLError["code"], { found: string; fix: string }>> = {
  TAB_AS_INDENT: { found: "a tab where the line is indented", fix: "indent with spaces" },
  DUPLICATE_KEY: { found: "the same key twice", fix: "keep one of them" },
  MULTIPLE_DOCS: { found: "more than one document", fix: "take out everything from the second `---`" },
  TAG_RESOLVE_FAILED: { found: "a tag", fix: "leave the tag out" },
};

function syntaxProblem(error: YAMLError, at: (offset: number) => Where): Problem {
  if (error.code === "RESOURCE_EXHAUSTION" || error.message.includes("call stack")) return tooDeep(at(error.pos[0]));
  const words = syntaxWords[error.code];
  const code: ProblemCode = error.code === "TAG_RESOLVE_FAILED" ? "HP-P04" : "HP-P03";
  const found = words?.found ?? error.message.replace(/\s+/g, " ").slice(0, 200);
  return problem(code, at(error.pos[0]), found, "", words?.fix ?? "mend the YAML here");
}

// One slip makes the parser stumble several times on the same line.
function onePerLine(problems: readonly Problem[]): Problem[] {
  return [...new Map([...problems].reverse().map((found) => [found.where.line, found])).values()].reverse();
}

function tooDeep(where: Where): Problem {
  return problem("HP-P04", where, `nested more than ${policyLimits.depth} levels deep`, "", "nest less");
}

function problem(code: ProblemCode, where: Where, found: string, expected: string, fix: string): Problem {
  return { code, severity: "error", where, found, expected, fix };
}

function broken(problems: Problem[]): Reading {
  return { kind: "broken", problems };
}
