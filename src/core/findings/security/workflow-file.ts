/** Reads of a GitHub workflow or action what decides over its power. */

import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";

export type Level = "none" | "read" | "write";

/** What a token may do: per scope, or everything at one level; `null`: not said, so the repository's default holds. */
export type Permissions = { all: Level | null; scopes: Record<string, Level> } | null;

export interface WorkflowFile {
  /** Names of the events that start it. */
  triggers: string[];
  permissions: Permissions;
  /** Per job; `null` where the job says nothing and the workflow's hold. */
  jobs: { name: string; permissions: Permissions; inheritsSecrets: boolean }[];
  /** `uses:` of steps and jobs, in order. */
  uses: { action: string; version: string | null }[];
}

/** @returns `null` for what is no YAML mapping */
export function readWorkflow(text: string): WorkflowFile | null {
  if (text.length > 500_000) return null;
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  // Aliases are not followed: GitHub's workflows have them rarely, and a bomb made of them costs nothing this way.
  const root = document.contents;
  const jobs = entriesOf(mapAt(root, "jobs"));
  return {
    triggers: triggersOf(root),
    permissions: permissionsOf(root),
    jobs: jobs.map(([name, job]) => ({
      name,
      permissions: permissionsOf(job),
      inheritsSecrets: textAt(job, "secrets") === "inherit",
    })),
    uses: usesIn(text),
  };
}

/** The level a scope has in the end; `default` where nothing is said. */
export function levelOf(permissions: Permissions, scope: string): Level | "default" {
  if (permissions === null) return "default";
  if (permissions.all !== null) return permissions.all;
  return permissions.scopes[scope] ?? "none";
}

function triggersOf(root: YAMLMap): string[] {
  const on: unknown = root.items.find(({ key }) => isScalar(key) && (key.value === "on" || key.value === true))?.value;
  if (isScalar(on)) return [String(on.value)];
  if (isMap(on)) return entriesOf(on, true).map(([name]) => name);
  return isSeq<unknown>(on) ? on.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

function permissionsOf(map: YAMLMap): Permissions {
  const value: unknown = map.get("permissions", true);
  if (isScalar(value)) {
    const text = String(value.value);
    if (text === "write-all") return { all: "write", scopes: {} };
    if (text === "read-all") return { all: "read", scopes: {} };
    return null;
  }
  if (!isMap(value)) return null;
  const scopes: Record<string, Level> = Object.create(null);
  for (const { key, value: level } of value.items) {
    if (!isScalar(key) || !isScalar(level)) continue;
    if (level.value === "none" || level.value === "read" || level.value === "write")
      scopes[String(key.value)] = level.value;
  }
  return { all: null, scopes };
}

function entriesOf(map: YAMLMap | null, isAnyValue = false): [string, YAMLMap][] {
  const found: [string, YAMLMap][] = [];
  for (const { key, value } of map?.items ?? []) {
    if (!isScalar(key)) continue;
    if (isMap(value)) found.push([String(key.value), value]);
    else if (isAnyValue && map) found.push([String(key.value), map]);
  }
  return found;
}

function mapAt(map: YAMLMap, key: string): YAMLMap | null {
  const value: unknown = map.get(key, true);
  return isMap(value) ? value : null;
}

function textAt(map: YAMLMap, key: string): string | null {
  const value = map.get(key, true);
  return isScalar(value) ? String(value.value) : null;
}

/** Line by line: it also reads what stands in a step of a broken workflow. */
function usesIn(text: string): WorkflowFile["uses"] {
  const uses: WorkflowFile["uses"] = [];
  for (const line of text.split("\n")) {
    const found = readUses(line);
    if (found) uses.push(found);
  }
  return uses;
}

/** The action and version of one `uses:` line. Actions of the same repository have no version. */
export function readUses(line: string): { action: string; version: string | null } | null {
  const value = /^\s*(?:-\s+)?["']?uses["']?:\s*["']?([^\s"'#]{1,300})/.exec(line)?.[1];
  if (value === undefined) return null;
  const at = value.lastIndexOf("@");
  return at === -1 ? { action: value, version: null } : { action: value.slice(0, at), version: value.slice(at + 1) };
}

/** Holds for versions that cannot be moved to other code: a full commit id or an image digest. */
export function isPinned(version: string | null): boolean {
  return version !== null && (/^[0-9a-f]{40}$/.test(version) || version.startsWith("sha256:"));
}
