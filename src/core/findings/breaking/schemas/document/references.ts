/** Follows `$ref` within one document. */

import { isRecord, type Path } from "./read-document.ts";

/** A part of a document and where it stands. */
export interface Part {
  node: unknown;
  path: Path;
}

const hopsMax = 20;

/** @returns the part that is meant; `null` where it is in another file, missing, or leads in a circle */
export function follow(root: Record<string, unknown>, part: Part): Part | null {
  let at = part;
  for (let hop = 0; hop < hopsMax; hop++) {
    const reference = isRecord(at.node) ? at.node.$ref : undefined;
    if (typeof reference !== "string") return at;
    const target = resolve(root, reference);
    if (target === null) return null;
    at = target;
  }
  return null;
}

function resolve(root: Record<string, unknown>, reference: string): Part | null {
  if (reference === "#") return { node: root, path: [] };
  if (!reference.startsWith("#/") || reference.length > 1000) return null;
  const path = reference.slice(2).split("/").map(unescaped);
  let node: unknown = root;
  for (const step of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return null;
    node = (node as Record<string, unknown>)[step];
  }
  return { node, path };
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function unescaped(step: string): string {
  const text = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The part below, or a part without a node. */
export function below({ node, path }: Part, ...steps: string[]): Part {
  let inner: unknown = node;
  for (const step of steps) {
    const isThere = typeof inner === "object" && inner !== null && Object.hasOwn(inner, step);
    inner = isThere ? (inner as Record<string, unknown>)[step] : undefined;
  }
  return { node: inner, path: [...path, ...steps] };
}

/** What an object holds, each with its place; nothing for anything else. */
export function entriesOf(part: Part): [string, Part][] {
  if (!isRecord(part.node)) return [];
  return Object.entries(part.node).map(([key, node]) => [key, { node, path: [...part.path, key] }]);
}

/** What a list holds, each with its place; nothing for anything else. */
export function itemsOf(part: Part): Part[] {
  if (!Array.isArray(part.node)) return [];
  return part.node.map((node: unknown, at) => ({ node, path: [...part.path, String(at)] }));
}
