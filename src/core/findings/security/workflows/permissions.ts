/** What a workflow's token may do. */

import { isMap, isScalar, type YAMLMap } from "yaml";

export type Level = "none" | "read" | "write";

/** What a token may do: per scope, or everything at one level; `null`: not said, so the repository's default holds. */
export type Permissions = { all: Level | null; scopes: Record<string, Level> } | null;

export function permissionsOf(map: YAMLMap): Permissions {
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

/** The level a scope has in the end; `default` where nothing is said. */
export function levelOf(permissions: Permissions, scope: string): Level | "default" {
  if (permissions === null) return "default";
  if (permissions.all !== null) return permissions.all;
  return permissions.scopes[scope] ?? "none";
}
