import { expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { readSbom } from "../../scripts/write-sbom.ts";

it("names every package that Holdpoint runs with in its version, and none that only its makers need", () => {
  const { metadata, components, dependencies } = readSbom();
  expect(metadata.component.name).toBe("holdpoint");
  const named = new Map(components.map(({ name, version }) => [name, version]));
  for (const [name, version] of Object.entries(packageJson.dependencies)) expect(named.get(name), name).toBe(version);
  for (const name of ["vitest", "rolldown", "typescript", "nock"]) expect(named.has(name), name).toBe(false);
  const refs = new Set([...components, metadata.component].map((component) => component["bom-ref"]));
  for (const { ref, dependsOn } of dependencies) for (const one of [ref, ...dependsOn]) expect(refs).toContain(one);
});
