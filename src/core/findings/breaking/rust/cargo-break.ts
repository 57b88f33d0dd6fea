/** What a Cargo.toml no longer promises. */

import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import { isInternal, nameOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import { type CargoManifest, readCargoManifest } from "./cargo-toml.ts";

/** Reports what those who depend on a crate lose by its manifest (C1). Crates that are not published promise nothing. */
export const cargoBreak = defineDetector({
  id: "cargo_manifest",
  class: "breaking_change",
  title: "the promises of Cargo.toml",
  why: "Users name the crate, its library and its programs before a line of code is compiled.",
  rules: {
    crate_removed: {
      title: "a crate was removed",
      why: "Whoever depends on it gets no further version.",
      fix: "Publish a last version that says what takes its place.",
    },
    crate_renamed: {
      title: "a crate was renamed",
      why: "Whoever depends on the old name gets no further version.",
      fix: "Publish a last version under the old name that hands on the new crate.",
      example: { language: "toml", diff: ' [package]\n-name = "parser"\n+name = "parser-core"' },
    },
    crate_unpublished: {
      title: "a crate is no longer published",
      why: "Whoever depends on it gets no further version.",
      fix: "Publish a last version that says what takes its place.",
      example: { language: "toml", diff: ' [package]\n name = "parser"\n+publish = false' },
    },
    crate_library_changed: {
      title: "the library of a crate has another name or kind",
      why: "Code that imports it by its name, or links it as that kind, fails.",
      fix: "Keep the name and the kinds until the next major version.",
      example: { language: "toml", diff: ' [lib]\n-crate-type = ["lib", "cdylib"]\n+crate-type = ["lib"]' },
    },
    crate_program_removed: {
      title: "a program of a crate was removed or renamed",
      why: "Scripts that install or call it by its name fail.",
      fix: "Keep a program of the old name that leads to the new one.",
      example: { language: "toml", diff: ' [[bin]]\n-name = "parse"\n+name = "parser"' },
    },
  },
  contents: (files) => files.filter(isManifest).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    const arrived = arrivedCrates(input);
    for (const file of input.files) {
      if (!isManifest(file)) continue;
      const [before, after] = [baseText(input.contents, file), headText(input.contents, file)];
      const base = read(before);
      const head = file.status === "removed" ? null : read(after);
      if (base === "broken" || head === "broken") {
        notAnalysed.push({ path: file.path, why: "it could not be read, so what it promises is unknown" });
      } else if (base !== null) observations.push(...compare(file, base, head, arrived));
    }
    return { observations, notAnalysed };
  },
});

function isManifest(file: ReadFile): boolean {
  return file.leftOut === null && namesOf(file).every((path) => nameOf(path) === "Cargo.toml" && !isInternal(path));
}

/** `null`: there is none; `broken`: not fetched, or no TOML. */
function read(text: string | null | undefined): CargoManifest | null | "broken" {
  if (text === null) return null;
  return (text === undefined ? null : readCargoManifest(text)) ?? "broken";
}

/** Names of crates in manifests that are new: a crate that moved is not gone. */
function arrivedCrates({ files, contents }: DetectorInput): Set<string> {
  const names = files
    .filter((file) => nameOf(file.path) === "Cargo.toml" && file.status !== "removed" && file.status !== "modified")
    .map((file) => read(headText(contents, file)));
  return new Set(
    names.flatMap((manifest) => (manifest === null || manifest === "broken" ? [] : (manifest.name ?? []))),
  );
}

type Change = (
  rule: string,
  strength: Observation["strength"],
  what: string,
  more?: Partial<Observation>,
) => Observation;

function compare(
  file: ReadFile,
  base: CargoManifest,
  head: CargoManifest | null,
  arrived: ReadonlySet<string>,
): Observation[] {
  if (base.isPublished === false) return [];
  const reach: Reach = base.isDescribed || base.name === null ? "public" : "unknown";
  const change: Change = (rule, strength, what, more) => ({
    rule,
    strength: reach === "unknown" && strength === "proven" ? "likely" : strength,
    what,
    path: file.path,
    reach,
    ...more,
  });
  const crate = `crate \`${base.name}\``;
  if (head === null) {
    if (base.name === null || arrived.has(base.name)) return [];
    return [change("crate_removed", "proven", `${crate} was removed`, { side: "base", symbol: base.name })];
  }
  const found: Observation[] = [];
  if (base.name !== null && head.name !== null && base.name !== head.name) {
    found.push(
      change("crate_renamed", "proven", `${crate} was renamed`, {
        before: base.name,
        after: head.name,
        symbol: base.name,
      }),
    );
  }
  if (base.name !== null && head.isPublished === false) {
    found.push(change("crate_unpublished", "likely", `${crate} is no longer published`, { symbol: base.name }));
  }
  found.push(...compareTargets(base, head, change));
  return found.map((observation) => ({ ...observation, line: lineOf(file, observation) }));
}

function compareTargets(base: CargoManifest, head: CargoManifest, change: Change): Observation[] {
  const found: Observation[] = [];
  const [was, is] = [libraryName(base), libraryName(head)];
  if (was !== null && is !== null && was !== is && base.name === head.name) {
    const what = `the library \`${was}\` has another name`;
    found.push(change("crate_library_changed", "proven", what, { before: was, after: is, symbol: was }));
  }
  const lost = base.lib.crateTypes.filter((type) => !head.lib.crateTypes.includes(type) && !isUsual(type, head));
  for (const type of lost) {
    found.push(
      change("crate_library_changed", "likely", `the library is no longer built as \`${type}\``, { before: type }),
    );
  }
  for (const name of base.bins) {
    if (head.bins.includes(name) || name === head.name) continue;
    const what = `program \`${name}\` was removed`;
    found.push(change("crate_program_removed", "likely", what, { before: name, symbol: name }));
  }
  return found;
}

/** A library without a word about its kind is an ordinary one. */
function isUsual(type: string, head: CargoManifest): boolean {
  const isRust = type === "lib" || type === "rlib";
  return (
    isRust && (head.lib.crateTypes.length === 0 || head.lib.crateTypes.some((one) => one === "lib" || one === "rlib"))
  );
}

function libraryName({ name, lib }: CargoManifest): string | null {
  return lib.name ?? (name === null ? null : name.replaceAll("-", "_"));
}

function lineOf(file: ReadFile, { before, after }: Observation): number | null {
  const words = [after, before].filter((text) => typeof text === "string");
  const isNamed = (text: string) => words.some((word) => text.includes(word));
  return file.lines.find(({ kind, text }) => kind === "added" && isNamed(text))?.line ?? null;
}
