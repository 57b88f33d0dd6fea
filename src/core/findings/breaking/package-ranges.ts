/** Versions of engines and peers that a package.json admitted and no longer does. */

import { intersects, minVersion, type SemVer, validRange } from "semver";
import type { Observation, ReadFile } from "../detector.ts";
import type { Strength } from "../finding.ts";
import { lowestMajor, type PackageManifest } from "../package-manifest.ts";

const engines = new Set(["node", "bun", "deno", "vscode"]);

export function rangeObservations({ path }: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  for (const [engine, range] of Object.entries(head.engines)) {
    const had = base.engines[engine];
    if (had === range || !engines.has(engine)) continue;
    const strength = raisedBy(had, range);
    if (strength === null) continue;
    const what = `engine \`${engine}\` is needed in a newer version`;
    found.push({ rule: "engines_raised", strength, what, path, before: had ?? null, after: range });
  }
  for (const [peer, range] of Object.entries(head.peerDependencies)) {
    const had = base.peerDependencies[peer];
    if (had === range || head.optionalPeers.has(peer)) continue;
    if (had !== undefined && !dropsMajor(had, range)) continue;
    found.push({
      rule: "peer_dependency_raised",
      strength: had === undefined ? "likely" : "proven",
      what:
        had === undefined
          ? `peer dependency \`${peer}\` is now needed`
          : `peer dependency \`${peer}\` is needed in a newer version`,
      path,
      before: had ?? null,
      after: range,
    });
  }
  return found;
}

/** @returns `null` where everything that was admitted still is, or nobody can tell */
function raisedBy(had: string | undefined, range: string): Strength | null {
  const now = lowestOf(range);
  if (now === null) return null;
  if (had === undefined) return "likely";
  const before = lowestOf(had);
  if (dropsMajor(had, range)) return "proven";
  if (before === null || before.major !== now.major || before.compare(now) >= 0) return null;
  return now.minor > before.minor ? "proven" : "likely";
}

/** Longest range looked at. */
const rangeCharactersMax = 200;

/** The lowest version let in; `null` for what has no lower bound, and for tags and addresses. */
function lowestOf(range: string): SemVer | null {
  if (range.length > rangeCharactersMax || lowestMajor(range) === null || validRange(range) === null) return null;
  return minVersion(range);
}

/** Holds when a major version that was named, or lies below the lowest of now, is no longer let in. */
function dropsMajor(had: string, range: string): boolean {
  if (validRange(had) === null || validRange(range) === null || had.length + range.length > rangeCharactersMax) {
    return false;
  }
  const [before, now] = [lowestMajor(had), lowestMajor(range)];
  if (before === null || now === null) return false;
  if (now > before) return true;
  const named = [...had.matchAll(/(?:^|[\s^~>=|v])(\d{1,4})(?=[.\s|]|$)/g)].map(([, major]) => Number(major));
  return named.some((major) => intersects(had, `${major}.x`) && !intersects(range, `${major}.x`));
}
