/** What manifests of several ecosystems say a project depends on, read into one shape. */

import { parse } from "smol-toml";
import { nameOf } from "../../file-role.ts";
import { manifestOf } from "../../manifests.ts";
import { readPackageManifest } from "../../package-manifest.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { recordOf } from "../../record-of.ts";

export interface Declared {
  /** As it is written: `^1.2.0`, `==2.1`, an address or a path. */
  wanted: string;
  /** `address`: git or a URL instead of a registry; `registry`: another than the ecosystem's; `here`: a folder of this repository. */
  source: "usual" | "registry" | "address" | "here";
  isDevelopment: boolean;
}

/** By name; those for development as well. */
export type Dependencies = ReadonlyMap<string, Declared>;

/** Holds where the whole text is needed: the lines of the others speak for themselves. */
export function needsText(path: string): boolean {
  return nameOf(path) === "package.json" || isToml(path);
}

function isToml(path: string): boolean {
  return /(^|\/)(Cargo\.toml|pyproject\.toml|Pipfile)$/.test(path);
}

/** @returns `null` for what cannot be read */
export function readDeclared(path: string, text: string): Dependencies | null {
  if (nameOf(path) === "package.json") return fromPackageJson(text);
  try {
    const table = recordOf(parse(text.replace(/^\uFEFF/, "")));
    if (nameOf(path) === "Cargo.toml") return fromCargo(table);
    return nameOf(path) === "Pipfile" ? fromPipfile(table) : fromPyproject(table);
  } catch {
    return null; // The caller names the file as not analysed.
  }
}

function fromPackageJson(text: string): Dependencies | null {
  const manifest = readPackageManifest(text);
  if (!manifest) return null;
  const found = new Map<string, Declared>();
  for (const [isDevelopment, ranges] of [
    [true, manifest.devDependencies],
    [false, manifest.dependencies],
  ] as const) {
    for (const [name, wanted] of Object.entries(ranges))
      found.set(name, { wanted, source: npmSource(wanted), isDevelopment });
  }
  return found;
}

