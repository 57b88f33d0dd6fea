/** Where Python modules lie, and what a dotted name leads to. */

import { folderOf, nameOf } from "../../file-role.ts";

/** Holds for the file that stands for its package. */
export function isEntry(path: string): boolean {
  return nameOf(path) === "__init__.py";
}

/** The path without what turns it into a file: `a/b.py` and `a/b/__init__.py` are the module `a/b`. */
export function moduleOf(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, "");
}

/** Files that may hold a module, in the order of Python's search. */
export function filesOf(module: string): string[] {
  return [`${module}/__init__.py`, `${module}.py`];
}

/**
 * The module that an import means.
 *
 * @param from as written in `path`: `.a`, `..`, `package.b`
 * @returns `null` for modules of others
 */
export function importedModule(path: string, from: string): string | null {
  const dots = /^\.{0,20}/.exec(from)?.[0].length ?? 0;
  const rest = from.slice(dots).replaceAll(".", "/");
  if (dots > 0) {
    let folder = folderOf(path);
    for (let up = 1; up < dots; up++) folder = folderOf(folder);
    return rest === "" ? folder : joined(folder, rest);
  }
  const segments = folderOf(path).split("/");
  const top = segments.lastIndexOf(rest.split("/")[0] ?? "");
  return top === -1 || rest === "" ? null : joined(segments.slice(0, top).join("/"), rest);
}

function joined(folder: string, rest: string): string {
  return folder === "" ? rest : `${folder}/${rest}`;
}

/** The folders above a path, the nearest first, the root (empty) last. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  return [...folders, ""];
}

export function inFolder(folder: string, name: string): string {
  return joined(folder, name);
}

const notOffered =
  /(^|\/)(tests?|testsuites?|tests?[_-][^/]*|[^/]*[_-]tests?|testdata|docs?|examples?|samples?|demos?|benchmarks?|bench|scripts?|tools?|fixtures?|vendor|_vendor|vendored|third_party|migrations|playground)\/|(^|\/)(test_[^/]*|[^/]*_test|tests|conftest|setup|noxfile|fabfile|dodo|manage|tasks|__main__|_version)\.py$/i;

/** Holds for files that may be a part of what others import, by their names alone. */
export function isPythonModule(path: string): boolean {
  return path.endsWith(".py") && !notOffered.test(path);
}

/** Holds when a part of the dotted name says that it is for the package itself. */
export function isPrivateModule(module: string, topFolder: string): boolean {
  const inside = topFolder === "" ? module : module.slice(topFolder.length);
  return inside.split("/").some((part) => /^_(?!_)|^internals?$|^private$/.test(part));
}

/** Holds for modules by whose name alone few outside would look for something to use: helpers, and what serves a command line. */
export function isHelperModule(module: string): boolean {
  return /(^|\/)_?(utils?|helpers?|compat|common|misc|support|constants?|consts|shared|cli|commands?|console)(\/|$)/.test(
    module,
  );
}
