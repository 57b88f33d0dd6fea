import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { lockOf } from "../manifests.ts";

/** New packages in a lock file from which it is worth a word, and from which it is worth a question. */
const somePackages = 20;
const manyPackages = 100;

/** Reports lock files that grow by many packages (C5). */
export const dependencyWeight = defineDetector({
  id: "dependency_weight",
  class: "performance",
  title: "the weight of dependencies",
  why: "Every package is downloaded, installed, loaded and kept up to date.",
  rules: {
    dependency_tree_grown: {
      title: "many packages come along",
      why: "Every package is downloaded, installed, loaded and kept up to date, also those that only another one needs.",
      fix: "Look for a smaller package, or say in the description why this one is worth its weight.",
      looksAt:
        "How many more packages the lock file names after the change than before; from 20 on it is said, from 100 on it is asked about.",
      example: { language: "diff", diff: '+    "node_modules/left-pad": {' },
    },
  },
  detect: ({ files }) => ({ observations: files.flatMap(observe) }),
});

function observe(file: ReadFile): Observation[] {
  if (file.status !== "modified" || lockOf(file.path) === null) return [];
  const names = { added: new Set<string>(), removed: new Set<string>() };
  for (const { kind, text } of file.lines) {
    if (kind === "context") continue;
    const name = packageOf(text);
    if (name !== null) names[kind].add(name);
  }
  const fresh = [...names.added].filter((name) => !names.removed.has(name)).length;
  const gone = [...names.removed].filter((name) => !names.added.has(name)).length;
  const more = fresh - gone;
  if (more < somePackages) return [];
  return [
    {
      rule: "dependency_tree_grown",
      strength: more >= manyPackages ? "likely" : "hint",
      what: `\`${file.path}\` names ${more} packages more than before`,
      path: file.path,
    },
  ];
}

/** The package that a line of a lock file begins, without its version; in the forms of npm, pnpm, Yarn, Cargo, Poetry, uv, Go and Composer. */
function packageOf(text: string): string | null {
  const line = text.slice(0, 300);
  const found =
    /^\s{4}"node_modules\/(?:[^"]{0,200}node_modules\/)?([^"]{1,200})": \{/.exec(line) ??
    /^\s{2}["']?\/?(@?[\w.-]{1,100}(?:\/[\w.-]{1,100})?)@[^:]{1,200}:\s*$/.exec(line) ??
    /^"?(@?[\w.-]{1,100}(?:\/[\w.-]{1,100})?)@[^:]{1,300}:\s*$/.exec(line) ??
    /^name = "([^"]{1,200})"$/.exec(line) ??
    /^([\w.-]{1,100}(?:\/[\w.~-]{1,100}){1,6}) v\S{1,100} h1:/.exec(line) ??
    /^\s{12}"name": "([^"]{1,200})",$/.exec(line);
  return found?.[1] ?? null;
}
