import { defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import { isFixture, isTest } from "../../file-role.ts";
import type { Strength } from "../../finding.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { editsOf, trimmed } from "./edits.ts";
import { isLower, listsTestedVersions, neededVersion, testedVersions } from "./runtime-lines.ts";

/** Reports languages, runtimes and systems that users need in a newer version, or that are no longer tested (C1). */
export const runtimes = defineDetector({
  id: "runtimes",
  class: "breaking_change",
  title: "supported languages and runtimes",
  why: "Users on an older version cannot take the next release.",
  rules: {
    python_version_raised: {
      title: "a newer Python is needed",
      why: "Older ones refuse to install it.",
      looksAt: "`requires-python`, `python_requires` and the like in manifests.",
      example: { language: "toml", diff: '-requires-python = ">=3.8"\n+requires-python = ">=3.10"' },
    },
    rust_version_raised: {
      title: "a newer Rust is needed",
      why: "Older compilers refuse to build it. Projects differ in whether they call that breaking.",
      looksAt: "`rust-version` in Cargo.toml and `msrv` of clippy.",
    },
    rust_edition_raised: { title: "the Rust edition went up", why: "It needs a newer compiler." },
    go_version_raised: {
      title: "a newer Go is needed",
      why: "Older toolchains refuse to build it, or fetch another one.",
    },
    java_version_raised: { title: "a newer Java is needed", why: "Older virtual machines cannot load it." },
    ruby_version_raised: { title: "a newer Ruby is needed", why: "Older ones refuse to install it." },
    php_version_raised: { title: "a newer PHP is needed", why: "Older ones refuse to install it." },
    compile_target_raised: {
      title: "the code is compiled for newer engines",
      why: "Older engines and browsers do not understand what comes out.",
    },
    base_image_raised: {
      title: "the base image moved to another major version",
      why: "What users run or build upon in the image may be gone or changed.",
    },
    runtime_file_raised: {
      title: "the project is worked on with a newer runtime",
      why: "One weak sign that older ones are no longer supported.",
      looksAt: "`.nvmrc`, `.node-version`, `.python-version`, `.ruby-version`.",
    },
    tested_version_dropped: {
      title: "a version is no longer tested",
      why: "What is not tested is rarely supported.",
      looksAt:
        "Versions of runtimes that workflow files and test matrices named before and no longer do, below every version that they name now.",
      example: { language: "yaml", diff: "-node-version: [18, 20, 22]\n+node-version: [20, 22]" },
    },
  },
  detect: ({ files }) => ({ observations: oncePerVersion(files.flatMap(observe)) }),
});

/** Rules about what an installer or compiler enforces; the others are signs. */
const strengthOf: Readonly<Record<string, Strength>> = {
  python_version_raised: "proven",
  rust_version_raised: "likely",
  ruby_version_raised: "proven",
  php_version_raised: "proven",
  java_version_raised: "likely",
};

function observe(file: ReadFile): Observation[] {
  if (file.status === "added" || file.leftOut === "vendored" || isTest(file.path) || isFixture(file.path)) return [];
  return listsTestedVersions(file.path) ? droppedVersions(file) : raisedVersions(file);
}

/** A version that several workflows drop is dropped once: told where it says most. */
function oncePerVersion(all: readonly Observation[]): Observation[] {
  const isDropped = ({ rule }: Observation) => rule === "tested_version_dropped";
  const dropped = all.filter(isDropped);
  return all.filter((one) => {
    if (!isDropped(one)) return true;
    const same = dropped.filter(({ symbol }) => symbol === one.symbol);
    return one === (same.find(({ strength }) => strength === "likely") ?? same[0]);
  });
}

function raisedVersions(file: ReadFile): Observation[] {
  const found = new Map<string, Observation>();
  for (const { removed, added } of editsOf(file)) {
    for (const before of removed) {
      const was = neededVersion(file.path, before.text);
      if (was === null) continue;
      for (const after of added) {
        const is = neededVersion(file.path, after.text);
        if (is === null || is.rule !== was.rule || is.of !== was.of || !isRaised(was.rule, was.version, is.version))
          continue;
        const what = `${is.of} is needed in version ${is.version}, before ${was.version}`;
        found.set(was.rule, {
          ...observation(file, was.rule, before, after),
          what: is.rule === "runtime_file_raised" ? `the project is worked on with ${is.of} ${is.version}` : what,
        });
      }
    }
  }
  return [...found.values()];
}

/** Images and development runtimes move all the time; only another major version says something. */
function isRaised(rule: string, before: string, after: string): boolean {
  const isMajorOnly = rule === "base_image_raised" || rule === "runtime_file_raised";
  return isMajorOnly ? isLower(majorOf(before), majorOf(after)) : isLower(before, after);
}

function majorOf(version: string): string {
  return version.split(".", 1)[0] ?? version;
}

/** Only what is older than everything still tested: a version between may have been taken out to save time. */
function droppedVersions(file: ReadFile): Observation[] {
  const before = new Map<string, PatchLine>();
  const after = new Set<string>();
  const around: string[] = [];
  for (const line of file.lines) {
    const versions = testedVersions(line.text, around.slice(-12));
    around.push(line.text);
    for (const version of versions) {
      if (line.kind !== "added" && !before.has(version)) before.set(version, line);
      if (line.kind !== "removed") after.add(version);
    }
  }
  for (const [version, line] of before) {
    const [runtime, number] = splitVersion(version);
    const still = [...after].map(splitVersion).filter(([name]) => name === runtime);
    if (still.length === 0 || !still.every(([, other]) => isLower(number, other))) continue;
    const what = `${version} is no longer tested`;
    // A single version that was raised may only be what the project is built with.
    const isListed = /^\s*-\s|\[/.test(line.text);
    const seen = observation(file, "tested_version_dropped", line, null);
    return [{ ...seen, strength: isListed ? "likely" : "hint", what, symbol: version }];
  }
  return [];
}

function splitVersion(version: string): [runtime: string, number: string] {
  const space = version.lastIndexOf(" ");
  return [version.slice(0, space), version.slice(space + 1)];
}

function observation(
  file: ReadFile,
  rule: string,
  before: PatchLine,
  after: PatchLine | null,
): Omit<Observation, "what"> {
  const seen = { rule, strength: strengthOf[rule] ?? "hint", before: trimmed(before).slice(0, 200), path: file.path };
  if (after === null) return { ...seen, line: before.line, side: "base" };
  return { ...seen, line: after.line, counterLine: before.line, after: trimmed(after).slice(0, 200) };
}
