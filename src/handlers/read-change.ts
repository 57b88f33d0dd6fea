/** What a pull request changes and what kind of change that is: remembered from an earlier look, or read and classified now. */

import { namesOf } from "../core/findings/detector.ts";
import { lockOf, manifestOf } from "../core/findings/manifests.ts";
import { patchDigests } from "../core/findings/patch-digest.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import type { Policy } from "../core/policy/schema.ts";
import type { Contents, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { digestOfShared } from "./digest.ts";
import type { Change, PullRequestReading } from "./github-port.ts";
import { NotYet, soon } from "./not-yet.ts";
import type { JudgingPorts, Run } from "./ports.ts";
import { readAlerts, readAlertsAgain, scanDigestOf, scanMark } from "./read-code-scan.ts";
import type { ChangeKey, RememberedChange } from "./store-port.ts";
import { withoutTexts } from "./without-texts.ts";

export interface KnownChange extends RememberedChange {
  /** GitHub was asked after the pull request itself was read. */
  isReadLater: boolean;
  /** Where the change left the base branch; the tip of the base where its history does not tell. */
  mergeBaseSha: string;
}

/** So often a list that does not fit the pull request is read again before it counts as incomplete. */
const attemptsMax = 4;

/**
 * @param early the list of files, if it was asked for beside the pull request itself; rejected is as good as not asked
 * @throws {NotYet} when the list belongs to another head or GitHub's own count says otherwise
 */
export async function readChange(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  options: Policy["classification"],
  ports: Omit<JudgingPorts, "urls">,
  run: { attempt: Run["attempt"]; early: Promise<Change> | null },
): Promise<KnownChange> {
  const { snapshot } = reading;
  const { base, head } = snapshot;
  // What GitHub shows is the change since it left the base branch, whatever came there after.
  const since = reading.mergeBaseSha ?? (await ports.github.readMergeBase(subject, { base: base.sha, head: head.sha }));
  const key: ChangeKey = {
    repositoryId: snapshot.repository.id,
    baseSha: since ?? base.sha,
    headSha: head.sha,
    // Findings hang on what the policy calls sensitive, generated and so on as much as on the engine.
    // So they do on what a scan of the code found, once one has ended.
    engineVersion: `${engineVersion}:${digestOfShared(options).slice(0, 16)}${scanMark(snapshot.checks)}`,
  };
  const remembered = await ports.store.loadChange(key);
  const again = remembered === null ? undefined : await readAlertsAgain(subject, snapshot, remembered, ports.github);
  if (remembered !== null && (again === undefined || scanDigestOf(again) === remembered.scanDigest)) {
    const isReadLater = reading.mergeBaseSha === null || again !== undefined;
    return { ...remembered, isReadLater, mergeBaseSha: key.baseSha };
  }

  const early = await (run.early ?? Promise.resolve(null)).catch(() => null);
  const listed = early ?? (await ports.github.readChange(subject));
  const change = checkWhole(listed, reading, ports.clock.now(), run.attempt);
  const whole = { ...snapshot, files: change.files };
  const [contents, dependencyReview, codeScanning] = await Promise.all([
    readContents(subject, { ...whole, base: { ...base, sha: key.baseSha } }, options, ports),
    touchesDependencies(change)
      ? ports.github.readDependencyReview(subject, { base: key.baseSha, head: head.sha })
      : undefined,
    again ?? readAlerts(subject, snapshot, change.files, ports.github),
  ]);
  const seen = {
    ...whole,
    ...(dependencyReview === undefined ? {} : { dependencyReview }),
    ...(codeScanning === undefined ? {} : { codeScanning }),
  };
  const classification = await ports.classify({ snapshot: seen, contents: contents.value, options });
  const digests = patchDigests(change.files);
  const known = {
    ...{ change, classification, patchDigest: digests.whole, pathDigests: digests.byPath },
    ...(codeScanning === undefined ? {} : { scanDigest: scanDigestOf(codeScanning) }),
  };
  if (change.incomplete.length === listed.incomplete.length)
    await ports.store.saveChange(key, { ...known, change: withoutTexts(change) });
  const isReadLater = early === null || contents.isRead || codeScanning !== undefined || reading.mergeBaseSha === null;
  return { ...known, isReadLater, mergeBaseSha: key.baseSha };
}

/** Only these bring dependencies: no other change asks GitHub for its review of them. */
function touchesDependencies({ files }: Change): boolean {
  return files.some((file) => namesOf(file).some((path) => manifestOf(path) !== null || lockOf(path) !== null));
}

/** A list cut short, or of another moment, must not pass for the whole. */
function checkWhole(
  change: Change,
  { snapshot, changedFilesCount }: PullRequestReading,
  now: Date,
  attempt: number,
): Change {
  const isOtherHead = typeof change.headSha === "string" && change.headSha !== snapshot.head.sha;
  const isComplete =
    change.files.length === changedFilesCount || change.incomplete.some(({ what }) => what === "files");
  if (!isOtherHead && isComplete) return change;
  const reason = isOtherHead
    ? "the list of changed files belongs to another commit"
    : `${change.files.length} changed files were listed where GitHub counts ${changedFilesCount}`;
  if (isOtherHead || attempt < attemptsMax) throw new NotYet(reason, soon(now, attempt));
  return { ...change, incomplete: [...change.incomplete, { what: "files", reason }] };
}

/** Contents point to further files, such as a package's entry points; each round is a request, and later ones add only precision. */
const contentRoundsMax = 2;

async function readContents(
  subject: PullRequestSubject,
  snapshot: Snapshot,
  options: Policy["classification"],
  { github, wanted }: Pick<JudgingPorts, "github" | "wanted">,
): Promise<{ value: Contents; isRead: boolean }> {
  const shas = { base: snapshot.base.sha, head: snapshot.head.sha };
  let value: Contents = { base: new Map(), head: new Map() };
  for (let round = 0; round < contentRoundsMax; round++) {
    const paths = await wanted({ snapshot, options, contents: value });
    if (paths.length === 0) return { value, isRead: round > 0 };
    const more = await github.readContents(subject, shas, paths);
    value = { base: new Map([...value.base, ...more.base]), head: new Map([...value.head, ...more.head]) };
  }
  return { value, isRead: true };
}