function npmSource(range: string): Declared["source"] {
  if (/^(git|https?|ssh|github|gitlab|bitbucket|gist)[+:]|^[\w.-]+\/[\w.-]+(#|$)/.test(range)) return "address";
  return /^(workspace|file|link|portal|catalog|patch):/.test(range) ? "here" : "usual";
}

function fromCargo(root: Table): Dependencies {
  const found = new Map<string, Declared>();
  const targets = Object.values(recordOf(root.target)).map(recordOf);
  for (const table of [root, recordOf(root.workspace), ...targets]) {
    addTables(found, recordOf(table["dev-dependencies"]), true);
    addTables(found, recordOf(table["build-dependencies"]), false);
    addTables(found, recordOf(table.dependencies), false);
  }
  // A patch puts other code in the place of a dependency.
  for (const patched of Object.values(recordOf(root.patch))) {
    for (const [name, value] of Object.entries(recordOf(patched)))
      found.set(`patch of ${name}`, declaredOf(value, false));
  }
  return found;
}

function fromPipfile(root: Table): Dependencies {
  const found = new Map<string, Declared>();
  addTables(found, recordOf(root["dev-packages"]), true);
  addTables(found, recordOf(root.packages), false);
  return found;
}

function fromPyproject(root: Table): Dependencies {
  const found = new Map<string, Declared>();
  const { project, tool, "dependency-groups": groups } = root;
  const poetry = recordOf(recordOf(tool).poetry);
  const uv = recordOf(recordOf(tool).uv);
  for (const list of Object.values(recordOf(groups))) addRequirements(found, list, true);
  addRequirements(found, uv["dev-dependencies"], true);
  for (const group of Object.values(recordOf(poetry.group)))
    addTables(found, recordOf(recordOf(group).dependencies), true);
  addTables(found, recordOf(poetry["dev-dependencies"]), true);
  for (const list of Object.values(recordOf(recordOf(project)["optional-dependencies"])))
    addRequirements(found, list, false);
  addRequirements(found, recordOf(project).dependencies, false);
  addTables(found, recordOf(poetry.dependencies), false);
  for (const [name, source] of Object.entries(recordOf(uv.sources))) {
    const declared = declaredOf(source, found.get(name)?.isDevelopment ?? false);
    if (declared.source !== "usual") found.set(name, declared);
  }
  found.delete("python");
  return found;
}

function addTables(found: Map<string, Declared>, table: Table, isDevelopment: boolean): void {
  for (const [name, value] of Object.entries(table)) found.set(name, declaredOf(value, isDevelopment));
}

function declaredOf(value: unknown, isDevelopment: boolean): Declared {
  if (typeof value === "string") return { wanted: value, source: "usual", isDevelopment };
  const table = recordOf(Array.isArray(value) ? value[0] : value);
  const at = table.git ?? table.url;
  if (typeof at === "string") {
    const which = [table.rev, table.tag, table.branch].find((text) => typeof text === "string");
    return { wanted: which === undefined ? at : `${at}#${String(which)}`, source: "address", isDevelopment };
  }
  if (typeof table.path === "string" || table.workspace === true)
    return { wanted: String(table.path ?? "workspace"), source: "here", isDevelopment };
  const wanted = typeof table.version === "string" ? table.version : "*";
  const registry = table.registry ?? table.index ?? table.source;
  return { wanted, source: typeof registry === "string" ? "registry" : "usual", isDevelopment };
}

function addRequirements(found: Map<string, Declared>, list: unknown, isDevelopment: boolean): void {
  if (!Array.isArray(list)) return;
  for (const text of list) {
    const read = typeof text === "string" ? readRequirement(text) : null;
    if (read) found.set(read.name, { ...read.declared, isDevelopment });
  }
}

/** @see https://peps.python.org/pep-0508/ */
function readRequirement(line: string): { name: string; declared: Declared } | null {
  const text = line
    .slice(0, 500)
    .replace(/\s#.*$/, "")
    .trim();
  const address = /^(?:-e\s+|--editable[ =])?((?:git|hg|svn|bzr)\+\S{1,300}|https?:\/\/\S{1,300})/.exec(text)?.[1];
  if (address !== undefined) {
    const name = /[#&]egg=([\w.-]{1,100})/.exec(address)?.[1] ?? address.replace(/[@#].*$/, "");
    return { name, declared: { wanted: address, source: "address", isDevelopment: false } };
  }
  const found = /^([A-Za-z0-9][\w.-]{0,100})\s{0,5}(?:\[[^\]]{0,200}\])?\s{0,5}(@\s{0,5}\S{1,300}|[^;]{0,200})/.exec(
    text,
  );
  const [, name, rest = ""] = found ?? [];
  if (name === undefined || !/^(@|[=~<>!(]|$)/.test(rest.trim())) return null;
  const isAddress = rest.startsWith("@");
  const wanted = (isAddress ? rest.slice(1) : rest).trim() || "*";
  return {
    name: name.toLowerCase().replaceAll(/[-_.]+/g, "-"),
    declared: { wanted, source: isAddress ? "address" : "usual", isDevelopment: false },
  };
}

/** Of go.mod and requirements, in which every line says all of one dependency. `null` for other manifests. */
export function readChangedLines(
  path: string,
  lines: readonly PatchLine[],
): { base: Dependencies; head: Dependencies } | null {
  const read =
    nameOf(path) === "go.mod"
      ? readGoLine
      : manifestOf(path) === "python" && /\.(txt|in)$/.test(path)
        ? readRequirement
        : null;
  if (read === null) return null;
  const base = new Map<string, Declared>();
  const head = new Map<string, Declared>();
  for (const { kind, text } of lines) {
    const found = read(text.slice(0, 1000));
    if (found === null) continue;
    if (kind !== "added") base.set(found.name, found.declared);
    if (kind !== "removed") head.set(found.name, found.declared);
  }
  return { base, head };
}

/** @see https://go.dev/ref/mod#go-mod-file */
function readGoLine(text: string): { name: string; declared: Declared } | null {
  const replaced = /^\s*(?:replace\s+)?([\w./~-]{3,200})(?:\s+v\S{1,100})?\s+=>\s+(\S{1,200})(?:\s+(v\S{1,100}))?/.exec(
    text,
  );
  if (replaced) {
    const [, name = "", target = "", version] = replaced;
    const source = /^\.{0,2}\//.test(target) ? "here" : "address";
    // Another version of the same replacement is only an upgrade.
    return { name: `${name} => ${target}`, declared: { wanted: version ?? target, source, isDevelopment: false } };
  }
  const required = /^\s*(?:require\s+)?([\w-]{1,100}\.[\w./~-]{2,200})\s+(v\d\S{0,100})(\s+\/\/ indirect)?/.exec(text);
  if (!required) return null;
  const [, name = "", wanted = "", indirect] = required;
  return { name, declared: { wanted, source: "usual", isDevelopment: indirect !== undefined } };
}

type Table = Record<string, unknown>;
