/** Writes `build/sbom.cdx.json`: every package that Holdpoint runs with, as CycloneDX, from the lock file. */

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../package.json" with { type: "json" };

const root = join(import.meta.dirname, "..");

interface Component {
  "bom-ref": string;
  name: string;
  version: string;
}

interface Sbom {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** @throws when npm cannot read the lock file */
export function readSbom(): Sbom {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  const text = execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const { metadata, components, dependencies, ...rest } = JSON.parse(text) as Sbom;
  // Not npm's own `--omit dev`: it also omits what a development dependency would like to have, though Holdpoint runs with it.
  const kept = reached(metadata.component["bom-ref"], { components, dependencies });
  return {
    ...rest,
    // npm takes the name of the folder, which each clone chooses for itself.
    metadata: { ...metadata, component: { ...metadata.component, name: packageJson.name } },
    components: components.filter((component) => kept.has(component["bom-ref"])),
    dependencies: dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
  };
}

/** What is reached from the dependencies of package.json, and Holdpoint itself. */
function reached(self: string, { components, dependencies }: Pick<Sbom, "components" | "dependencies">): Set<string> {
  const below = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const nameOf = new Map(components.map((component) => [component["bom-ref"], component.name]));
  const isOurs = (ref: string) => Object.hasOwn(packageJson.dependencies, nameOf.get(ref) ?? "");
  const waiting = (below.get(self) ?? []).filter(isOurs);
  const found = new Set([self]);
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (found.has(ref)) continue;
    found.add(ref);
    waiting.push(...(below.get(ref) ?? []));
  }
  return found;
}

if (import.meta.main) {
  const file = join(root, "build/sbom.cdx.json");
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(file, `${JSON.stringify(readSbom(), null, 2)}\n`);
  console.log(`Wrote ${file}.`);
}
