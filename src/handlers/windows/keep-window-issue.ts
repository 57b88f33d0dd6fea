/** Brings the issue of a maintenance window to what is to be said there, each change once. */

import {
  isSettled,
  unfiledNumber,
  validationDueAt,
  type WindowRecord,
  windowKey,
} from "../../core/bypass/window-record.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { windowIssue, windowMessage, windowSettled, windowTitle } from "../../core/report/window-issue.ts";
import type { ScheduleSubject } from "../../core/subject.ts";
import { digestOf } from "../digest.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";
import type { PolicyReading } from "../read-policy.ts";
import { tell } from "../tell.ts";

export interface WindowLook {
  /** As kept; both `null` where nothing is yet. */
  issue: KeptIssue | null;
  kept: WindowRecord | null;
  record: WindowRecord;
}

/** Nothing is asked of GitHub or the database where the record says what it said. */
export async function keepWindowIssue(
  subject: ScheduleSubject,
  { issue, kept, record }: WindowLook,
  policy: PolicyReading,
  ports: Ports,
): Promise<void> {
  if (kept !== null && digestOf(kept) === digestOf(record)) return;
  const wasOpen = kept !== null && !isSettled(kept);
  // What was announced by nothing needs no closing words.
  if (issue === null && isSettled(record)) return;
  const filed = issue === null ? await file(subject, record, ports) : await change(issue, kept, record, ports);
  await tellOf(subject, filed, { kept, record }, policy, ports);
  // An announcement may be missing, and a debt may not.
  if (filed === null && record.merges.length === 0) return;
  const number = filed ?? unfiledNumber(record);
  const next = keptIssue(subject, number, record);
  if (record.phase === kept?.phase) await ports.store.keepIssue(next);
  else await ports.store.recordIssue(next, windowEntry(number, record));
  if (wasOpen && isSettled(record)) await say(subject, number, windowSettled(record), ports);
  if (record.phase === "validating") await ports.store.enqueue([{ ...subject, kind: "issue", number }]);
}

export function keptIssue(subject: KeptIssue | ScheduleSubject, number: number, record: WindowRecord): KeptIssue {
  const { installationId, repositoryId, owner, name } = subject;
  return {
    installationId,
    repositoryId,
    owner,
    name,
    number,
    key: windowKey(record),
    kind: "window",
    state: isSettled(record) ? "done" : "open",
    pullRequest: null,
    commitSha: null,
    dueAt: record.phase === "validating" ? validationDueAt(record) : null,
    data: record,
  };
}

/** @returns its number; `null` where issues are off */
async function file(subject: ScheduleSubject | KeptIssue, record: WindowRecord, ports: Ports) {
  const filed = await ports.github.createIssue(subject, windowIssue(record));
  if (filed !== "refused") return filed.number;
  const { repositoryId } = subject;
  ports.log.warn({ repositoryId, window: record.window, start: record.start }, "A window's issue could not be filed");
  return null;
}

/** One that was deleted is filed anew once something is owed. */
async function change(
  issue: KeptIssue,
  kept: WindowRecord | null,
  record: WindowRecord,
  ports: Ports,
): Promise<number | null> {
  if (issue.number < 0) return file(issue, record, ports);
  const { title, body } = windowIssue(record);
  const marked = `${body}\n\n<!-- holdpoint:${windowKey(record)} -->`;
  const isOpenAgain = kept !== null && isSettled(kept) && !isSettled(record);
  const state = isSettled(record) ? ("closed" as const) : isOpenAgain ? ("open" as const) : undefined;
  const outcome = await ports.github.changeIssue(issue, {
    title,
    body: marked,
    ...(state === undefined ? {} : { state }),
  });
  if (outcome !== "gone" || isSettled(record) || record.merges.length === 0) return issue.number;
  return file(issue, record, ports);
}

/** Announced once, and told once more when something is owed. */
async function tellOf(
  { installationId, repositoryId, owner, name }: ScheduleSubject,
  number: number | null,
  { kept, record }: Pick<WindowLook, "kept" | "record">,
  policy: PolicyReading,
  ports: Ports,
): Promise<void> {
  const isAnnounced = kept === null && record.phase === "planned" && record.merges.length === 0;
  const isOwed = record.phase === "validating" && kept?.phase !== "validating";
  if (!isAnnounced && !isOwed) return;
  const known: Policy | null = policy.kind === "loaded" ? policy.document.policy : null;
  if (known === null) return;
  const url = number === null ? null : `${ports.urls.server}/${owner}/${name}/issues/${number}`;
  const message = {
    key: `${windowKey(record)}:${isOwed ? `validation:${record.merges.length}` : "announced"}`,
    ...{ installationId, repositoryId, owner, name },
    severity: isOwed ? ("medium" as const) : ("low" as const),
    roles: [record.role],
    channels: [],
    title: windowTitle(record),
    body: windowMessage(record),
    url,
    // The issue says it already; where there is none, nothing does.
    about: null,
    people: [],
    at: ports.clock.now(),
  };
  await tell(message, known, ports);
}

/** What the audit trail says of a step. */
export function windowEntry(number: number, { window, baseRef, start, end, phase, merges, review }: WindowRecord) {
  const numbers = merges.map((merge) => merge.number);
  return { kind: `window_${phase}`, data: { issue: number, window, baseRef, start, end, merges: numbers, review } };
}

async function say(subject: ScheduleSubject, number: number, words: string, { github }: Ports): Promise<void> {
  const issue = { ...subject, number };
  if (number < 0) return;
  if ((await github.readIssue(issue)) !== "gone") await github.comment(issue, words);
}
