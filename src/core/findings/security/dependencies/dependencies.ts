import { addedDependencyLines } from "../../dependency-lines.ts";
import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import { isTest, nameOf } from "../../file-role.ts";
import { type Ecosystem, lockOf, manifestOf } from "../../manifests.ts";
import { readPackageManifest } from "../../package-manifest.ts";
import { compareDeclared, lineOf } from "./compare-declared.ts";
import { needsText, readChangedLines, readDeclared } from "./declared.ts";
import { dependencyRules } from "./dependency-rules.ts";
import { isPlainUpdate, lockFacts } from "./lock-lines.ts";
import { locksToLookFor, lonelyManifests } from "./lonely-manifests.ts";

/** Run by npm at install, on every machine that installs. @see https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts */
const installScripts = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare"];

/** Reports what a change lets in from outside (C2). */
export const dependencies = defineDetector({
  id: "dependencies",
  class: "security",
  title: "dependencies and lock files",
  why: "A dependency runs with the same power as the code that uses it.",
  rules: dependencyRules,
  contents: (files) => [
    ...files.filter((file) => isOwn(file) && namesOf(file).some(needsText)).flatMap(namesOf),
    ...locksToLookFor(files.filter(isOwn), files),
  ],
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of input.files) {
      if (!isOwn(file)) continue;
      if (lockOf(file.path) !== null && file.status !== "removed") observations.push(...lockFacts(file));
      if (!namesOf(file).some((path) => manifestOf(path) !== null)) continue;
      const compared = compareManifest(file, input);
      if (Array.isArray(compared)) observations.push(...compared);
      else {
        observations.push(...fromLines(file));
        notAnalysed.push({ path: file.path, why: compared.why });
      }
    }
    observations.push(...lonelyLocks(input.files), ...lonelyManifests(input, observations));
    return { observations, notAnalysed };
  },
});

function isOwn(file: ReadFile): boolean {
  return file.leftOut !== "vendored" && !isTest(file.path);
}

function compareManifest(file: ReadFile, input: DetectorInput): Observation[] | { why: string } {
  if (file.status === "removed") return [];
  const byLine = readChangedLines(file.path, file.lines);
  if (byLine !== null)
    return orChanged(file, [...compareDeclared(file, byLine.base, byLine.head), ...otherIndexes(file)]);
  if (!needsText(file.path)) return fromLines(file);
  const before = baseText(input.contents, file);
  const after = headText(input.contents, file);
  if (typeof after !== "string" || before === undefined) return { why: "the manifest's text was not read" };
  const head = readDeclared(file.path, after);
  const base = before === null ? new Map() : (readDeclared(file.path, before) ?? new Map());
  if (head === null)
    return {
      why: nameOf(file.path) === "package.json" ? "the manifest is no JSON object" : "the manifest is no readable TOML",
    };
  const compared = compareDeclared(file, base, head);
  return nameOf(file.path) === "package.json"
    ? [...scripts(file, before, after), ...compared]
    : orChanged(file, compared);
}

function scripts(file: ReadFile, before: string | null, after: string): Observation[] {
  const had = before === null ? undefined : readPackageManifest(before)?.scripts;
  const has = readPackageManifest(after)?.scripts ?? {};
  return installScripts.flatMap((name) => {
    const script = has[name];
    const old = had?.[name];
    if (script === undefined || script === old) return [];
    return [
      {
        rule: "install_script_changed",
        strength: "proven" as const,
        what: `install script \`${name}\` ${old === undefined ? "was added" : "changed"}`,
        path: file.path,
        line: lineOf(file, `"${name}"`),
        before: old ?? null,
        after: script,
        symbol: name,
      },
    ];
  });
}

/** Requirements may say from where everything is installed. */
function otherIndexes(file: ReadFile): Observation[] {
  const index = /^\s*(?:-i|--index-url|--extra-index-url|--trusted-host|--find-links|-f)[ =]+(\S{1,300})/;
  const before = new Set(file.lines.flatMap(({ kind, text }) => (kind === "added" ? [] : [index.exec(text)?.[1]])));
  return file.lines.flatMap(({ kind, text, line }) => {
    const address = kind === "added" ? index.exec(text)?.[1] : undefined;
    if (address === undefined || before.has(address)) return [];
    const what = `\`${file.path}\` installs from another index`;
    return [
      {
        rule: "dependency_source_changed",
        strength: "proven" as const,
        what,
        path: file.path,
        line,
        after: text.trim(),
      },
    ];
  });
}

function fromLines(file: ReadFile): Observation[] {
  const added = file.status === "added" ? [] : addedDependencyLines(file.lines);
  return orChanged(
    file,
    added.slice(0, 20).map(({ text, line }) => ({
      rule: "dependency_added",
      strength: "likely",
      what: `\`${nameOf(file.path)}\` names a new dependency`,
      path: file.path,
      line,
      after: text.trim(),
    })),
  );
}

function orChanged(file: ReadFile, found: Observation[]): Observation[] {
  if (found.length > 0) return found;
  return [{ rule: "dependency_manifest_changed", strength: "hint", what: `\`${file.path}\` changed`, path: file.path }];
}

function lonelyLocks(files: readonly ReadFile[]): Observation[] {
  const declared = new Set<Ecosystem>();
  for (const file of files) {
    for (const path of namesOf(file)) {
      const ecosystem = manifestOf(path);
      if (ecosystem !== null) declared.add(ecosystem);
    }
  }
  return files.flatMap((file) => {
    const ecosystem = lockOf(file.path);
    if (ecosystem === null || declared.has(ecosystem) || isTest(file.path) || file.status === "removed") return [];
    const strength = isPlainUpdate(file) ? "hint" : "likely";
    const what = `\`${file.path}\` changed, and no manifest with it`;
    return [{ rule: "lock_changed_alone", strength: strength as "hint" | "likely", what, path: file.path }];
  });
}
