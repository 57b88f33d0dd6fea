/** What a Cargo.toml says to those who depend on the crate. @see https://doc.rust-lang.org/cargo/reference/manifest.html */

import { parse, type TomlTable, type TomlValue } from "smol-toml";
import { folderOf } from "../../file-role.ts";

export interface CargoManifest {
  /** `null` for a workspace without a package of its own. */
  name: string | null;
  /** `workspace`: as the workspace says. */
  isPublished: boolean | "workspace";
  lib: { name: string | null; path: string | null; crateTypes: string[] };
  bins: string[];
  /** Registries ask for a description and a license: without them, it may be shared by other ways or not at all. */
  isDescribed: boolean;
  /** It reads a command line or says that it is a tool: its library is there for the program's sake. */
  isTool: boolean;
  /** `false`: the workspace's own packages stay at home. */
  workspacePublish: boolean | null;
}

const textCharactersMax = 500_000;

/** @returns `null` when it is no TOML */
export function readCargoManifest(text: string): CargoManifest | null {
  if (text.length > textCharactersMax) return null;
  let root: TomlTable;
  try {
    root = parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
  const own = table(root.package);
  const shared = table(table(root.workspace).package);
  const lib = table(root.lib);
  return {
    name: stringAt(own, "name"),
    isPublished: publishOf(own.publish) ?? (isInherited(own.publish) ? "workspace" : true),
    lib: {
      name: stringAt(lib, "name"),
      path: stringAt(lib, "path"),
      crateTypes: stringsOf(lib["crate-type"] ?? lib.crate_type),
    },
    bins: tables(root.bin).flatMap((bin) => stringAt(bin, "name") ?? []),
    isDescribed: own.description !== undefined && (own.license ?? own["license-file"]) !== undefined,
    isTool: isTool(root),
    workspacePublish: publishOf(shared.publish),
  };
}

const commandLines = new Set(["clap", "structopt", "argh", "gumdrop", "lexopt", "pico-args", "docopt", "bpaf"]);

function isTool(root: TomlTable): boolean {
  if (tables(root.bin).length > 0 || stringsOf(table(root.package).categories).includes("command-line-utilities"))
    return true;
  return Object.entries(table(root.dependencies)).some(
    ([name, value]) => commandLines.has(name) && table(value).optional !== true,
  );
}

/** Who outside can use the Rust code of a package: `null` when there is nobody, else the file that is its root. */
export function libraryRootOf(folder: string, manifest: CargoManifest, shared: CargoManifest | null): string | null {
  const isPublished = manifest.isPublished === "workspace" ? (shared?.workspacePublish ?? true) : manifest.isPublished;
  const { crateTypes, path } = manifest.lib;
  const isForeign =
    crateTypes.length > 0 &&
    !crateTypes.some((type) => type === "lib" || type === "rlib" || type === "dylib" || type === "proc-macro");
  if (manifest.name === null || !isPublished || isForeign) return null;
  return joined(folder, path ?? "src/lib.rs");
}

export function joined(folder: string, path: string): string {
  let at = folder;
  let rest = path.replace(/^(\.\/)+/, "");
  while (rest.startsWith("../")) {
    at = folderOf(at);
    rest = rest.slice(3);
  }
  return at === "" ? rest : `${at}/${rest}`;
}

function publishOf(value: TomlValue | undefined): boolean | null {
  if (typeof value === "boolean") return value;
  return Array.isArray(value) ? value.length > 0 : null;
}

function isInherited(value: TomlValue | undefined): boolean {
  return table(value).workspace === true;
}

function table(value: TomlValue | undefined): TomlTable {
  const isTable = typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
  return isTable ? (value as TomlTable) : {};
}

function tables(value: TomlValue | undefined): TomlTable[] {
  return Array.isArray(value) ? value.map(table) : [];
}

function stringAt(from: TomlTable, key: string): string | null {
  const value = from[key];
  return typeof value === "string" ? value : null;
}

function stringsOf(value: TomlValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
