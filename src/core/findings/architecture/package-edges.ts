import { parse as parseToml } from "smol-toml";
import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../detector.ts";
import { nameOf } from "../file-role.ts";
import { readPackageManifest } from "../package-manifest.ts";
import { recordOf } from "../record-of.ts";

/** Reports packages of one repository that begin to depend on each other (C4): npm workspaces, Cargo, Go, Python. */
export const packageEdges = defineDetector({
  id: "package_edges",
  class: "architecture",
  title: "dependencies between packages of the repository",
  why: "Which package may know which is the shape of the whole; every new edge is harder to take away than to add.",
  rules: {
    package_edge_added: {
      title: "a package depends on another one of the repository",
      why: "Which package may know which is the shape of the whole; every new edge is harder to take away than to add.",
      fix: "Say in the description why this direction is right.",
      looksAt:
        "New dependencies that lead to a folder of the repository: `workspace:`, `file:` and `link:` in package.json, `path` in Cargo.toml and pyproject.toml, `replace` with a folder in go.mod. Development dependencies are left alone.",
      example: { language: "json", diff: ' "dependencies": {\n+  "@acme/billing": "workspace:*"' },
    },
  },
  contents: (files) => files.filter((file) => isManifest(file.path) && file.leftOut === null).flatMap(namesOf),
  detect: ({ files, contents }) => ({
    observations: files.flatMap((file) =>
      isManifest(file.path) && file.leftOut === null && file.status !== "removed" ? newEdges(file, contents) : [],
    ),
  }),
});

function isManifest(path: string): boolean {
  return /^(package\.json|Cargo\.toml|pyproject\.toml|go\.mod)$/.test(nameOf(path));
}

/** A manifest that is new brings its package along; its edges are part of that. */
function newEdges(file: ReadFile, contents: DetectorInput["contents"]): Observation[] {
  const [before, after] = [baseText(contents, file), headText(contents, file)];
  if (typeof before !== "string" || typeof after !== "string") return [];
  const had = edgesOf(file.path, before);
  return [...edgesOf(file.path, after)]
    .filter(([name]) => !had.has(name))
    .map(([name, target]) => {
      const line = file.lines.find(({ kind, text }) => kind === "added" && text.includes(name));
      return {
        rule: "package_edge_added",
        strength: "likely",
        what: `the package of \`${file.path}\` now depends on \`${name}\` of this repository`,
        path: file.path,
        line: line?.line ?? null,
        after: line?.text.trim() ?? `${name}: ${target}`,
        symbol: name,
      };
    });
}

/** Name → where it leads, for dependencies inside of the repository. */
function edgesOf(path: string, text: string): Map<string, string> {
  if (path.endsWith("package.json")) {
    const dependencies = readPackageManifest(text)?.dependencies ?? {};
    return new Map(Object.entries(dependencies).filter(([, range]) => /^(workspace|file|link|portal):/.test(range)));
  }
  if (path.endsWith("go.mod")) {
    const lines = text
      .slice(0, 500_000)
      .matchAll(/^\s*(?:replace\s+)?(\S{1,200})(?:\s+v\S{1,100})?\s+=>\s+(\.{1,2}\/\S{1,200})/gm);
    return new Map([...lines].map(([, name = "", target = ""]) => [name, target]));
  }
  return tomlEdges(text);
}

function tomlEdges(text: string): Map<string, string> {
  const edges = new Map<string, string>();
  const add = (dependencies: unknown) => {
    for (const [name, value] of Object.entries(recordOf(dependencies))) {
      const { path, workspace } = recordOf(value);
      if (typeof path === "string") edges.set(name, path);
      else if (workspace === true && isSource(dependencies)) edges.set(name, "workspace");
    }
  };
  const toml = parsed(text);
  const tool = recordOf(toml.tool);
  const sources = recordOf(tool.uv).sources;
  const isSource = (dependencies: unknown) => dependencies === sources;
  add(toml.dependencies);
  add(sources);
  add(recordOf(tool.poetry).dependencies);
  return edges;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return parseToml(text.slice(0, 500_000));
  } catch {
    return {}; // The detector of dependencies names manifests that cannot be read.
  }
}
