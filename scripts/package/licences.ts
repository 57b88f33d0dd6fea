/** The licences of what went into a bundle, as they ask to be handed on. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "rolldown";

interface Packaged {
  name: string;
  version: string;
  license: string;
  text: string;
}

/** Gathers from which packages code came. */
export function gatherPackages(found: Map<string, Packaged>): Plugin {
  return {
    name: "gather-packages",
    generateBundle(_, output) {
      for (const chunk of Object.values(output)) {
        if (chunk.type === "chunk") for (const id of chunk.moduleIds) notePackage(id, found);
      }
    },
  };
}

/** @param file any file of a package */
export function notePackage(file: string, found: Map<string, Packaged>): void {
  const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1];
  if (folder === undefined) return;
  const described: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = described as { name: string; version: string; license?: string };
  if (found.has(`${name}@${version}`)) return;
  found.set(`${name}@${version}`, { name, version, license: license ?? "see its text", text: licenceText(folder) });
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  const above = dirname(folder);
  const text = file === undefined ? sharedText(above) : readFileSync(join(folder, file), "utf8").trim();
  return text === "" ? "The package comes without the text of its licence." : text;
}

/** Packages of one organisation may share theirs. */
function sharedText(folder: string): string {
  const file = join(folder, "LICENSE");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}

export function licencesText(found: ReadonlyMap<string, Packaged>): string {
  const parts = [...found.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { license, text }]) => `${key} (${license})\n${"-".repeat(60)}\n${text}\n`);
  return `Holdpoint contains code of these packages, each under its own licence.\n\n${parts.join("\n")}`;
}
