import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../detector.ts";
import { isInternal, isTemplate, nameOf } from "../file-role.ts";
import { isUncompiled, type PackageManifest, readPackageManifest } from "../package-manifest.ts";
import { entryObservations } from "./package-entries.ts";
import { rangeObservations } from "./package-ranges.ts";
import { reachObservations } from "./package-reach.ts";
import { typesObservations } from "./package-types.ts";

/** Reports what a package.json no longer promises (C1). Private packages promise nothing. */
export const packageBreak = defineDetector({
  id: "package_break",
  class: "breaking_change",
  title: "the promises of package.json",
  why: "Users resolve entry points, engines and peers from it before a line of code runs.",
  rules: {
    package_removed: {
      title: "a published package was removed",
      why: "Whoever depends on it gets no further version.",
      fix: "Publish a last version marked as deprecated that names its successor.",
      looksAt: "The `package.json` of packages that are published: not `private`, and with a name.",
    },
    package_renamed: {
      title: "a published package was renamed",
      why: "Whoever depends on the old name gets no further version.",
      fix: "Publish a last version under the old name that leads to the new one.",
      looksAt: "The `name` of a published package's `package.json`.",
    },
    package_entry_removed: {
      title: "an entry point was removed",
      why: "Imports of it fail.",
      fix: "Keep the entry and let it lead to the new place.",
      looksAt:
        "`exports`, `main`, `module`, `types` and `bin` of a published package's `package.json`, and the paths of `typesVersions`, one version of TypeScript after the other. A path that only `typesVersions` no longer has is asked about: its types may lie where they are found without it. Where `exports` still has types for it, or never listed it, it is mentioned only.",
    },
    package_exports_closed: {
      title: "`exports` was introduced",
      why: "Files that could be imported by their path no longer can.",
      fix: "List the paths that people use.",
      looksAt:
        'Published packages that had no `exports` before; with `\\"./*\\": \\"./*\\"` everything stays open and nothing is said.',
    },
    package_entry_changed: {
      title: "an entry point leads to another file",
      why: "Harmless when that file offers the same.",
      fix: "Check that the new file offers every name of the old one.",
      looksAt:
        "The files that `exports`, `main`, `module`, `types`, `typesVersions` and `bin` of a published package lead to.",
    },
    package_type_changed: {
      title: "the module type changed",
      why: "`require` of a module, or `import` of a script, fails or means something else.",
      fix: "Offer both with conditions in `exports`: `import` and `require`.",
      looksAt: "`type` in the `package.json` of a published package.",
    },
    engines_raised: {
      title: "a newer engine is needed",
      why: "Older ones refuse to install or fail to run.",
      fix: "Keep the older engine until the next major version, or release this as one.",
      looksAt:
        "`node`, `bun`, `deno` and `vscode` under `engines` of a published package, by the versions that are no longer let in. Raised by a patch only, or stated for the first time, it is asked about.",
    },
    peer_dependency_raised: {
      title: "a peer dependency is needed in a newer version",
      why: "Users have to upgrade it too.",
      fix: "Keep the older range beside the new one: `^1.0.0 || ^2.0.0`.",
      looksAt:
        "`peerDependencies` of a published package, by the major versions that are no longer let in; optional ones are left alone.",
    },
    package_files_narrowed: {
      title: "fewer files are published",
      why: "Whoever loads one of them by its path no longer finds it.",
      fix: "Keep publishing what people load by its path.",
      looksAt: "`files` of a published package; a list where there was none counts too.",
    },
    package_side_effects_changed: {
      title: "`sideEffects` changed",
      why: "Bundlers drop modules that are said to have none, also those that users relied on being run.",
      fix: "Name the modules that have to be run.",
      looksAt: "`sideEffects` of a published package.",
    },
    package_platforms_restricted: {
      title: "fewer platforms are supported",
      why: "Installing it elsewhere fails.",
      fix: "Keep the platform until the next major version.",
      looksAt: "`os` and `cpu` of a published package.",
    },
    package_major_bumped: {
      title: "the version's major number went up",
      why: "The author declared a breaking release.",
      fix: "Nothing to mend if the release is meant to break; otherwise raise the minor number.",
      looksAt: "`version` in the `package.json` of a published package.",
    },
  },
  contents: (files) =>
    files.filter((file) => namesOf(file).some((path) => nameOf(path) === "package.json")).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    for (const file of input.files) {
      if (nameOf(file.path) !== "package.json" || file.leftOut === "vendored") continue;
      if (isInternal(file.path) || isTemplate(file.path)) continue;
      observations.push(...compare(file, input));
    }
    return { observations };
  },
});

