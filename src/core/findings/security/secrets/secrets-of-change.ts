/** Every secret on the added lines of a change, found once: the detector reports them, and evidence of other rules is cleared of them. */

import type { ReadFile } from "../../detector.ts";
import { batchesOf, type Place } from "./added-batches.ts";
import { type AssignedSecret, assignedSecretsIn } from "./assigned-secret.ts";
import { type Secret, scanForSecrets } from "./secret-scan.ts";

export interface SecretsOfChange {
  known: { place: Place; secret: Secret }[];
  /** On lines where no secret of a known form stands. */
  assigned: { place: Place; secret: AssignedSecret }[];
}

const ofChange = new WeakMap<readonly ReadFile[], Promise<SecretsOfChange>>();

export function secretsOfChange(files: readonly ReadFile[]): Promise<SecretsOfChange> {
  const found = ofChange.get(files) ?? scan(files);
  ofChange.set(files, found);
  return found;
}

async function scan(files: readonly ReadFile[]): Promise<SecretsOfChange> {
  const known: SecretsOfChange["known"] = [];
  for (const batch of batchesOf(files)) {
    for (const secret of await scanForSecrets(batch.text)) {
      const place = batch.placeAt(secret.start);
      if (place !== null) known.push({ place, secret });
    }
  }
  const taken = new Set(known.map(({ place }) => keyOf(place)));
  const assigned: SecretsOfChange["assigned"] = [];
  for (const file of files) {
    for (const { kind, text, line } of file.lines) {
      const place = { file, line };
      if (kind !== "added" || text.length > lineCharactersMax || taken.has(keyOf(place))) continue;
      for (const secret of assignedSecretsIn(text, file.path)) assigned.push({ place, secret });
    }
  }
  return { known, assigned };
}

/** Nobody writes an assignment by hand on a longer line. */
const lineCharactersMax = 2000;

function keyOf({ file, line }: Place): string {
  return `${line} ${file.path}`;
}
