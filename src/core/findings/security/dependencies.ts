import { addedDependencyLines } from "../dependency-lines.ts";
import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../detector.ts";
import { isTest, nameOf } from "../file-role.ts";
import { type Ecosystem, lockOf, manifestOf } from "../manifests.ts";
import { lowestMajor, type PackageManifest, readPackageManifest } from "../package-manifest.ts";

/** Run by npm at install, on every machine that installs. @see https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts */
const installScripts = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare"];

/** Reports what a change lets in from outside (C2). */
export const dependencies = defineDetector({
  id: "dependencies",
  class: "security",
  title: "dependencies and lock files",
  why: "A dependency runs with the same power as the code that uses it.",
  rules: {
    dependency_added: {
      title: "a dependency was added",
      why: "Its authors' code now runs here.",
      fix: "Say in the description why it is needed and why this one.",
      looksAt: "Manifests of npm, Python, Go, Rust and others. What is taken from the same repository is left alone.",
    },
    dependency_major_changed: {
      title: "a dependency moved to another major version",
      why: "More than a fix came in.",
      fix: "Read its notes on what breaks, and say what applies here.",
      looksAt: "`package.json`, by the lowest major version that is let in.",
    },
    dependency_source_changed: {
      title: "a dependency now comes from an address instead of the registry",
      why: "An address can serve other code tomorrow, and no registry has a record of it.",
      fix: "Depend on a published version.",
    },
    install_script_changed: {
      title: "a script that runs at install was added or changed",
      why: "It runs on every machine that installs, before anybody looks.",
      fix: "Do without: build before publishing, or run it from a script that is called by hand.",
      looksAt:
        "`preinstall`, `install`, `postinstall` and `prepare` in `package.json`, with what runs before and after them.",
    },
    dependency_manifest_changed: {
      title: "a dependency manifest changed",
      why: "One weak sign; it counts beside others.",
      fix: "Nothing to mend.",
      looksAt: "Manifests in which no line names a new dependency.",
    },
    lock_changed_alone: {
      title: "a lock file changed without its manifest",
      why: "What is installed changed although nobody asked for it; a lock file can point to other code.",
      fix: "Say which command changed it, and why.",
      looksAt: "Lock files of an ecosystem of which no manifest changed.",
    },
  },
  contents: (files) =>
    files.filter((file) => namesOf(file).some((path) => nameOf(path) === "package.json")).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of input.files) {
      if (file.leftOut === "vendored" || isTest(file.path)) continue;
      if (nameOf(file.path) === "package.json") {
        const compared = comparePackage(file, input);
        observations.push(...(Array.isArray(compared) ? compared : fromLines(file)));
        if (!Array.isArray(compared)) notAnalysed.push({ path: file.path, why: compared.why });
      } else if (namesOf(file).some((path) => manifestOf(path) !== null)) observations.push(...fromLines(file));
    }
    observations.push(...lonelyLocks(input.files));
    return { observations, notAnalysed };
  },
});

function comparePackage(file: ReadFile, { contents }: DetectorInput): Observation[] | { why: string } {
  if (file.status === "removed") return [];
  const before = baseText(contents, file);
  const after = headText(contents, file);
  if (typeof after !== "string" || before === undefined) return { why: "the manifest's text was not read" };
  const head = readPackageManifest(after);
  const base = before === null ? null : readPackageManifest(before);
  if (!head) return { why: "the manifest is no JSON object" };
  return [...scripts(file, base, head), ...versions(file, base, head)];
}

function scripts(file: ReadFile, base: PackageManifest | null, head: PackageManifest): Observation[] {
  return installScripts.flatMap((name) => {
    const after = head.scripts[name];
    const before = base?.scripts[name];
    if (after === undefined || after === before) return [];
    return [
      {
        rule: "install_script_changed",
        strength: "proven" as const,
        what: `install script \`${name}\` ${before === undefined ? "was added" : "changed"}`,
        path: file.path,
        line: lineOf(file, `"${name}"`),
        before: before ?? null,
        after,
      },
    ];
  });
}

function versions(file: ReadFile, base: PackageManifest | null, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  for (const [isRuntime, before, after] of [
    [true, base?.dependencies ?? {}, head.dependencies],
    [false, base?.devDependencies ?? {}, head.devDependencies],
  ] as const) {
    for (const [name, wanted] of Object.entries(after)) {
      const had = before[name];
      if (had === wanted) continue;
      const at = { path: file.path, line: lineOf(file, `"${name}"`), before: had ?? null, after: wanted };
      if (isAddress(wanted)) {
        found.push({
          rule: "dependency_source_changed",
          strength: "proven",
          what: `dependency \`${name}\` comes from an address`,
          ...at,
        });
      } else if (had === undefined) {
        if (isInRepository(wanted)) continue;
        const strength = isRuntime ? "likely" : "hint";
        found.push({ rule: "dependency_added", strength, what: `dependency \`${name}\` was added`, ...at });
      } else if (lowestMajor(had) !== lowestMajor(wanted)) {
        const what = `dependency \`${name}\` moved to another major version`;
        found.push({ rule: "dependency_major_changed", strength: "hint", what, ...at });
      }
    }
  }
  return found;
}

function isAddress(range: string): boolean {
  return /^(git|https?|ssh|github|gitlab|bitbucket|gist)[+:]|^[\w.-]+\/[\w.-]+(#|$)/.test(range);
}

function isInRepository(range: string): boolean {
  return /^(workspace|file|link|portal|catalog):/.test(range);
}

function fromLines(file: ReadFile): Observation[] {
  const added = addedDependencyLines(file.lines);
  if (added.length > 0 && file.status !== "added") {
    return added.slice(0, 20).map(({ text, line }) => ({
      rule: "dependency_added",
      strength: "likely",
      what: `\`${nameOf(file.path)}\` names a new dependency`,
      path: file.path,
      line,
      after: text.trim(),
    }));
  }
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
    const what = `\`${file.path}\` changed, and no manifest with it`;
    return [{ rule: "lock_changed_alone", strength: "likely" as const, what, path: file.path }];
  });
}

function lineOf(file: ReadFile, words: string): number | null {
  return file.lines.find(({ kind, text }) => kind === "added" && text.includes(words))?.line ?? null;
}
