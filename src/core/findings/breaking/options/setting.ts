/** Something that users set: a flag, an argument or a command of a command line, an option of a configuration. */

export const settingKinds = ["flag", "argument", "command", "option"] as const;
export type SettingKind = (typeof settingKinds)[number];

export interface Setting {
  kind: SettingKind;
  /** As users write it: `--output`, `file`, `generate`, `retry.limit`. */
  name: string;
  /** All names that are accepted for it, `name` among them. */
  names: readonly string[];
  /** What it is declared in, where that tells two of the same name apart: a command, a type, an object; else empty. */
  scope: string;
  /** Whether users have to give it; `null` where the declaration does not say. */
  isRequired: boolean | null;
  /** As written, without spaces that do not matter; `null` where it is not said or not simple. */
  type: string | null;
  /** A literal as written, with double quotes; `null` where there is none or it is computed. */
  default: string | null;
  /** The values that are accepted, where they are listed. */
  choices: readonly string[] | null;
  /** Kept out of the help on purpose: nobody was told of it. */
  isHidden: boolean;
  /** A constant such as `DEFAULT_PORT`: its name is not the users', its value is. */
  isConstant: boolean;
  /** From 1. */
  line: number;
  text: string;
}

/** A setting with what is usual. */
export function aSetting(given: Pick<Setting, "kind" | "name" | "line" | "text"> & Partial<Setting>): Setting {
  return {
    names: [given.name],
    scope: "",
    isRequired: null,
    type: null,
    default: null,
    choices: null,
    isHidden: false,
    isConstant: false,
    ...given,
  };
}

/** `dryRun`, `dry_run` → `dry-run`. */
export function kebab(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/_/g, "-")
    .toLowerCase();
}

/** `-o`, `--output` or `output` → as typed on a command line. */
export function dashed(name: string): string {
  if (name.startsWith("-")) return name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** The longest of the names is the one that documentation uses. */
export function longest(names: readonly string[]): string {
  return names.reduce((one, other) => (other.length > one.length ? other : one), names[0] ?? "");
}

/** Quotes and spaces that do not matter are made the same, so that a formatter changes nothing. */
export function plainText(text: string): string {
  const short = text.slice(0, 300).replace(/\s+/g, " ").trim();
  return short
    .replace(/^'([^'"\\]*)'$/, '"$1"')
    .replace(/^`([^`"\\$]*)`$/, '"$1"')
    .replace(/,\s?([\]})])/g, "$1")
    .replace(/([[({])\s/g, "$1")
    .replace(/\s([\])}])/g, "$1")
    .replace(/'([^'"\\]*)'/g, '"$1"');
}
