/** The issue of a maintenance window: what was merged through it is looked over by somebody who had no hand in it. */

import { parseReviewed, standingOfReviewer } from "../../core/bypass/reviewed.ts";
import { isSettled, readWindowRecord, validationDueAt, type WindowRecord } from "../../core/bypass/window-record.ts";
import type { Stuck } from "../../core/escalation/stuck.ts";
import { answerWindowReview, windowNotOver } from "../../core/report/window-answers.ts";
import { windowIssue, windowReopened, windowSettled } from "../../core/report/window-issue.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import { earliest } from "../follow-up.ts";
import { holdsRoleNow } from "../holds-role-now.ts";
import type { IssueReading } from "../issues-port.ts";
import type { Ports, RunResult } from "../ports.ts";
import { readPolicyOfBranch } from "../read-policy-of-branch.ts";
import { reportStuck } from "../stuck.ts";
import { keptIssue, windowEntry } from "../windows/keep-window-issue.ts";
import type { IssueCommand, IssueFollower } from "./issue-look.ts";

export const followWindow: IssueFollower = async ({ kept, reading }, ports) => {
  const record = readWindowRecord(kept.data);
  if (kept.state === "done" || record.phase !== "validating") return {};
  if (record.review !== null) return settle(kept, record, ports);
  let retryAt: Date | null = null;
  const now = ports.clock.now();
  if (reading === "gone") {
    if (await fileAnew(kept, record, ports)) return {};
    retryAt = new Date(now.getTime() + refileAfterMs);
  } else if (reading.state === "closed") await reopen(kept, record, reading, ports);
  const dueAt = validationDueAt(record);
  if (now < dueAt) return { wakeAt: earliest([dueAt, retryAt]) };
  await reportStuck({ repository: kept, kind: "window_validation", number: kept.number }, [stuck(kept, record)], ports);
  return { wakeAt: retryAt };
};

const refileAfterMs = 24 * 3_600_000;

/** Deleted, transferred, or issues are off: what is owed stays owed. @returns whether it was filed */
async function fileAnew(kept: KeptIssue, record: WindowRecord, ports: Ports): Promise<boolean> {
  const filed = await ports.github.createIssue(kept, windowIssue(record));
  if (filed === "refused") {
    ports.log.warn({ repositoryId: kept.repositoryId, key: kept.key }, "A window's issue is gone and cannot be filed");
    return false;
  }
  const { number } = filed;
  // One that was there before issues were switched off is found again, with what it said then.
  await ports.github.changeIssue({ ...kept, number }, { ...wordsOf(kept, record), state: "open" });
  await reportStuck({ repository: kept, kind: "window_validation", number: kept.number }, [], ports);
  const data = { issue: number, was: kept.number };
  await ports.store.recordIssue(keptIssue(kept, number, record), { kind: "window_refiled", data });
  await ports.store.enqueue([{ ...refOf(kept), kind: "issue", number }]);
  return true;
}

/** Said once: whoever closes it again finds it opened again. */
async function reopen(kept: KeptIssue, record: WindowRecord, reading: IssueReading, { github }: Ports): Promise<void> {
  await github.changeIssue(kept, { state: "open" });
  const isSaid = reading.comments.some(({ user, body }) => user.kind === "bot" && body.includes(reopenedMarker));
  if (!isSaid) await github.comment(kept, `${windowReopened(record)}\n\n${reopenedMarker}\n`);
}

const reopenedMarker = "<!-- holdpoint:window-reopened -->";

function stuck(kept: KeptIssue, record: WindowRecord): Stuck {
  return {
    key: `window_validation:${kept.key}`,
    repository: refOf(kept),
    kind: "window_validation",
    number: kept.number,
    what: `the validation of the maintenance window ${record.window}`,
    since: validationDueAt(record),
    startsAt: "level_2",
    roles: [record.role],
  };
}

async function settle(kept: KeptIssue, before: WindowRecord, ports: Ports): Promise<RunResult> {
  const record: WindowRecord = { ...before, phase: "validated" };
  const { github, store } = ports;
  await github.changeIssue(kept, { ...wordsOf(kept, record), state: "closed" });
  await reportStuck({ repository: kept, kind: "window_validation", number: kept.number }, [], ports);
  await store.recordIssue(keptIssue(kept, kept.number, record), windowEntry(kept.number, record));
  return {};
}

/** `/holdpoint reviewed <sound | follow-up | revert> <lessons>` on the issue of a window. */
export const reviewWindow: IssueCommand = async ({ kept, command, comment }, ports) => {
  const record = readWindowRecord(kept.data);
  const { user } = comment;
  if (record.phase !== "validating") {
    return { reaction: "-1", comment: isSettled(record) ? windowSettled(record) : windowNotOver(record) };
  }
  if (record.review !== null) return { reaction: "+1" };
  const reviewed = parseReviewed(command.rest);
  if (reviewed.kind === "malformed") return { reaction: "confused", comment: answerWindowReview(reviewed) };
  const [repository, policy] = await Promise.all([
    ports.github.readRepository(kept),
    readPolicyOfBranch(kept, record.baseRef, ports),
  ]);
  const isReadable = repository !== "gone" && policy.kind === "loaded";
  const holds = isReadable
    ? await holdsRoleNow(user, record.role, { ref: kept, repository, policy: policy.document.policy }, ports)
    : "unknown";
  const excluded = record.merges.flatMap(({ people }) => people);
  const standing = standingOfReviewer(user, excluded, holds);
  if (standing.kind === "unreadable") {
    return { reaction: "eyes", comment: answerWindowReview({ ...standing, role: record.role }), again: true };
  }
  if (standing.kind !== "may") {
    return { reaction: "-1", comment: answerWindowReview({ ...standing, role: record.role }) };
  }
  const { verdict, lessons } = reviewed;
  const person = { id: user.id, login: user.login };
  const review = { verdict, lessons, person, commentId: comment.id, at: comment.createdAt.toISOString() };
  return { reaction: "+1", data: { ...record, review } };
};

function wordsOf({ key }: KeptIssue, record: WindowRecord): { title: string; body: string } {
  const { title, body } = windowIssue(record);
  return { title, body: `${body}\n\n<!-- holdpoint:${key} -->` };
}

function refOf({ installationId, repositoryId, owner, name }: KeptIssue) {
  return { installationId, repositoryId, owner, name };
}
