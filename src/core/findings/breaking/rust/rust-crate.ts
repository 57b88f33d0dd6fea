/** Which crate a Rust file belongs to. */

import { folderOf } from "../../file-role.ts";
import { type CargoManifest, joined, libraryRootOf, readCargoManifest } from "./cargo-toml.ts";

/** Texts of one side of a change; `null`: does not exist; `undefined`: not fetched. */
export type Side = ReadonlyMap<string, string | null>;

export interface RustCrate {
  /** Of the file that is the root of its library. */
  root: string;
  /** Whether others use it cannot be told: its library serves its own program, or it cannot be published as it is. */
  isDoubtful: boolean;
}

/** Folders deeper than this are not asked for manifests. */
const depthMax = 8;

/** @returns `none` when nobody outside can use the file's code: no library, not published, a program */
export function crateOf(path: string, side: Side): RustCrate | "unknown" | "none" {
  const folders = foldersAbove(path);
  for (const [index, folder] of folders.entries()) {
    const text = side.get(joined(folder, "Cargo.toml"));
    if (text === undefined) return "unknown";
    if (text === null) continue;
    const manifest = readCargoManifest(text);
    if (manifest === null) return "unknown";
    if (manifest.name === null) return "none";
    const root = libraryRootOf(folder, manifest, workspaceAbove(folders.slice(index), side));
    if (root === null || !isBelow(path, folderOf(root)) || isProgram(path, folder)) return "none";
    const library = side.get(root);
    if (library === undefined) return "unknown";
    if (library === null) return "none";
    const hasProgram = typeof side.get(joined(folder, "src/main.rs")) === "string";
    return { root, isDoubtful: manifest.isTool || hasProgram || !manifest.isDescribed };
  }
  return "none";
}

/** Files whose texts tell where a file stands, by the usual layout, without knowing any of them. */
export function* wayTo(path: string): Iterable<string> {
  const folders = foldersAbove(path);
  for (const folder of folders) yield joined(folder, "Cargo.toml");
  const source = sourceOf(path);
  for (const folder of folders) {
    if (folder.length < source.length) break;
    if (folder === source) {
      yield joined(folder, "lib.rs");
      yield joined(folder, "main.rs");
    } else {
      yield joined(folder, "mod.rs");
      yield `${folder}.rs`;
    }
  }
}

/** Where the nearest manifest says the library stands, when that is not the usual place. */
export function namedRoot(path: string, side: Side): string | null {
  for (const folder of foldersAbove(path)) {
    const text = side.get(joined(folder, "Cargo.toml"));
    if (typeof text !== "string") continue;
    const root = readCargoManifest(text)?.lib.path ?? null;
    return root === null ? null : joined(folder, root);
  }
  return null;
}

/** The folder of the crate's modules: the last `src`, else the file's own. */
function sourceOf(path: string): string {
  const at = `/${path}`.lastIndexOf("/src/");
  return at === -1 ? folderOf(path) : path.slice(0, at + "src".length);
}

function workspaceAbove(folders: readonly string[], side: Side): CargoManifest | null {
  for (const folder of folders) {
    const text = side.get(joined(folder, "Cargo.toml"));
    const manifest = typeof text === "string" ? readCargoManifest(text) : null;
    if (manifest?.workspacePublish !== null && manifest !== null) return manifest;
  }
  return null;
}

function isProgram(path: string, folder: string): boolean {
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  return inside === "build.rs" || inside === "src/main.rs" || inside.startsWith("src/bin/");
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** From the file's own folder up to the root. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  folders.push("");
  return folders.slice(0, depthMax);
}
