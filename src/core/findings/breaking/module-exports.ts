/** What a JavaScript or TypeScript module offers to others. */

import { parseSync } from "oxc-parser/src-js/bindings.js";

export interface ExportedName {
  name: string;
  /** From 1. */
  line: number;
  /** The line it stands on. */
  text: string;
}

export interface ModuleExports {
  /** Own names and names taken over one by one; `default` for the default export. */
  names: Map<string, ExportedName>;
  /** Modules whose every name is handed on (`export * from`). */
  stars: string[];
  /** Modules that names are taken over from, with `as` resolved: exported name → module and its name there. */
  from: Map<string, { module: string; name: string }>;
}

/** Longest file looked at: bundles are longer, and nobody imports from their insides. */
const textCharactersMax = 1_000_000;

/** Holds for files that {@link readModuleExports} can read. */
export function isModule(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** @returns `null` when the text cannot be parsed */
export function readModuleExports(path: string, text: string): ModuleExports | null {
  if (text.length > textCharactersMax) return null;
  const result = parseSync(path, text, { lang: languageOf(path), sourceType: "unambiguous" });
  const { module, errors } = result;
  release(result);
  if (errors.length > 0) return null;
  const lineAt = lineFinder(text);
  const found: ModuleExports = { names: new Map(), stars: [], from: new Map() };
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      const request = entry.moduleRequest?.value ?? null;
      if (request !== null && entry.importName.kind === "AllButDefault") {
        found.stars.push(request);
        continue;
      }
      const name = entry.exportName.name ?? (entry.exportName.kind === "Default" ? "default" : null);
      if (name === null) continue;
      found.names.set(name, { name, ...lineAt(entry.exportName.start ?? entry.start) });
      if (request !== null && entry.importName.name !== null) {
        found.from.set(name, { module: request, name: entry.importName.name });
      }
    }
  }
  if (!module.hasModuleSyntax) addCommonJs(text, found, lineAt);
  return found;
}

/** Plain JavaScript is read as JSX: many projects write it in `.js` files. */
function languageOf(path: string): "jsx" | "ts" | "tsx" | "dts" {
  if (/\.d\.[cm]?ts$/.test(path)) return "dts";
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return path.endsWith(".tsx") ? "tsx" : "jsx";
}

/**
 * Reading the tree frees what the parser keeps of it. Unread, it stays until a garbage collection that knows nothing of its size: 800 MB
 * after 6,000 files of 100 lines. The public wrapper would build the whole tree from it first.
 */
function release(result: { program: string }): void {
  void result.program.length;
}

/** First form: `exports.name =` and `module.exports.name =`, as far as a line shows them. */
function addCommonJs(text: string, found: ModuleExports, lineAt: (offset: number) => Omit<ExportedName, "name">): void {
  for (const match of text.matchAll(/^[ \t]{0,20}(?:module\.)?exports\.([A-Za-z_$][\w$]{0,200})[ \t]*=(?!=)/gm)) {
    const name = match[1];
    if (name !== undefined && name !== "__esModule")
      found.names.set(name, { name, ...lineAt(match.index + match[0].length - 1) });
  }
  const whole = /^module\.exports[ \t]*=/m.exec(text);
  if (whole) found.names.set("default", { name: "default", ...lineAt(whole.index) });
}

function lineFinder(text: string): (offset: number) => Omit<ExportedName, "name"> {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low] ?? 0;
    return {
      line: low + 1,
      text:
        text
          .slice(start, start + 300)
          .split("\n", 1)[0]
          ?.trim() ?? "",
    };
  };
}
