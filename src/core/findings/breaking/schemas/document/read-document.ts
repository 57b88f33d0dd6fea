/** JSON and YAML as plain values, with the line of everything in them. */

import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { hasOddKeys, isTangledYaml } from "../../../tangled-yaml.ts";
import { jsonLines } from "./json-lines.ts";

/** Keys and indexes from the root. */
export type Path = readonly string[];

export interface ReadDocument {
  value: Record<string, unknown>;
  /** The line, from 1, of the key at a path; `null` where there is none. */
  lineOf: (path: Path) => number | null;
  lines: string[];
}

/** YAML beyond this many characters takes seconds to read. Ours. */
const yamlMax = 1_000_000;

/** @returns `null` for what is neither, is no object, or is YAML that is too long or tangled */
export function readDocument(text: string): ReadDocument | null {
  const source = text.replace(/^\uFEFF/, "");
  return readJson(source) ?? (source.length > yamlMax || isTangledYaml(source) ? null : readYaml(source));
}

function readJson(source: string): ReadDocument | null {
  if (!source.trimStart().startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(source);
    if (!isRecord(value)) return null;
    let lines: ((path: Path) => number | null) | null = null;
    return {
      value,
      lineOf: (path) => {
        lines ??= jsonLines(source);
        return lines(path);
      },
      lines: source.split("\n"),
    };
  } catch {
    return null;
  }
}

function readYaml(source: string): ReadDocument | null {
  try {
    const counter = new LineCounter();
    const options = {
      lineCounter: counter,
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    } as const;
    const document = parseDocument(source, options);
    if (document.errors.length > 0 || hasOddKeys(document.contents)) return null;
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    if (!isRecord(value)) return null;
    const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
    return { value, lineOf: (path) => yamlLine(document.contents, path, resolve, counter), lines: source.split("\n") };
  } catch {
    return null;
  }
}

function yamlLine(root: unknown, path: Path, resolve: (node: unknown) => unknown, counter: LineCounter): number | null {
  let node: unknown = root;
  let offset = isNode(root) ? root.range?.[0] : undefined;
  for (const step of path) {
    const inner = resolve(node);
    let found: unknown;
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      offset = (pair?.key as Node | undefined)?.range?.[0];
      found = pair?.value;
    } else if (isSeq(inner)) {
      found = inner.items[Number(step)];
      offset = (found as Node | undefined)?.range?.[0];
    }
    if (offset === undefined) return null;
    node = found;
  }
  return offset === undefined ? null : counter.linePos(offset).line;
}

/** The line of a path, or of the nearest thing around it. */
export function nearestLine({ lineOf }: ReadDocument, path: Path): number | null {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== null) return line;
  }
  return null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