/** Texts that are missing or broken are named by the detector of dependencies, which reads the same files. */
function compare(file: ReadFile, { contents }: DetectorInput): Observation[] {
  const before = baseText(contents, file);
  const base = typeof before === "string" ? readPackageManifest(before) : null;
  // Nothing without a name can be published: such a manifest only says how its folder is read.
  if (!base || base.isPrivate || base.name === null) return [];
  const promise = (rule: string, what: string, more: Partial<Observation> = {}): Observation => ({
    rule,
    strength: isUncompiled(base) ? "likely" : "proven",
    what,
    path: file.path,
    ...more,
  });
  const after = file.status === "removed" ? null : headText(contents, file);
  if (after === null) return [promise("package_removed", `package \`${base.name}\` was removed`, { side: "base" })];
  const head = after === undefined ? null : readPackageManifest(after);
  if (!head) return [];
  if (head.isPrivate) {
    const what = `package \`${base.name}\` is no longer published`;
    return [promise("package_removed", what, { line: lineWith(file, '"private"'), after: '"private": true' })];
  }
  const found: Observation[] = [
    ...entryObservations(file, base, head),
    ...typesObservations(file, base, head),
    ...rangeObservations(file, base, head),
    ...reachObservations(file, base, head),
  ];
  if (base.name !== null && head.name !== base.name) {
    found.push(
      promise("package_renamed", `package \`${base.name}\` was renamed`, { before: base.name, after: head.name }),
    );
  }
  if ((base.type ?? "commonjs") !== (head.type ?? "commonjs")) {
    found.push(
      promise("package_type_changed", "the module type changed", {
        // Where every file says itself what it is, the type says nothing.
        strength: saysItself(base) && saysItself(head) ? "hint" : "proven",
        before: base.type ?? "commonjs",
        after: head.type ?? "commonjs",
      }),
    );
  }
  const [was, is] = [majorOf(base.version), majorOf(head.version)];
  if (was !== null && is !== null && is > was) {
    found.push(
      promise("package_major_bumped", "the version's major number went up", {
        before: base.version,
        after: head.version,
        isDeclared: true,
      }),
    );
  }
  // Nobody outside is seen to install what leads to its sources.
  const isDoubtful = isUncompiled(base);
  return found.map((observation) => ({
    line: lineOf(file, observation),
    ...observation,
    strength: isDoubtful && observation.strength === "proven" ? "likely" : observation.strength,
  }));
}

function majorOf(version: string | null): number | null {
  const major = /^v?(\d{1,6})\./.exec(version ?? "")?.[1];
  return major === undefined ? null : Number(major);
}

function saysItself({ entries }: PackageManifest): boolean {
  const modules = [...entries.values()].flat();
  return modules.length > 0 && modules.every((target) => /\.([cm][jt]s|json|css|wasm)$/.test(target));
}

function lineWith(file: ReadFile, word: string): number | null {
  return file.lines.find(({ kind, text }) => kind === "added" && text.includes(word))?.line ?? null;
}

function lineOf(file: ReadFile, { before, after }: Observation): number | null {
  const words = [after, before].filter((text) => typeof text === "string");
  return (
    file.lines.find(({ kind, text }) => kind === "added" && words.some((word) => text.includes(word)))?.line ?? null
  );
}
