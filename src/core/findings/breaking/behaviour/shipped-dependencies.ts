import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import { isFixture, isTest, nameOf } from "../../file-role.ts";
import type { Strength } from "../../finding.ts";
import { isShippedManifest, readShipped, type ShippedManifest } from "./shipped-manifests.ts";

/** Reports what a published manifest ships otherwise: features, extras, commands, and dependencies that users get along (C1). */
export const shippedDependencies = defineDetector({
  id: "shipped_dependencies",
  class: "breaking_change",
  title: "what a package ships with",
  why: "Users choose features and extras by name, and get the dependencies along.",
  rules: {
    feature_removed: {
      title: "a feature or extra was removed",
      why: "Builds and installations that ask for it fail.",
      fix: "Keep the name as an empty feature, or one that turns on what took its place.",
      looksAt: "`[features]` of Cargo.toml, optional dependencies among them, and extras in pyproject.toml.",
      example: { language: "toml", diff: " [features]\n-cache = []\n retry = []" },
    },
    default_feature_removed: {
      title: "a feature is no longer on by default",
      why: "Users who name no features lose what it brought.",
      looksAt: "The `default` list in `[features]` of Cargo.toml.",
    },
    command_entry_removed: {
      title: "an installed command was removed",
      why: "Scripts that run it no longer find it.",
      looksAt: "`[project.scripts]` in pyproject.toml; `bin` of package.json has a rule of its own.",
    },
    runtime_dependency_major_raised: {
      title: "a dependency that users get along moved to another major version",
      why: "Where its types or behaviour show through, users are broken too.",
      looksAt:
        "Dependencies that are installed with the package, not those of development. Below 1.0 the second number counts.",
      example: {
        language: "json",
        diff: '   "dependencies": {\n-    "marked": "^4.0.0"\n+    "marked": "^5.0.0"\n   }',
      },
    },
    own_dependency_major_raised: {
      title: "a dependency of the same family moved to another major version",
      why: "Packages of one family are parts of one product: what breaks in the part breaks in the whole.",
      fix: "Look at what the part breaks, and release the whole as a major version too where it shows through.",
      looksAt:
        "Runtime dependencies of a published package whose scope is the package's own scope or name, such as `@acme/core` of `@acme/cli` or of `acme`.",
      example: {
        language: "json",
        diff: '   "dependencies": {\n-    "@acme/core": "^4.0.0"\n+    "@acme/core": "^5.0.0"\n   }',
      },
    },
    runtime_dependency_removed: {
      title: "a dependency that users got along was removed",
      why: "What it did is done otherwise now, and code that leaned on its being there no longer finds it.",
    },
  },
  contents: (files) => files.filter(mayShip).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    const offered = offeredLines(input.files);
    for (const file of input.files) {
      if (!mayShip(file)) continue;
      const found = compare(file, input, offered);
      if (Array.isArray(found)) observations.push(...found);
      else notAnalysed.push({ path: file.path, why: found.why });
    }
    return { observations, notAnalysed };
  },
});

function mayShip(file: ReadFile): boolean {
  return (
    isShippedManifest(file.path) &&
    (file.status === "modified" || file.status === "renamed") &&
    file.leftOut !== "vendored" &&
    !isTest(file.path) &&
    !isFixture(file.path) &&
    (file.patch === null || file.lines.some(({ kind }) => kind === "removed"))
  );
}

/** Lines added to manifests and workspaces: a feature that stands there now has moved. */
function offeredLines(files: readonly ReadFile[]): string[] {
  return files
    .filter(({ path }) => isShippedManifest(path))
    .flatMap(({ lines }) => lines.flatMap(({ kind, text }) => (kind === "added" ? [text.slice(0, 1000)] : [])));
}

function compare(
  file: ReadFile,
  { contents }: DetectorInput,
  offered: readonly string[],
): Observation[] | { why: string } {
  const before = baseText(contents, file);
  const after = headText(contents, file);
  if (typeof before !== "string" || typeof after !== "string") return { why: "the manifest's text was not read" };
  const base = readShipped(file.path, before);
  const head = readShipped(file.path, after);
  if (base === null || head === null) return { why: "the manifest could not be read" };
  if (base.isPrivate) return [];
  return [...features(file, base, head, offered), ...commands(file, base, head), ...dependencies(file, base, head)];
}

