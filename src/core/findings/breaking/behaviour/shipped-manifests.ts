/** What a manifest ships with: dependencies that users get, features and extras that they may choose. */

import { parse } from "smol-toml";
import { nameOf } from "../../file-role.ts";
import { readPackageManifest } from "../../package-manifest.ts";
import { recordOf } from "../../record-of.ts";

export interface ShippedManifest {
  /** Where names have scopes, as npm's have; else `null`. */
  name: string | null;
  isPrivate: boolean;
  /** What users install or compile along: name → range as written. */
  dependencies: Map<string, string>;
  /** Cargo features or Python extras; `null` where the ecosystem has none. */
  features: Map<string, string[]>;
  /** Commands that an installation brings, where the manifest says so beside package.json. */
  commands: Map<string, string>;
}

/** Holds for manifests that {@link readShipped} can read. */
export function isShippedManifest(path: string): boolean {
  return /^(package\.json|Cargo\.toml|pyproject\.toml|go\.mod)$/.test(nameOf(path));
}

/** @returns `null` when the text cannot be read */
export function readShipped(path: string, text: string): ShippedManifest | null {
  const name = nameOf(path);
  if (name === "package.json") return readPackage(text);
  if (name === "go.mod") return readGoMod(text);
  const table = parseToml(text);
  if (table === null) return null;
  return name === "Cargo.toml" ? readCargo(table) : readPyproject(table);
}

function readPackage(text: string): ShippedManifest | null {
  const manifest = readPackageManifest(text);
  if (manifest === null) return null;
  const isPrivate = manifest.isPrivate || manifest.name === null;
  return {
    name: manifest.name,
    isPrivate,
    dependencies: new Map(Object.entries(manifest.dependencies)),
    features: new Map(),
    commands: new Map(),
  };
}

function readGoMod(text: string): ShippedManifest {
  const dependencies = new Map<string, string>();
  for (const line of text.split("\n", 20_000)) {
    if (line.includes("// indirect") || line.length > 400) continue;
    const found = /^(?:require\s|\t)\s{0,8}([\w./~-]{3,200})\sv(\d{1,9}\.\d{1,9}\.\d{1,9}\S{0,60})/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined)
      dependencies.set(found[1].replace(/\/v\d{1,3}$/, ""), found[2]);
  }
  return { name: null, isPrivate: false, dependencies, features: new Map(), commands: new Map() };
}

type Table = Record<string, unknown>;

function readCargo(table: Table): ShippedManifest {
  const crate = recordOf(table.package);
  const features = new Map<string, string[]>();
  for (const [name, list] of Object.entries(recordOf(table.features))) features.set(name, textsOf(list));
  const dependencies = new Map<string, string>();
  for (const [name, value] of Object.entries(recordOf(table.dependencies))) {
    const range = typeof value === "string" ? value : recordOf(value).version;
    if (typeof range === "string") dependencies.set(name, range);
    // An optional dependency is a feature of its own name, unless a feature names it with `dep:`.
    const isNamed = [...features.values()].some((list) => list.includes(`dep:${name}`));
    if (recordOf(value).optional === true && !isNamed) features.set(name, features.get(name) ?? []);
  }
  const isPrivate = table.package === undefined || crate.publish === false;
  return { name: null, isPrivate, dependencies, features, commands: new Map() };
}

function readPyproject(table: Table): ShippedManifest {
  const project = recordOf(table.project);
  const poetry = recordOf(recordOf(table.tool).poetry);
  const dependencies = new Map<string, string>();
  for (const requirement of textsOf(project.dependencies)) {
    const found = /^\s*([\w.-]{1,100})(?:\[[^\]]{0,200}\])?\s*([^;]{0,200})/.exec(requirement);
    if (found?.[1] !== undefined) dependencies.set(found[1].toLowerCase(), found[2] ?? "");
  }
  for (const [name, value] of Object.entries(recordOf(poetry.dependencies))) {
    const range = typeof value === "string" ? value : recordOf(value).version;
    if (name !== "python" && typeof range === "string" && recordOf(value).optional !== true)
      dependencies.set(name.toLowerCase(), range);
  }
  const features = new Map<string, string[]>();
  for (const extras of [recordOf(project["optional-dependencies"]), recordOf(poetry.extras)])
    for (const [name, list] of Object.entries(extras)) features.set(name, textsOf(list));
  const commands = new Map<string, string>();
  for (const scripts of [recordOf(project.scripts), recordOf(project["gui-scripts"]), recordOf(poetry.scripts)])
    for (const [name, target] of Object.entries(scripts)) commands.set(name, typeof target === "string" ? target : "");
  const classifiers = textsOf(project.classifiers).join();
  const isPrivate = (project.name === undefined && poetry.name === undefined) || classifiers.includes("Private ::");
  return { name: null, isPrivate, dependencies, features, commands };
}

/** Longest manifest parsed. */
const textCharactersMax = 1_000_000;

function parseToml(text: string): Table | null {
  if (text.length > textCharactersMax) return null;
  try {
    return parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null; // The caller names the file as not analysed.
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
