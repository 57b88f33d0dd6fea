/**
 * Settings of API Extractor: the module that they name is what the authors review as the package's interface.
 *
 * @see https://api-extractor.com/pages/configs/api-extractor_json/
 */

import { folderOf } from "../../file-role.ts";
import { withoutJsonComments } from "../../json-comments.ts";
import type { PackageManifest } from "../../package-manifest.ts";
import { recordOf } from "../../record-of.ts";
import { joinRelative, type Side } from "./module-graph.ts";

const charactersMax = 100_000;

/** Where a package keeps the settings. */
export function settingsPaths(folder: string): string[] {
  const before = folder === "" ? "" : `${folder}/`;
  return [`${before}api-extractor.json`, `${before}config/api-extractor.json`];
}

/** Holds when the package names the tool: others are not asked for its settings. */
export function mayBeReviewed({ dependencies, devDependencies, scripts }: PackageManifest): boolean {
  const tool = "@microsoft/api-extractor";
  return (
    Object.hasOwn(devDependencies, tool) ||
    Object.hasOwn(dependencies, tool) ||
    Object.values(scripts).some((script) => script.includes("api-extractor"))
  );
}

/**
 * @returns the module, from the package's folder, as `./lib/index.d.ts`; `null` where no settings were fetched, or where they do not say it
 *   themselves
 */
export function reviewedModule(folder: string, side: Side): string | null {
  for (const path of settingsPaths(folder)) {
    const text = side.get(path);
    if (typeof text !== "string") continue;
    const settings = readSettings(text);
    const { mainEntryPointFilePath: main, projectFolder: project } = settings;
    if (typeof main !== "string") return null;
    const here = folderOf(path);
    // Not said, or looked up: the folder with the project's tsconfig.json, which is the package's.
    const root = typeof project === "string" && !project.startsWith("<") ? joinRelative(here, dotted(project)) : folder;
    const token = "<projectFolder>/";
    const target = main.startsWith(token)
      ? root === null
        ? null
        : joinRelative(root, `./${main.slice(token.length)}`)
      : joinRelative(here, dotted(main));
    const start = folder === "" ? "" : `${folder}/`;
    return target?.startsWith(start) ? `./${target.slice(start.length)}` : null;
  }
  return null;
}

const dotted = (path: string) => (path.startsWith(".") ? path : `./${path}`);

/** Nothing where they cannot be read: entry points are known from elsewhere then. */
function readSettings(text: string): Record<string, unknown> {
  if (text.length > charactersMax) return {};
  const plain = withoutJsonComments(text.replace(/^\uFEFF/, ""));
  // Without the commas that stand before a closing bracket.
  const json = plain.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s{0,1000}[}\]])/g, (part) => (part === "," ? "" : part));
  try {
    return recordOf(JSON.parse(json));
  } catch {
    return {};
  }
}