function features(
  file: ReadFile,
  base: ShippedManifest,
  head: ShippedManifest,
  offered: readonly string[],
): Observation[] {
  const found: Observation[] = [];
  const noun = nameOf(file.path) === "Cargo.toml" ? "feature" : "extra";
  for (const name of base.features.keys()) {
    if (
      head.features.has(name) ||
      name === "default" ||
      /^_|internal|unstable|^dev$|^test(s|ing)?$|^docs?$/i.test(name)
    )
      continue;
    const line = lineOf(file, "removed", name);
    const hasMoved = offered.some((text) => text.includes(name));
    const strength = hasMoved ? "hint" : "likely";
    found.push(state(file, "feature_removed", strength, `${noun} \`${name}\` was removed`, name, line));
  }
  const still = new Set(head.features.get("default") ?? []);
  for (const name of base.features.get("default") ?? []) {
    if (still.has(name) || !head.features.has("default") || !head.features.has(name)) continue;
    const what = `feature \`${name}\` is no longer on by default`;
    found.push(state(file, "default_feature_removed", "likely", what, name, lineOf(file, "removed", name)));
  }
  return found;
}

function commands(file: ReadFile, base: ShippedManifest, head: ShippedManifest): Observation[] {
  return [...base.commands.keys()]
    .filter((name) => !head.commands.has(name))
    .map((name) =>
      state(
        file,
        "command_entry_removed",
        "proven",
        `installed command \`${name}\` was removed`,
        name,
        lineOf(file, "removed", name),
      ),
    );
}

function dependencies(file: ReadFile, base: ShippedManifest, head: ShippedManifest): Observation[] {
  const found: Observation[] = [];
  for (const [name, range] of base.dependencies) {
    const now = head.dependencies.get(name);
    const line = lineOf(file, "removed", name);
    if (now === undefined) {
      const what = `dependency \`${name}\` was removed`;
      found.push(state(file, "runtime_dependency_removed", "hint", what, name, line));
      continue;
    }
    const [was, is] = [breakingPart(range), breakingPart(now)];
    if (was === null || is === null || was >= is) continue;
    const [rule, strength] = isOfFamily(name, base.name)
      ? (["own_dependency_major_raised", "likely"] as const)
      : (["runtime_dependency_major_raised", "hint"] as const);
    const what = `dependency \`${name}\` moved to another major version`;
    found.push({
      ...state(file, rule, strength, what, name, line),
      before: range.slice(0, 100),
      after: now.slice(0, 100),
    });
  }
  return found;
}

/** `@acme/core` belongs to `@acme/cli` and to `acme`. */
function isOfFamily(dependency: string, name: string | null): boolean {
  const scope = /^(@[^/]{1,100}\/)/.exec(dependency)?.[1];
  if (scope === undefined || name === null || scope === "@types/") return false;
  return name.startsWith(scope) || `@${name}/` === scope;
}

/** The part of the lowest version whose rise may break: the major number, below 1.0 the minor one; comparable as a number. */
function breakingPart(range: string): number | null {
  const found = /(\d{1,6})(?:\.(\d{1,6}))?/.exec(range.slice(0, 200));
  if (found === null) return null;
  const major = Number(found[1]);
  return major > 0 ? major * 1_000_000 : Number(found[2] ?? 0);
}

function lineOf(file: ReadFile, kind: "added" | "removed", name: string) {
  return file.lines.find((line) => line.kind === kind && line.text.slice(0, 1000).includes(name)) ?? null;
}

function state(
  file: ReadFile,
  rule: string,
  strength: Strength,
  what: string,
  symbol: string,
  line: ReadFile["lines"][number] | null,
): Observation {
  const at = { path: file.path, line: line?.line ?? null, side: "base" as const };
  return { rule, strength, what, symbol, reach: "public", before: line?.text.trim().slice(0, 200) ?? null, ...at };
}
