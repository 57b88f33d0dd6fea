/** What users can no longer set, have to set, or get otherwise where they set nothing. */

import { likeness } from "../behaviour/edits.ts";
import type { Setting } from "./setting.ts";

export type Difference =
  | { kind: "removed"; before: Setting; after: null }
  | { kind: "renamed"; before: Setting; after: Setting }
  | { kind: "made_required"; before: Setting; after: Setting }
  | { kind: "required_added"; before: null; after: Setting }
  | { kind: "type_changed"; before: Setting; after: Setting }
  | { kind: "default_changed"; before: Setting; after: Setting }
  | { kind: "choices_narrowed"; before: Setting; after: Setting };

/**
 * @param base of one file before the change
 * @param head of the same file after it
 * @param isOffered holds for what other changed files offer now: it has moved
 */
export function compareSettings(
  base: readonly Setting[],
  head: readonly Setting[],
  isOffered: (setting: Setting) => boolean,
): Difference[] {
  const now = indexed(head);
  const before = indexed(base);
  const found: Difference[] = [];
  const gone: Setting[] = [];
  for (const setting of base) {
    const same = now.find(setting);
    if (same === null) {
      if (setting.isHidden || setting.isConstant || builtIn.test(setting.name)) continue;
      if (!isOffered(setting)) gone.push(setting);
    } else found.push(...comparePair(setting, same));
  }
  const fresh = head.filter((setting) => before.find(setting) === null && !setting.isConstant);
  for (const setting of gone) {
    const renamed = fresh.find((other) => isRenamed(setting, other));
    if (renamed) found.push({ kind: "renamed", before: setting, after: renamed });
    else found.push({ kind: "removed", before: setting, after: null });
  }
  const renames = new Set(found.map(({ after }) => after));
  for (const setting of fresh) {
    if (setting.isRequired === true && !renames.has(setting) && before.hasScope(setting) && before.hasParent(setting))
      found.push({ kind: "required_added", before: null, after: setting });
  }
  return found;
}

/** Libraries bring these by themselves. */
const builtIn = /^(?:--?(?:help|version|h|v)|help|version)$/i;

interface Index {
  /** The setting of the same name in the same scope; where that scope is gone, of the same name anywhere. */
  find: (setting: Setting) => Setting | null;
  hasScope: (setting: Setting) => boolean;
  /** Whether what it is nested in was there: `retry` of `retry.limit`. */
  hasParent: (setting: Setting) => boolean;
}

function indexed(settings: readonly Setting[]): Index {
  const byName = new Map<string, Setting>();
  const scopes = new Set<string>();
  for (const setting of settings) {
    scopes.add(`${setting.kind} ${setting.scope}`);
    for (const name of setting.names) {
      const inScope = `${setting.kind} ${setting.scope} ${name}`;
      if (!byName.has(inScope)) byName.set(inScope, setting);
      const anywhere = `${setting.kind} * ${name}`;
      if (!byName.has(anywhere)) byName.set(anywhere, setting);
    }
  }
  const hasScope = ({ kind, scope }: Setting) => scopes.has(`${kind} ${scope}`);
  const hasParent = ({ kind, scope, name }: Setting) =>
    !name.includes(".") || byName.has(`${kind} ${scope} ${name.slice(0, name.lastIndexOf("."))}`);
  return {
    hasScope,
    hasParent,
    find: (setting) => {
      const scope = setting.scope !== "" && hasScope(setting) ? setting.scope : "*";
      for (const name of setting.names) {
        const found = byName.get(`${setting.kind} ${scope} ${name}`);
        if (found) return found;
      }
      return null;
    },
  };
}

function comparePair(before: Setting, after: Setting): Difference[] {
  const found: Difference[] = [];
  // One of several names may be gone although another stays.
  const lost = before.names.filter((name) => name.length > 2 && !after.names.includes(name));
  if (lost[0] !== undefined && !before.isHidden)
    found.push({ kind: "renamed", before: { ...before, name: lost[0] }, after });
  if (before.isRequired === false && after.isRequired === true) found.push({ kind: "made_required", before, after });
  const isTyped = before.type !== null && after.type !== null;
  const choices = before.choices !== null && after.choices !== null;
  if (choices && before.choices?.some((choice) => !after.choices?.includes(choice)))
    found.push({ kind: "choices_narrowed", before, after });
  else if (
    isTyped &&
    !choices &&
    isSimple(before.type) &&
    isSimple(after.type) &&
    before.type !== after.type &&
    !isWider(before.type ?? "", after.type ?? "")
  )
    found.push({ kind: "type_changed", before, after });
  if (before.default !== null && after.default !== null && isOtherDefault(before.default, after.default))
    found.push({ kind: "default_changed", before, after });
  return found;
}

/** A list that only grew, and a version within the same major one, are left alone. */
function isOtherDefault(before: string, after: string): boolean {
  if (before === after) return false;
  const [list, longer] = [itemsOf(before), itemsOf(after)];
  if (list !== null && longer !== null) return !list.every((item) => longer.includes(item));
  const versionless = (text: string) =>
    text.replace(/(\d{1,6})\.\d{1,9}(?:\.[\w.-]{1,60})?/g, "$1").replace(/[0-9a-f]{32,64}/g, "");
  return !/\d\.\d/.test(before) || !/["@:]/.test(before) || versionless(before) !== versionless(after);
}

function itemsOf(text: string): string[] | null {
  if (!text.startsWith("[")) return null;
  const items = text.slice(1, -1).split(/,\s?/);
  return items.filter((item) => item !== "");
}

/** Types built from others say little when their text differs. */
function isSimple(type: string | null): boolean {
  return type !== null && /^[\w.[\]| "'*&]{1,80}$/.test(type);
}

/** Holds when a union only gained members, or an `Option` was put around it. */
function isWider(before: string, after: string): boolean {
  const members = (type: string) =>
    type
      .split("|")
      .map((member) => member.trim())
      .filter((member) => member !== "");
  const now = members(after);
  return members(before).every((member) => now.includes(member)) || after === `Option<${before}>`;
}

/** The same declaration under another name: its line or its default and type say so. */
function isRenamed(before: Setting, after: Setting): boolean {
  if (before.kind !== after.kind || before.scope !== after.scope) return false;
  const around = (setting: Setting) => setting.text.replaceAll(setting.name.replace(/^-+/, ""), "_");
  const isSameLine = likeness(around(before), around(after)) >= 0.6 && Math.abs(before.line - after.line) <= 3;
  return isSameLine && before.type === after.type && before.default === after.default;
}
