/** Whether a Python package is handed out to others, by its manifests. */

import { parse } from "smol-toml";
import { folderOf, nameOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import { foldersAbove, inFolder, isEntry, moduleOf } from "./module-paths.ts";

type Texts = ReadonlyMap<string, string | null>;

export const manifestNames = ["pyproject.toml", "setup.py", "setup.cfg"];

/**
 * The folder of the package that users import, e.g. `src/lib` for `src/lib/http/client.py`.
 *
 * @returns the module itself where it lies in no package
 */
export function topPackageOf(path: string, texts: Texts): string {
  let top: string | null = null;
  for (const folder of foldersAbove(path)) {
    if (folder === "" || typeof texts.get(inFolder(folder, "__init__.py")) !== "string") break;
    top = folder;
  }
  return top ?? moduleOf(path);
}

/** @returns `null` for what is not installed: applications, scripts, packages marked as private */
export function distributionOf(path: string, texts: Texts): Reach | null {
  const top = topPackageOf(path, texts);
  const isLoose = top === moduleOf(path) && !isEntry(path);
  for (const folder of foldersAbove(top)) {
    const found = judgeFolder(folder, top, isLoose, texts);
    if (found !== undefined) return found;
  }
  return null;
}

/** Where packages lie beside their manifest. */
const sourceFolders = ["src", "lib", "python"];

/** @returns `undefined` where the folder has no manifest that speaks of a package */
function judgeFolder(folder: string, top: string, isLoose: boolean, texts: Texts): Reach | null | undefined {
  const [project, setup, settings] = manifestNames.map((file) => texts.get(inFolder(folder, file)) ?? null);
  const all = [project, setup, settings].filter((text) => typeof text === "string").join("\n");
  if (all === "") return undefined;
  if (all.includes("Private :: Do Not Upload")) return null;
  const declared = project === null || project === undefined ? "nothing" : judgeProject(project);
  if (declared === "private") return null;
  const isPackage =
    declared === "package" || typeof setup === "string" || /^\[(metadata|options)\]/m.test(settings ?? "");
  if (!isPackage && declared === "nothing") return undefined;
  const isMeant = mentions(all, nameOf(top));
  const isBeside = sourceFolders.some((one) => inFolder(folder, one) === folderOf(top)) || folder === folderOf(top);
  if (!isMeant && (isLoose || !isBeside)) return null;
  return isPackage && isMeant ? "public" : "unknown";
}

function judgeProject(text: string): "package" | "private" | "application" | "nothing" {
  let manifest: Record<string, unknown>;
  try {
    manifest = parse(text);
  } catch {
    return /^\[(project|tool\.poetry|tool\.flit)/m.test(text) ? "package" : "nothing"; // cut off or odd: what it says is taken as it stands
  }
  const tools = tableOf(manifest.tool);
  const poetry = tableOf(tools.poetry);
  if (poetry["package-mode"] === false || tableOf(tools.uv).package === false) return "private";
  const isNamed = manifest.project !== undefined || tools.poetry !== undefined || tools.flit !== undefined;
  if (!isNamed) return manifest["build-system"] === undefined ? "nothing" : "package";
  return manifest["build-system"] !== undefined || tools.poetry !== undefined ? "package" : "application";
}

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Distributions are mostly named as what they install, with other separators; those that are not name it somewhere. */
function mentions(manifests: string, name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_.]/g, "");
  const wanted = plain(name);
  return manifests.split(/[^\w./-]+/).some((word) => plain(word) === wanted || word.split(/[./]/).includes(name));
}
