import type { Contents } from "../../../snapshot.ts";
import {
  basePath,
  baseText,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import type { Reach, Strength } from "../../finding.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { isModule } from "../javascript/parse-module.ts";
import { manifestsAbove, packageOf } from "../javascript/public-packages.ts";
import { isShippedCode } from "../shipped-files.ts";
import { compareSettings, type Difference } from "./compare-settings.ts";
import { isShippedData } from "./data-settings.ts";
import { maySet, readSettings } from "./read-settings.ts";
import type { Setting } from "./setting.ts";
import { settingRules } from "./setting-rules.ts";

/** Reports flags, arguments, commands and options that users can no longer give, have to give, or that mean something else unset (C1). */
export const settings = defineDetector({
  id: "settings",
  class: "breaking_change",
  title: "flags, options and their defaults",
  why: "Command lines and configuration files of users name them; no compiler tells when one is gone.",
  rules: settingRules,
  grammars: ["python", "go", "rust"],
  contents: (files) =>
    files.some(mayLose) ? files.filter(isRead).flatMap((file) => [...namesOf(file), ...manifestsOf(file)]) : [],
  detect: ({ files, contents }) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    const headOf = rememberHeads(contents);
    const offering = onceAsked(() => offersOf(files.filter(isRead), headOf));
    for (const file of files) {
      if (!mayLose(file)) continue;
      const base = readSide(basePath(file), baseText(contents, file));
      const head = headOf(file);
      if (base === null || head === null) {
        notAnalysed.push({ path: file.path, why: "it could not be read for flags and options" });
        continue;
      }
      const reach = base.length > 0 || head.length > 0 ? reachOf(file, contents) : null;
      if (reach === null) continue;
      const isOffered = ({ kind, names }: Setting) =>
        names.some((name) => [...(offering().get(`${kind} ${name}`) ?? [])].some((other) => other !== file));
      const found = compareSettings(base, head, isOffered).flatMap((one) => observe(file, one, reach));
      observations.push(...fewOfEach(found));
    }
    return { observations, notAnalysed };
  },
});

/** Findings of one rule in one file: where a whole table goes, the first tell enough. */
const perRuleMax = 8;

function fewOfEach(observations: readonly Observation[]): Observation[] {
  const counts = new Map<string, number>();
  return observations.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= perRuleMax;
  });
}

/** Files that users set something by; new ones too, as what is gone elsewhere may have moved there. */
function isRead(file: ReadFile): boolean {
  const path = basePath(file);
  if (file.leftOut !== null || !maySet(path) || !(isShippedCode(path) || isShippedData(path))) return false;
  return (
    file.patch === null ||
    file.lines.some((line) => line.kind !== "context" && declaration.test(line.text.slice(0, 300)))
  );
}

