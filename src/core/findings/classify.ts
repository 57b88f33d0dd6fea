/** What kind of change this is: runs every detector and adds up what they say. */

import { matchesAny } from "../policy/patterns.ts";
import type { Contents, Snapshot } from "../snapshot.ts";
import { assessClasses } from "./assess-classes.ts";
import { assessRisk } from "./assess-risk.ts";
import { circumstancesOf } from "./breaking/circumstances.ts";
import { type ClassificationOptions, namesOf, type ReadFile, toFinding } from "./detector.ts";
import { isSource, isTest } from "./file-role.ts";
import type { Classification, Finding } from "./finding.ts";
import { withIds } from "./finding-ids.ts";
import { limited } from "./finding-limit.ts";
import { withMarks } from "./ignore-marks.ts";
import { detectors } from "./index.ts";
import { recogniseKinds } from "./kinds.ts";
import { readFiles } from "./read-files.ts";
import { redactFindings } from "./security/secrets/redact.ts";
import { countSize } from "./size/count-size.ts";
import { loadGrammarsFor } from "./wanted-contents.ts";

export interface ClassifyInput {
  snapshot: Snapshot;
  /** Texts of the files that `wantedContents` named; what is missing is named in `notAnalysed`. */
  contents: Contents;
  /** The policy's `classification:` block. */
  options: ClassificationOptions;
}

/** Pure: the same input gives the same classification. Odd files never throw; they are named in `notAnalysed`. */
export async function classify({ snapshot, contents, options }: ClassifyInput): Promise<Classification> {
  const files = readFiles(snapshot, options, contents);
  await loadGrammarsFor(files);
  const found: Finding[] = [];
  const notAnalysed = unread(files);
  for (const detector of detectors) {
    const detection = await detector.detect({ snapshot, files, contents, options });
    for (const observation of detection.observations) found.push(toFinding(detector, observation));
    for (const { path, why } of detection.notAnalysed ?? []) if (!notAnalysed.has(path)) notAnalysed.set(path, why);
  }
  const kept = limited(withoutIgnored(found, files, options));
  const findings = withIds(await redactFindings(withMarks(kept, files, contents), files));
  const size = countSize(files);
  const circumstances = circumstancesOf(files, size);
  const classes = assessClasses(findings, { size, circumstances });
  const facts = {
    classes,
    circumstances,
    suppressed: [],
    kinds: recogniseKinds(snapshot, files),
    size,
    tests: testsOf(files),
    notAnalysed: [...notAnalysed].map(([path, why]) => ({ path, why })),
  };
  return { ...facts, risk: assessRisk(facts) };
}

/** A file is ignored for a class only when all its names are: moving it out of an ignored folder is not ignored. */
function withoutIgnored(
  findings: readonly Finding[],
  files: readonly ReadFile[],
  options: ClassificationOptions,
): Finding[] {
  const byPath = new Map<string, ReadFile>();
  for (const file of files) for (const path of namesOf(file)) byPath.set(path, file);
  return findings.filter((finding) => {
    const ignore = finding.class === "size" ? undefined : options?.[finding.class]?.ignore;
    if (ignore === undefined || finding.path === null) return true;
    const file = byPath.get(finding.path);
    const names = file ? namesOf(file) : [finding.path];
    return !names.every((path) => matchesAny(ignore, path));
  });
}

/** Files that were changed, and whose changed lines nobody could see. */
function unread(files: readonly ReadFile[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    if (file.status === "removed") continue;
    const stated = file.additions + file.deletions;
    const shown = file.lines.filter(({ kind }) => kind !== "context").length;
    if (file.isBinary) found.set(file.path, "it is a binary file");
    else if (file.patch === null && stated > 0)
      found.set(file.path, "its patch was left out, as is done with large ones");
    else if (shown < stated) found.set(file.path, "its patch is cut off");
  }
  return found;
}

function testsOf(files: readonly ReadFile[]): Classification["tests"] {
  const isChanged = (file: ReadFile) =>
    file.leftOut === null && (file.additions > 0 || file.deletions > 0 || file.lines.length > 0);
  const hasSource = files.some((file) => isChanged(file) && namesOf(file).some(isSource));
  if (!hasSource) return "no_source";
  // Tests that are only taken away test nothing.
  const hasTests = files.some(
    (file) => isChanged(file) && file.status !== "removed" && isTest(file.path) && gains(file),
  );
  return hasTests ? "changed" : "missing";
}

function gains(file: ReadFile): boolean {
  return file.additions > 0 || file.lines.some(({ kind }) => kind === "added");
}
