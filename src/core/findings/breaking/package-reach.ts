/** What else decides who can use a package: files that are published, platforms, side effects. */

import type { Observation, ReadFile } from "../detector.ts";
import type { PackageManifest } from "../package-manifest.ts";

export function reachObservations(file: ReadFile, base: PackageManifest, head: PackageManifest): Observation[] {
  const found: Observation[] = [];
  const { path } = file;
  const lost = base.files?.filter((one) => head.files !== null && !head.files.includes(one)) ?? [];
  if (lost.length > 0 || (base.files === null && head.files !== null)) {
    found.push({
      rule: "package_files_narrowed",
      strength: "hint",
      what: "fewer files are published",
      path,
      before: base.files === null ? null : lost.join(", "),
      after: head.files?.join(", ") ?? null,
    });
  }
  if (base.sideEffects !== head.sideEffects) {
    found.push({
      rule: "package_side_effects_changed",
      strength: "hint",
      what: "`sideEffects` changed",
      path,
      before: base.sideEffects,
      after: head.sideEffects,
    });
  }
  for (const field of ["os", "cpu"] as const) {
    const [was, is] = [base.platforms[field], head.platforms[field]];
    if (!isRestricted(was, is)) continue;
    found.push({
      rule: "package_platforms_restricted",
      strength: "likely",
      what: `\`${field}\` admits fewer platforms`,
      path,
      before: was?.join(", ") ?? null,
      after: is?.join(", ") ?? null,
    });
  }
  return found;
}

/** `!win32` excludes one; other words admit only what is listed. */
function isRestricted(was: readonly string[] | null, is: readonly string[] | null): boolean {
  if (is === null || is.length === 0) return false;
  const excluded = is.filter((one) => one.startsWith("!"));
  if (excluded.length > 0) return excluded.some((one) => !was?.includes(one));
  return was === null || was.length === 0 || was.some((one) => !one.startsWith("!") && !is.includes(one));
}
