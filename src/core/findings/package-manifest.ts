/** Reads what a package.json promises to others. Anything odd in it is read as not being there. */

import { recordOf } from "./record-of.ts";
import { readTypesVersions, type TypesVersions } from "./types-versions.ts";

export interface PackageManifest {
  name: string | null;
  version: string | null;
  isPrivate: boolean;
  type: string | null;
  /** Public entry points: `.`, `./sub/path`, `bin:name`, each with the files it leads to. */
  entries: Map<string, string[]>;
  /** Conditions per entry of `exports`, e.g. `./sub/path` → import, require. */
  conditions: Map<string, Set<string>>;
  hasExports: boolean;
  /** Where TypeScript looks for declarations, by its version; empty where nothing is said. */
  typesVersions: TypesVersions;
  hasEntryFields: boolean;
  engines: Record<string, string>;
  peerDependencies: Record<string, string>;
  optionalPeers: Set<string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
  /** What is published; `null`: everything. */
  files: string[] | null;
  /** As written, on one line. */
  sideEffects: string | null;
  /** Operating systems and processors that it can be installed on; `null`: all. */
  platforms: { os: string[] | null; cpu: string[] | null };
}

/** @returns `null` for what is no JSON object */
export function readPackageManifest(text: string): PackageManifest | null {
  const json = parseObject(text);
  if (json === null) return null;
  const published = { ...json, ...atPublication(json) };
  const { entries, conditions } = readEntries(published);
  // While it is developed, an entry leads to the sources.
  for (const [entry, files] of readEntries(json).entries) {
    const known = entries.get(entry);
    if (known) entries.set(entry, [...new Set([...known, ...files])]);
  }
  const typesVersions = readTypesVersions(published.typesVersions);
  return {
    name: textOf(json.name),
    version: textOf(json.version),
    isPrivate: json.private === true,
    type: textOf(json.type),
    entries,
    conditions,
    hasExports: published.exports !== undefined && published.exports !== null,
    typesVersions,
    hasEntryFields: entries.size > 0 || typesVersions.length > 0,
    engines: textRecord(json.engines),
    peerDependencies: textRecord(json.peerDependencies),
    optionalPeers: new Set(
      Object.entries(recordOf(json.peerDependenciesMeta)).flatMap(([name, meta]) =>
        recordOf(meta).optional === true ? [name] : [],
      ),
    ),
    dependencies: { ...textRecord(json.optionalDependencies), ...textRecord(json.dependencies) },
    devDependencies: textRecord(json.devDependencies),
    scripts: textRecord(json.scripts),
    files: textList(json.files),
    sideEffects: json.sideEffects === undefined ? null : JSON.stringify(json.sideEffects).slice(0, 300),
    platforms: { os: textList(json.os), cpu: textList(json.cpu) },
  };
}

/**
 * Holds for packages that lead to their sources and name no files to publish: neighbours in a workspace take them as they are, and
 * elsewhere Node loads no TypeScript from what was installed.
 *
 * @see https://nodejs.org/api/typescript.html#type-stripping-in-dependencies
 */
export function isUncompiled({ entries, files }: PackageManifest): boolean {
  const targets = [...entries].flatMap(([entry, leads]) => (entry.startsWith("bin:") ? [] : leads));
  const modules = targets.filter((target) => !/\.(json|css)$/.test(target));
  return files === null && modules.length > 0 && modules.every((target) => /(?<!\.d)\.[cm]?tsx?$/.test(target));
}

/** Fields that `publishConfig` replaces. @see https://pnpm.io/package_json#publishconfig */
const replaced = ["bin", "main", "exports", "types", "typings", "module", "browser", "typesVersions"];

function atPublication(json: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(recordOf(json.publishConfig)).filter(([field]) => replaced.includes(field)));
}

function readEntries(json: Record<string, unknown>): Pick<PackageManifest, "entries" | "conditions"> {
  const entries = new Map<string, string[]>();
  const conditions = new Map<string, Set<string>>();
  readExports(json.exports, entries, conditions);
  const add = (entry: string, target: unknown) => {
    if (typeof target === "string") entries.set(entry, [...(entries.get(entry) ?? []), target]);
  };
  for (const field of ["main", "module", "types", "typings", "browser"])
    if (json.exports === undefined) add(".", json[field]);
  if (typeof json.bin === "string") add(`bin:${String(json.name)}`, json.bin);
  for (const [command, target] of Object.entries(textRecord(json.bin))) add(`bin:${command}`, target);
  return { entries, conditions };
}

function readExports(value: unknown, entries: Map<string, string[]>, conditions: Map<string, Set<string>>): void {
  const keys = Object.keys(recordOf(value));
  const isPerPath = keys.length > 0 && keys.every((key) => key.startsWith("."));
  const perPath: [string, unknown][] = isPerPath ? Object.entries(recordOf(value)) : [[".", value]];
  for (const [entry, target] of perPath) {
    const files: string[] = [];
    const names = new Set<string>();
    collectTargets(target, files, names, 0);
    // `null` closes a path; it is no entry.
    if (files.length === 0) continue;
    entries.set(entry, files);
    conditions.set(entry, names);
  }
}

function collectTargets(value: unknown, files: string[], names: Set<string>, depth: number): void {
  if (typeof value === "string") files.push(value);
  if (depth > 10) return;
  if (Array.isArray(value)) for (const item of value) collectTargets(item, files, names, depth + 1);
  else {
    for (const [name, target] of Object.entries(recordOf(value))) {
      if (target !== null) names.add(name);
      collectTargets(target, files, names, depth + 1);
    }
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null; // The caller names the file as not analysed.
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function textList(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : null;
}

function textRecord(value: unknown): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (const [key, text] of Object.entries(recordOf(value))) if (typeof text === "string") record[key] = text;
  return record;
}

/**
 * The smallest major version that a range lets in: `>=18` → 18, `^20 || ^22` → 20.
 *
 * @returns `null` for `*`, tags, addresses and upper bounds only
 */
export function lowestMajor(range: string): number | null {
  let lowest: number | null = null;
  for (const part of range.slice(0, 200).split("||")) {
    const found = /^\s*(?:>=|\^|~>?|=|>|v)?\s*v?(\d{1,6})(?![\w/:])/.exec(part)?.[1];
    if (found === undefined) return null;
    const major = Number(found);
    lowest = lowest === null ? major : Math.min(lowest, major);
  }
  return lowest;
}
