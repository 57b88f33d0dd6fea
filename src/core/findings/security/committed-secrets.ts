import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { isDocumentation, isFixture, isTest } from "../file-role.ts";
import { fingerprintOf, scanForSecrets } from "./secret-scan.ts";

/** Reports secrets on added lines (C2). The value is in no part of a finding. */
export const committedSecrets = defineDetector({
  id: "committed_secrets",
  class: "security",
  title: "committed secrets",
  why: "What was pushed once is public to everybody who can read the repository, and stays in its history.",
  rules: {
    secret_added: {
      title: "a secret was added",
      why: "Whoever can read the repository can use it, now and later.",
      fix: "Revoke it where it was issued, then take it out of the history.",
    },
  },
  detect: async ({ files }) => {
    const observations: Observation[] = [];
    for (const batch of batchesOf(files)) {
      for (const secret of await scanForSecrets(batch.text)) {
        const place = batch.placeAt(secret.start);
        if (place === null) continue;
        observations.push(observe(place, secret.type, fingerprintOf(secret.value)));
      }
    }
    return { observations: withoutDoubles(observations) };
  },
});

function observe({ file, line }: Place, type: string, fingerprint: string): Observation {
  const isExample = isTest(file.path) || isFixture(file.path) || isDocumentation(file.path);
  return {
    rule: "secret_added",
    strength: isExample ? "likely" : "proven",
    what: `a ${type} was added`,
    path: file.path,
    line,
    after: `[${type}, fingerprint ${fingerprint}]`,
  };
}

interface Place {
  file: ReadFile;
  line: number;
}

interface Batch {
  text: string;
  placeAt: (offset: number) => Place | null;
}

/** Secretlint starts up anew for every text, so files are scanned together, this many characters at a time. */
const batchCharacters = 200_000;

/** Longer lines are cut, with an overlap wider than any token, so that no pattern meets a huge one. */
const pieceCharacters = 4000;
const overlapCharacters = 400;

function batchesOf(files: readonly ReadFile[]): Batch[] {
  const batches: Batch[] = [];
  let text: string[] = [];
  let starts: number[] = [];
  let places: Place[] = [];
  let length = 0;
  const close = () => {
    if (text.length > 0) batches.push(batchOf(text.join("\n"), starts, places));
    text = [];
    starts = [];
    places = [];
    length = 0;
  };
  for (const file of files) {
    for (const { kind, text: line, line: number } of file.lines) {
      if (kind !== "added") continue;
      for (const piece of piecesOf(line)) {
        text.push(piece);
        starts.push(length);
        places.push({ file, line: number });
        length += piece.length + 1;
      }
    }
    if (length > batchCharacters) close();
  }
  close();
  return batches;
}

function batchOf(text: string, starts: readonly number[], places: readonly Place[]): Batch {
  return {
    text,
    placeAt: (offset) => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return places[low] ?? null;
    },
  };
}

function piecesOf(line: string): string[] {
  if (line.length <= pieceCharacters) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += pieceCharacters - overlapCharacters) {
    pieces.push(line.slice(at, at + pieceCharacters));
  }
  return pieces;
}

function withoutDoubles(observations: readonly Observation[]): Observation[] {
  const known = new Set<string>();
  return observations.filter(({ path, line, after }) => {
    const key = `${path}\n${line}\n${after}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
