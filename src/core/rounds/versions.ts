/** The versions of a change: every head that was met. */

import type { Observation } from "./observation.ts";
import type { Session, Version } from "./session.ts";

/** So many are kept however young they are: nobody can fill a session by pushing. */
const versionsMax = 200;

/** The version of the present head as it is now, and the others as they were. What the gate could not judge does not overwrite what it had. */
export function meetVersion(
  { versions, lastVersion }: Pick<Session, "versions" | "lastVersion">,
  head: Session["head"],
  { present, isJudged }: Pick<Observation, "present" | "isJudged">,
): Pick<Session, "versions" | "lastVersion"> {
  const known = versions.find(({ headSha }) => headSha === head.sha);
  if (known === undefined) {
    const number = lastVersion + 1;
    return { versions: [...versions, { ...present, number, at: head.since }], lastVersion: number };
  }
  if (!isJudged) return { versions, lastVersion };
  return {
    versions: versions.map((one) => (one === known ? { ...present, number: known.number, at: known.at } : one)),
    lastVersion,
  };
}

/** Drops what is old, but never the first, the present or the best. */
export function dropOldVersions(
  versions: readonly Version[],
  headSha: string,
  retentionMs: number,
  now: Date,
): Version[] {
  const best = bestVersion(versions);
  const isKept = (one: Version) => one.headSha === headSha || one === best || one === versions[0];
  const young = versions.filter((one) => isKept(one) || now.getTime() - one.at.getTime() < retentionMs);
  const surplus = young.length - versionsMax;
  if (surplus <= 0) return young;
  const dropped = new Set(young.filter((one) => !isKept(one)).slice(0, surplus));
  return young.filter((one) => !dropped.has(one));
}

/** The one of the highest quality; of equals the newest. */
export function bestVersion(versions: readonly Version[]): Version | null {
  let best: Version | null = null;
  for (const one of versions) if (best === null || one.quality >= best.quality) best = one;
  return best;
}

export function presentVersion({ versions, head }: Pick<Session, "versions" | "head">): Version | null {
  return versions.find(({ headSha }) => headSha === head.sha) ?? null;
}

/** @returns the number of the version with that head; `null` where it was dropped or never met */
export function versionNumber({ versions }: Pick<Session, "versions">, headSha: string): number | null {
  return versions.find((one) => one.headSha === headSha)?.number ?? null;
}
