/** Looks at the maintenance windows of one branch: which its policy has, what is announced, what was merged through them. */

import {
  advanceWindow,
  isAtEdge,
  isPlanned,
  isThrough,
  lookBackMs,
  nextScheduleLook,
  occurrencesToKeep,
  type ScheduleFacts,
} from "../core/bypass/plan-windows.ts";
import { isSettled, readWindowRecord, type WindowRecord, windowKey } from "../core/bypass/window-record.ts";
import { windowDigest, windowsOf } from "../core/bypass/windows.ts";
import type { SeenWindow } from "../core/snapshot.ts";
import type { ScheduleSubject } from "../core/subject.ts";
import type { KeptIssue, KnownMerge } from "./exceptions-port.ts";
import { enqueueSpread, subjectOf } from "./fan-out.ts";
import type { Ports, RunResult } from "./ports.ts";
import type { PolicyReading } from "./read-policy.ts";
import { readPolicyOfBranch } from "./read-policy-of-branch.ts";
import { keepWindowIssue } from "./windows/keep-window-issue.ts";
import { readWindowMerges } from "./windows/read-window-merges.ts";

/** @throws {GithubError} when GitHub fails; the subject is then looked at again */
export async function keepSchedule(named: ScheduleSubject, ports: Ports): Promise<RunResult> {
  const { github, store, clock, log } = ports;
  const repository = await github.readRepository(named);
  if (repository === "gone" || repository.id !== named.repositoryId) return {};
  const subject = { ...named, owner: repository.owner, name: repository.name };
  const [policy, memory, issues] = await Promise.all([
    readPolicyOfBranch(subject, subject.baseRef, ports),
    store.loadWindows(subject.repositoryId),
    store.listIssues({ repositoryId: subject.repositoryId, kind: "window", state: "open" }),
  ]);
  const now = clock.now();
  if (!memory.isClockSure) {
    log.warn(
      { repositoryId: subject.repositoryId },
      "The database's clock and this machine's differ; windows are closed",
    );
    return { wakeAt: new Date(now.getTime() + clockAgainMs) };
  }
  const windows = policy.kind === "loaded" ? windowsOf(policy.document.policy) : [];
  const seen = await remember(subject, policy, memory.windows, now, ports);
  const isDefaultBranch = subject.baseRef === repository.defaultBranch;
  const facts: ScheduleFacts = { windows, baseRef: subject.baseRef, isDefaultBranch, seen, now };
  const open = issues.filter(({ data }) => readWindowRecord(data).baseRef === subject.baseRef);
  if (windows.length === 0 && open.length === 0) return {};

  const kept = await keepIssues(subject, facts, policy, open, ports);
  const { repositoryId, baseRef } = subject;
  if (isAtEdge(facts))
    await enqueueSpread((await store.listPullRequests({ repositoryId, baseRef })).map(subjectOf), ports);
  return { wakeAt: nextScheduleLook(facts, kept) };
}

/** What clocks show may be set right meanwhile. */
const clockAgainMs = 10 * 60_000;

/** What the policy has from now on; a policy that is broken or gone has none, so that none opens by it. */
async function remember(
  { repositoryId, baseRef }: ScheduleSubject,
  policy: PolicyReading,
  before: readonly SeenWindow[],
  now: Date,
  { store }: Ports,
): Promise<SeenWindow[]> {
  const windows = policy.kind === "loaded" ? windowsOf(policy.document.policy) : [];
  const digests = [...new Set(windows.map(windowDigest))];
  const known = before.filter((one) => one.baseRef === baseRef);
  const isKnown = known.length === digests.length && known.every(({ digest }) => digests.includes(digest));
  if (!isKnown) await store.saveWindows(repositoryId, baseRef, digests, now);
  return digests.map((digest) => known.find((one) => one.digest === digest) ?? { baseRef, digest, since: now });
}

/** @returns those that are not settled */
async function keepIssues(
  subject: ScheduleSubject,
  facts: ScheduleFacts,
  policy: PolicyReading,
  open: readonly KeptIssue[],
  ports: Ports,
): Promise<WindowRecord[]> {
  const { store } = ports;
  const { now } = facts;
  const through = await store.listWindowMerges({ ...subject, from: lookBackFrom(open, now), to: laterThan(now) });
  const planned = occurrencesToKeep(facts, through);
  const issues = new Map(open.map((issue) => [issue.key, issue]));
  for (const key of planned.map(windowKey)) {
    const issue = issues.has(key) ? null : await store.loadIssueByKey(subject.repositoryId, key);
    if (issue !== null) issues.set(key, issue);
  }
  const unsettled: WindowRecord[] = [];
  for (const key of new Set([...planned.map(windowKey), ...issues.keys()])) {
    const issue = issues.get(key) ?? null;
    const kept = issue === null ? null : readWindowRecord(issue.data);
    const plan = planned.find((one) => windowKey(one) === key) ?? null;
    const isStillPlanned = kept === null ? true : policy.kind === "broken" ? null : isPlanned(facts, kept);
    const merges = await readWindowMerges(subject, kept, mergesOf(kept ?? plan, through), ports);
    const record = advanceWindow({ kept, planned: plan, merges, isStillPlanned, now });
    if (record === null) continue;
    await keepWindowIssue(subject, { issue, kept, record }, policy, ports);
    if (!isSettled(record)) unsettled.push(record);
  }
  return unsettled;
}

function mergesOf(record: WindowRecord | null, through: readonly KnownMerge[]): KnownMerge[] {
  if (record === null || !record.isForPullRequests) return [];
  const occurrence = { start: new Date(record.start), end: new Date(record.end) };
  return through.filter(({ mergedAt }) => isThrough(occurrence, mergedAt));
}

function lookBackFrom(open: readonly KeptIssue[], now: Date): Date {
  const starts = open.map(({ data }) => Date.parse(readWindowRecord(data).start));
  return new Date(Math.min(now.getTime() - lookBackMs, ...starts));
}

/** GitHub's clock may be a little ahead. */
function laterThan(now: Date): Date {
  return new Date(now.getTime() + 3_600_000);
}
