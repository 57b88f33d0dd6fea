import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../detector.ts";
import { isInternal, nameOf } from "../file-role.ts";
import { lowestMajor, type PackageManifest, readPackageManifest } from "../package-manifest.ts";

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
      looksAt: "`exports`, `main`, `module`, `types` and `bin` of a published package's `package.json`.",
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
      looksAt: "The files that `exports`, `main`, `module`, `types` and `bin` of a published package lead to.",
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
        "`node`, `bun`, `deno` and `vscode` under `engines` of a published package, by the lowest version that is let in.",
    },
    peer_dependency_raised: {
      title: "a peer dependency is needed in a newer version",
      why: "Users have to upgrade it too.",
      fix: "Keep the older range beside the new one: `^1.0.0 || ^2.0.0`.",
      looksAt:
        "`peerDependencies` of a published package, by the lowest major version that is let in; optional ones are left alone.",
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
      if (nameOf(file.path) !== "package.json" || file.leftOut === "vendored" || isInternal(file.path)) continue;
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
    strength: "proven",
    what,
    path: file.path,
    ...more,
  });
  const after = file.status === "removed" ? null : headText(contents, file);
  if (after === null) return [promise("package_removed", `package \`${base.name}\` was removed`, { side: "base" })];
  const head = after === undefined ? null : readPackageManifest(after);
  if (!head) return [];
  const found: Observation[] = [...entries(file, base, head), ...ranges(file, base, head)];
  if (base.name !== null && head.name !== base.name) {
    found.push(
      promise("package_renamed", `package \`${base.name}\` was renamed`, { before: base.name, after: head.name }),
    );
  }
  if ((base.type ?? "commonjs") !== (head.type ?? "commonjs")) {
    found.push(
      promise("package_type_changed", "the module type changed", {
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
  return found.map((observation) => ({ line: lineOf(file, observation), ...observation }));
}

function entries(file: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  const at = { path: file.path };
  for (const [entry, files] of base.entries) {
    const now = head.entries.get(entry);
    if (now === undefined) {
      const what = `entry point \`${entry}\` was removed`;
      found.push({ rule: "package_entry_removed", strength: "proven", what, before: `${entry}: ${files[0]}`, ...at });
      continue;
    }
    const lost = [...(base.conditions.get(entry) ?? [])].find(
      (condition) => isPromise(condition) && !offers(head, entry, condition),
    );
    if (lost !== undefined) {
      const what = `entry point \`${entry}\` no longer has \`${lost}\``;
      found.push({ rule: "package_entry_removed", strength: "proven", what, before: `${entry}: ${lost}`, ...at });
    } else if (now[0] !== files[0]) {
      const what = `entry point \`${entry}\` leads to another file`;
      found.push({
        rule: "package_entry_changed",
        strength: "hint",
        what,
        before: files[0] ?? null,
        after: now[0] ?? null,
        ...at,
      });
    }
  }
  if (!base.hasExports && head.hasExports && !head.entries.has("./*")) {
    found.push({
      rule: "package_exports_closed",
      strength: "likely",
      what: "`exports` closes every path that it does not list",
      ...at,
    });
  }
  return found;
}

/** `types` and build conditions come and go; how a module can be loaded is a promise. */
function isPromise(condition: string): boolean {
  return condition === "require" || condition === "import" || condition === "browser" || condition === "node";
}

function offers(head: PackageManifest, entry: string, condition: string): boolean {
  const conditions = head.conditions.get(entry);
  if (!conditions || conditions.has(condition)) return true;
  // `default`, or a plain file, answers every condition, but a module loaded by `require` only on recent engines.
  if (condition === "require") return conditions.has("default") && conditions.has("import");
  return conditions.has("default") || conditions.size === 0;
}

function ranges(file: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  for (const [engine, range] of Object.entries(head.engines)) {
    const had = base.engines[engine];
    if (had === range || (engine !== "node" && engine !== "bun" && engine !== "deno" && engine !== "vscode")) continue;
    if (!isRaised(had, range)) continue;
    const what = `engine \`${engine}\` is needed in a newer version`;
    found.push({
      rule: "engines_raised",
      strength: "proven",
      what,
      path: file.path,
      before: had ?? null,
      after: range,
    });
  }
  for (const [peer, range] of Object.entries(head.peerDependencies)) {
    const had = base.peerDependencies[peer];
    if (had === range || head.optionalPeers.has(peer)) continue;
    if (had === undefined ? base.dependencies[peer] !== undefined : !isMajorRaised(had, range)) continue;
    const what =
      had === undefined
        ? `peer dependency \`${peer}\` is now needed`
        : `peer dependency \`${peer}\` is needed in a newer version`;
    found.push({
      rule: "peer_dependency_raised",
      strength: had === undefined ? "likely" : "proven",
      what,
      path: file.path,
      before: had ?? null,
      after: range,
    });
  }
  return found;
}

/** Holds when the lowest version let in went up: `>=18` → `>=20`, `^18 || ^20` → `^20`, `>=20.0` → `>=20.9`. */
function isRaised(had: string | undefined, range: string): boolean {
  const now = lowestMajor(range);
  if (now === null) return false;
  if (had === undefined || isMajorRaised(had, range)) return true;
  return now === lowestMajor(had) && minorOf(range) > minorOf(had);
}

function isMajorRaised(had: string, range: string): boolean {
  const [before, now] = [lowestMajor(had), lowestMajor(range)];
  return before !== null && now !== null && now > before;
}

function minorOf(range: string): number {
  return Number(/\d{1,6}\.(\d{1,6})/.exec(range.slice(0, 100))?.[1] ?? 0);
}

function majorOf(version: string | null): number | null {
  const major = /^v?(\d{1,6})\./.exec(version ?? "")?.[1];
  return major === undefined ? null : Number(major);
}

function lineOf(file: ReadFile, { before, after }: Observation): number | null {
  const words = [after, before].filter((text) => typeof text === "string");
  return (
    file.lines.find(({ kind, text }) => kind === "added" && words.some((word) => text.includes(word)))?.line ?? null
  );
}
