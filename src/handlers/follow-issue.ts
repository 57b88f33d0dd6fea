/** Looks at one issue that Holdpoint keeps: hears what people say there, then does what its kind does. */

import type { IssueSubject } from "../core/subject.ts";
import { earliest } from "./follow-up.ts";
import { hearIssue } from "./issues/hear-issue.ts";
import { issueFollowers } from "./issues/index.ts";
import type { IssueLook } from "./issues/issue-look.ts";
import type { Ports, Run, RunResult } from "./ports.ts";

/** One that is not ours costs a statement and no request. */
export async function followIssue(subject: IssueSubject, ports: Ports, run: Run): Promise<RunResult> {
  const found = await ports.store.loadIssue(subject.repositoryId, subject.number);
  if (found === null) return {};
  // The repository may have been renamed since it was filed.
  const { installationId, owner, name } = subject;
  const look = await readLook({ ...found, installationId, owner, name }, ports);
  const heard = look.kept.state === "open" ? await hearIssue(look, ports) : { look, isToHearAgain: false };
  const result = await issueFollowers[look.kept.kind](heard.look, ports, run);
  if (!heard.isToHearAgain) return result;
  return { wakeAt: earliest([result.wakeAt ?? null, later(ports.clock.now())]) };
}

/** A number below zero was never given by GitHub: issues were off when it was to be filed. */
async function readLook(kept: IssueLook["kept"], { github }: Ports): Promise<IssueLook> {
  return { kept, reading: kept.number < 0 ? "gone" : await github.readIssue(kept) };
}

const hearAgainAfterMs = 10 * 60_000;

function later(now: Date): Date {
  return new Date(now.getTime() + hearAgainAfterMs);
}