/** Reading costs: only files are followed that lose or replace a line, or add one that demands something. */
function mayLose(file: ReadFile): boolean {
  if (file.status === "added" || file.status === "copied" || !isRead(file)) return false;
  const speaks = ({ kind, text }: PatchLine) =>
    (kind === "removed" && declaration.test(text.slice(0, 300))) ||
    (kind === "added" && /requir|demand|<\w|add_argument\(\s?["']\w/i.test(text.slice(0, 300)));
  return file.patch === null || file.lines.some(speaks);
}

/** What could be a part of a declaration: a name with a value or a type, a string of flags, a call that declares one. */
const declaration =
  /\b(?:option|flag|arg|command|config|setting|default|preset|require|choices|alias|add_argument|long|short)|Flag|Required|\b\w{2,20}:"|\?:|["'`]--?[a-z]|^\s*["']?[\w.$-]{1,80}["']?\s?\??[:=]\s?[^=]|^\s*(?:pub\s)?\w{1,60}:\s|\bname\s?[:=]/i;

function manifestsOf(file: ReadFile): string[] {
  return isModule(file.path) ? manifestsAbove(basePath(file)) : [];
}

function readSide(path: string, text: string | null | undefined): Setting[] | null {
  return text === undefined ? null : text === null ? [] : readSettings(path, text);
}

function rememberHeads(contents: Contents): (file: ReadFile) => Setting[] | null {
  const known = new Map<ReadFile, Setting[] | null>();
  return (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const head = readSide(file.path, file.status === "removed" ? null : headText(contents, file));
    known.set(file, head);
    return head;
  };
}

/** Which of the changed files offer a setting now; asked only once something is gone. */
function offersOf(
  files: readonly ReadFile[],
  headOf: (file: ReadFile) => Setting[] | null,
): ReadonlyMap<string, ReadonlySet<ReadFile>> {
  const offers = new Map<string, Set<ReadFile>>();
  for (const file of files)
    for (const { kind, names } of headOf(file) ?? [])
      for (const name of names) offers.set(`${kind} ${name}`, (offers.get(`${kind} ${name}`) ?? new Set()).add(file));
  return offers;
}

function onceAsked<T>(answer: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: answer() };
    return known.value;
  };
}

/** @returns `null` where nobody outside is reached: a private package; `public` where it installs commands */
function reachOf(file: ReadFile, contents: Contents): Reach | null {
  if (!isModule(file.path)) return "unknown";
  const found = packageOf(basePath(file), contents.base);
  if (typeof found === "string") return "unknown";
  if (found.manifest.isPrivate) return null;
  return [...found.manifest.entries.keys()].some((entry) => entry.startsWith("bin:")) ? "public" : "unknown";
}

/** Of flags and commands; options hide behind many names, and never give more than a hint. */
const strengthOf: Readonly<Record<Difference["kind"], Strength>> = {
  removed: "likely",
  renamed: "likely",
  made_required: "likely",
  required_added: "likely",
  type_changed: "hint",
  default_changed: "hint",
  choices_narrowed: "likely",
};

function observe(file: ReadFile, difference: Difference, reach: Reach): Observation[] {
  const { kind, before, after } = difference;
  const setting = before ?? after;
  const rule = ruleOf(difference);
  if (setting === null || rule === null) return [];
  const at =
    after === null
      ? { path: basePath(file), line: before.line, side: "base" as const }
      : { path: file.path, line: after.line, counterLine: before?.line ?? null };
  const isGone = kind === "removed" || kind === "renamed";
  // Of a removed file the declarations may go on elsewhere, in a way that is not read.
  const isProven =
    isGone &&
    file.status !== "removed" &&
    reach === "public" &&
    (setting.kind === "flag" || setting.kind === "command");
  const isWeak = setting.kind === "option" || setting.kind === "argument";
  const strength = isProven ? "proven" : isWeak ? "hint" : strengthOf[kind];
  return [{ rule, strength, reach, symbol: setting.name, what: whatOf(difference), ...shown(difference), ...at }];
}

function ruleOf({ kind, before, after }: Difference): string | null {
  const noun = (before ?? after)?.kind;
  const rule = kind === "required_added" ? `required_${noun}_added` : `${noun}_${kind}`;
  return Object.hasOwn(settingRules, rule) ? rule : null;
}

function shown({ kind, before, after }: Difference): Pick<Observation, "before" | "after"> {
  if (kind === "default_changed") return { before: before.default, after: after.default };
  if (kind === "type_changed") return { before: before.type, after: after.type };
  return { before: before?.text ?? null, after: after?.text ?? null };
}

function whatOf(difference: Difference): string {
  const { kind, before, after } = difference;
  const setting = before ?? after;
  const name = `${setting?.kind} \`${setting?.name.replaceAll("`", "'").slice(0, 100)}\``;
  switch (kind) {
    case "removed":
      return `${name} was removed`;
    case "renamed":
      return `${name} was renamed to \`${after.name.slice(0, 100)}\``;
    case "made_required":
      return `${name} has to be given now`;
    case "required_added":
      return `${name} was added and has to be given`;
    case "type_changed":
      return `${name} takes another type`;
    case "default_changed":
      return `the default of ${name} changed from \`${cut(before.default)}\` to \`${cut(after.default)}\``;
    case "choices_narrowed":
      return `${name} accepts fewer values`;
  }
}

function cut(value: string | null): string {
  return (value ?? "").replaceAll("`", "'").slice(0, 60);
}
