/** Which language a file is written in, by its name: the data of GitHub Linguist, see scripts/generate-languages.mjs. */

import data from "./languages.json" with { type: "json" };

/** `programming` runs, `markup` is laid out, `data` is configured, `prose` is read. */
export type LanguageType = "programming" | "markup" | "data" | "prose";

export interface Language {
  /** Linguist's name, e.g. `TypeScript`. */
  name: string;
  type: LanguageType;
}

const extensions = new Map<string, string>(Object.entries(data.extensions));
const filenames = new Map<string, string>(Object.entries(data.filenames));
const types = new Map<string, string>(Object.entries(data.types));

/** @returns `null` for names that Linguist does not know */
export function languageOf(path: string): Language | null {
  const filename = path.slice(path.lastIndexOf("/") + 1);
  const name = filenames.get(filename) ?? byExtension(filename.toLowerCase());
  if (name === null) return null;
  return { name, type: typeOf(name) };
}

// The longest extension wins: `.blade.php` before `.php`.
function byExtension(filename: string): string | null {
  let dot = filename.indexOf(".");
  while (dot !== -1) {
    const language = extensions.get(filename.slice(dot));
    if (language !== undefined) return language;
    dot = filename.indexOf(".", dot + 1);
  }
  return null;
}

function typeOf(name: string): LanguageType {
  const type = types.get(name);
  return type === "markup" || type === "data" || type === "prose" ? type : "programming";
}
