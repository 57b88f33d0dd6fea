/** Python for the comparison of public interfaces. */

import type { ReadFile } from "../../detector.ts";
import type { ApiChange, ApiLanguage, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { manifestNames, topPackageOf } from "./distribution.ts";
import { filesOf, foldersAbove, inFolder, isPythonModule, moduleOf } from "./module-paths.ts";
import { reachOf } from "./reach.ts";
import { readModule } from "./read-module.ts";
import { readModules } from "./reexports.ts";
import { refine } from "./refine.ts";
import { isCompatibleType } from "./types.ts";

/** Lines inside of functions that bind no name. */
const plainLine =
  /^\s*(#|$|(return|raise|if|elif|else|for|while|with|try|except|finally|assert|yield|await|pass|break|continue|del|global|nonlocal)\b)/;

/** `if name == "load":`, as the `__getattr__` of a module asks. */
const nameOnDemand = /^[ \t]{1,8}(el)?if \w{1,40} (==|in) ?["'({[]/;

export const python: ApiLanguage = {
  id: "python",
  grammar: "python",
  isModule: isPythonModule,
  unitOf: moduleOf,
  mayTouch: ({ text }) => !plainLine.test(text) || nameOnDemand.test(text),
  read: (path, text) => readModule(path, text)?.surface ?? null,
  wanted,
  reach: reachOf,
  refine,
  describe: ({ kind, id }) =>
    `${kind === "reexport" ? "name" : kind === "enum_member" ? "enum member" : kind} \`${id}\``,
  isCompatible: isCompatibleType,
  hasNamedArguments: true,
  compareMore,
};

/** Packages above what changed, the modules they take its names from, and the manifests above those packages. */
function* wanted(
  changed: readonly ReadFile[],
  { contents }: ReachInput,
  hasChanges: (file: ReadFile) => boolean,
): Iterable<string> {
  const sides = [readModules(contents.base), readModules(contents.head)];
  for (const file of changed.filter(hasChanges)) {
    const path = file.previousPath ?? file.path;
    const texts = typeof contents.base.get(path) === "string" ? contents.base : contents.head;
    const entries = foldersAbove(path)
      .filter((folder) => folder !== "")
      .map((folder) => inFolder(folder, "__init__.py"));
    yield* entries;
    yield* filesOf(moduleOf(path));
    if (entries.some((entry) => texts.get(entry) === undefined)) continue;
    for (const folder of foldersAbove(topPackageOf(path, texts)))
      for (const name of manifestNames) yield inFolder(folder, name);
    const module = readModule(path, texts.get(path) ?? "");
    const bases = [...(module?.bases.values() ?? [])].flat().map((base) => base.split(".")[0] ?? base);
    const names = new Set([...(module?.surface.symbols.keys() ?? []), ...bases]);
    for (const modules of sides) for (const entry of [path, ...entries]) yield* modules.unread(entry, names);
  }
}

function compareMore(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  const found: ApiChange[] = [];
  if (base.signatures.length === 0 || head.signatures.length === 0) return found;
  const isAsync = (symbol: ApiSymbol) => symbol.marks.includes("async");
  const isAwaitable = ({ signatures }: ApiSymbol) => /Awaitable|Coroutine|Future|Any/.test(signatures[0]?.result ?? "");
  if (isAsync(base) !== isAsync(head) && !isAwaitable(isAsync(base) ? head : base)) {
    found.push({
      rule: "result_type_changed",
      strength: "proven",
      what: `\`${base.id}\` ${isAsync(head) ? "must now be awaited" : "can no longer be awaited"}`,
      base,
      head,
    });
  }
  if (base.kind === "method" && !base.marks.includes("bound") && head.marks.includes("bound")) {
    found.push({
      rule: "symbol_kind_changed",
      strength: "likely",
      what: `\`${base.id}\` can no longer be called without an instance`,
      base,
      head,
    });
  }
  return found;
}
