/** Which texts tell who can reach a class: the build files above it, and the bases that stand beside it. */

import type { ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { ReachInput } from "../api/api-language.ts";
import type { ApiSurface } from "../api/api-surface.ts";

/** Paths asked for in one change; beyond it, who reaches a class stays unknown. */
const wantedMax = 400;

interface Surroundings {
  buildFiles(path: string): Iterable<string>;
  read(path: string, text: string): ApiSurface | null;
  /** Without its dot. */
  extension: string;
}

export function wantedBeside({ buildFiles, read, extension }: Surroundings) {
  return function* (
    changed: readonly ReadFile[],
    { contents }: ReachInput,
    hasChanges: (file: ReadFile) => boolean,
  ): Iterable<string> {
    const asked = new Set<string>();
    for (const file of changed) {
      if (!hasChanges(file)) continue;
      for (const one of buildFiles(file.previousPath ?? file.path)) asked.add(one);
      const text = contents.head.get(file.path);
      // A member may have moved up to a base class, which often stands beside.
      const surface = typeof text === "string" ? read(file.path, text) : null;
      for (const { bases } of surface?.symbols.values() ?? []) {
        for (const base of bases.slice(0, 3)) asked.add(`${folderOf(file.path)}/${base}.${extension}`);
      }
      if (asked.size > wantedMax) break;
    }
    yield* [...asked].slice(0, wantedMax);
  };
}
