/** What Python classes inherit, as far as the fetched texts tell. */

import type { ApiSymbol } from "../api/api-surface.ts";
import { importedModule } from "./module-paths.ts";
import type { PythonModule } from "./read-module.ts";
import type { Modules } from "./reexports.ts";

const depthMax = 10;

export interface Ancestry {
  /** Classes above, the class itself not among them. */
  classes: { module: PythonModule; id: string }[];
  /** Last names of all classes above, seen or not. */
  names: Set<string>;
  /** Some are of other packages, or were not fetched. */
  hasUnseen: boolean;
}

/** Bases of classes that come with Python and say nothing by their own definition here. */
const standard: Readonly<Record<string, readonly string[]>> = {
  object: [],
  ABC: [],
  Generic: [],
  Protocol: [],
  Enum: [],
  Flag: ["Enum"],
  IntEnum: ["int", "Enum"],
  IntFlag: ["int", "Flag", "Enum"],
  StrEnum: ["str", "Enum"],
  Exception: ["BaseException"],
  ValueError: ["Exception", "BaseException"],
  TypeError: ["Exception", "BaseException"],
  RuntimeError: ["Exception", "BaseException"],
  NotImplementedError: ["RuntimeError", "Exception", "BaseException"],
  AttributeError: ["Exception", "BaseException"],
  ImportError: ["Exception", "BaseException"],
  OSError: ["IOError", "Exception", "BaseException"],
  LookupError: ["Exception", "BaseException"],
  KeyError: ["LookupError", "Exception", "BaseException"],
  IndexError: ["LookupError", "Exception", "BaseException"],
};

export function ancestryOf(modules: Modules, module: PythonModule, id: string): Ancestry {
  const found: Ancestry = { classes: [], names: new Set(), hasUnseen: false };
  climb(modules, module, id, found, 0);
  return found;
}

function climb(modules: Modules, module: PythonModule, id: string, found: Ancestry, depth: number): void {
  for (const base of module.bases.get(id) ?? []) {
    const last = base.slice(base.lastIndexOf(".") + 1);
    if (found.names.has(last) && found.classes.some((one) => one.id === last)) continue;
    found.names.add(last);
    const known = Object.hasOwn(standard, last) ? standard[last] : undefined;
    if (known) {
      for (const one of known) found.names.add(one);
      continue;
    }
    const home = depth < depthMax ? homeOf(modules, module, base) : null;
    if (home === null) found.hasUnseen = true;
    else {
      found.classes.push(home);
      climb(modules, home.module, home.id, found, depth + 1);
    }
  }
}

/** Where a class that is named in a module is defined. */
function homeOf(modules: Modules, module: PythonModule, name: string): { module: PythonModule; id: string } | null {
  if (module.bases.has(name)) return { module, id: name };
  const [first = "", ...rest] = name.split(".");
  const imported = module.imports.get(first);
  if (!imported) return null;
  // `package.module.Class` and `from . import module; module.Class` name the module first.
  const inside =
    imported.name === null || rest.length > 0 ? `${imported.from}${joint(imported.from)}${imported.name ?? ""}` : null;
  const target = importedModule(module.path, inside === null ? imported.from : inside.replace(/\.$/, ""));
  const id = inside === null ? imported.name : (rest.at(-1) ?? null);
  if (target === null || id === null) return null;
  const next = modules.find(target);
  if (next === null) return null;
  const origin = modules.originOf(next, id);
  const home = origin === null ? null : modules.at(origin.path);
  return home && origin && home.bases.has(origin.name) ? { module: home, id: origin.name } : null;
}

function joint(from: string): string {
  return from === "" || from.endsWith(".") ? "" : ".";
}

/** Holds when a class above has the member; `unseen`: it may, nobody can tell. */
export function inherits(modules: Modules, module: PythonModule, { id, owner }: ApiSymbol): boolean | "unseen" {
  if (owner === null) return false;
  const member = id.slice(owner.length + 1);
  const { classes, hasUnseen } = ancestryOf(modules, module, owner);
  if (classes.some((one) => one.module.definitions.has(`${one.id}.${member}`))) return true;
  return hasUnseen ? "unseen" : false;
}
