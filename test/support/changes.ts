/** Changes as tests tell them: files before and after, turned into what GitHub would list, with the texts at hand. */

import { structuredPatch } from "diff";
import { type ClassifyInput, classify } from "../../src/core/findings/classify.ts";
import { type ClassificationOptions, type Detector, toFinding } from "../../src/core/findings/detector.ts";
import type { Classification, Finding, FindingClass } from "../../src/core/findings/finding.ts";
import { readFiles } from "../../src/core/findings/read-files.ts";
import { loadGrammarsFor } from "../../src/core/findings/wanted-contents.ts";
import type { ChangedFile, Contents, Snapshot } from "../../src/core/snapshot.ts";
import { aFile, aSnapshot } from "./builders.ts";

/** Text before and after; `null` where the file is not there. */
export type Change = [before: string | null, after: string | null];

export interface Story {
  /** Path → before and after; `old => new` for a rename. */
  files?: Record<string, Change>;
  /** Files that did not change, for what stands around. */
  around?: Record<string, string>;
  /** Overrides of single listed files, e.g. their mode. */
  listed?: Record<string, Partial<ChangedFile>>;
  options?: ClassificationOptions;
  snapshot?: Partial<Snapshot>;
  /** Leave the texts out: only patches are known. */
  isPatchOnly?: boolean;
}

export function anInputOf(story: Story): ClassifyInput {
  const base = new Map<string, string | null>();
  const head = new Map<string, string | null>();
  const files: ChangedFile[] = [];
  for (const [written, [before, after]] of Object.entries(story.files ?? {})) {
    const [old, renamed] = written.split(" => ");
    const path = renamed ?? written;
    const previousPath = renamed === undefined ? null : (old ?? null);
    base.set(previousPath ?? path, before);
    head.set(path, after);
    if (previousPath !== null) {
      head.set(previousPath, null);
      base.set(path, null);
    }
    const status =
      previousPath !== null ? "renamed" : before === null ? "added" : after === null ? "removed" : "modified";
    files.push(aFile(path, { previousPath, status, ...patchOf(before ?? "", after ?? ""), ...story.listed?.[path] }));
  }
  for (const [path, text] of Object.entries(story.around ?? {})) {
    base.set(path, text);
    head.set(path, text);
  }
  const contents: Contents = story.isPatchOnly
    ? { base: new Map(), head: new Map() }
    : { base: complete(base), head: complete(head) };
  return { snapshot: aSnapshot({ files, ...story.snapshot }), contents, options: story.options };
}

/** A repository in which every other path was looked for and is not there. */
function complete(texts: Map<string, string | null>): ReadonlyMap<string, string | null> {
  return Object.assign(texts, {
    get: (path: string) => (texts.has(path) ? (Map.prototype.get.call(texts, path) as string | null) : null),
  });
}

function patchOf(before: string, after: string): Pick<ChangedFile, "patch" | "additions" | "deletions"> {
  const { hunks } = structuredPatch("a", "a", before, after, "", "", { context: 3 });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: hunk }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...hunk,
  ]);
  const count = (mark: string) => hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(mark)).length;
  return { patch: lines.length > 0 ? lines.join("\n") : null, additions: count("+"), deletions: count("-") };
}

export function classifyStory(story: Story): Promise<Classification> {
  return classify(anInputOf(story));
}

export async function findingsOf(findingClass: FindingClass, story: Story): Promise<Finding[]> {
  return (await classifyStory(story)).classes[findingClass].findings;
}

/** `rule strength` of every finding of a class, sorted. */
export async function rulesOf(findingClass: FindingClass, story: Story): Promise<string[]> {
  return (await findingsOf(findingClass, story)).map(({ rule, strength }) => `${rule} ${strength}`).sort();
}

/** Lines `first 1` to `first n`, each unlike any other. */
export function numbered(count: number, word = "value"): string {
  return Array.from({ length: count }, (_, at) => `const ${word}${at} = compute(${at});\n`).join("");
}

/** `rule strength` of what one detector says, sorted; others may speak of the same change. */
export async function rulesFrom(detector: Detector, story: Story): Promise<string[]> {
  const found = await findingsFrom(detector, story);
  return found.map(({ rule, strength }) => `${rule} ${strength}`).sort();
}

/** What one detector finds, asked alone: cheap enough for properties. */
export async function findingsFrom(detector: Detector, story: Story): Promise<Finding[]> {
  const { snapshot, contents, options } = anInputOf(story);
  const files = readFiles(snapshot, options, contents);
  await loadGrammarsFor(files);
  const { observations } = await detector.detect({ snapshot, files, contents, options });
  return observations.map((observation) => toFinding(detector, observation));
}
