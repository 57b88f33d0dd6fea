/** The table from kinds of subject to who looks at them. */

import type { Subject } from "../core/subject.ts";
import { escalate } from "./escalate.ts";
import { evaluateMergeGroup } from "./evaluate-merge-group.ts";
import { evaluatePullRequest } from "./evaluate-pull-request.ts";
import { fanOutCommit, fanOutInstallation, fanOutRepository } from "./fan-out.ts";
import { followIssue } from "./follow-issue.ts";
import { handleButton } from "./handle-button.ts";
import { handleCommand } from "./handle-command.ts";
import { judgeDeployment } from "./judge-deployment.ts";
import { keepSchedule } from "./keep-schedule.ts";
import { openRollback } from "./open-rollback.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { replayPolicyChange } from "./replay-policy-change.ts";
import { sendDigest } from "./send-digest.ts";
import { sendMessage } from "./send-message.ts";

const handlers: { [Kind in Subject["kind"]]: Handler<Subject & { kind: Kind }> } = {
  pull_request: evaluatePullRequest,
  merge_group: evaluateMergeGroup,
  command: handleCommand,
  button: handleButton,
  commit: fanOutCommit,
  repository: fanOutRepository,
  installation: fanOutInstallation,
  issue: followIssue,
  schedule: keepSchedule,
  escalation: escalate,
  deployment: judgeDeployment,
  rollback: openRollback,
  policy_replay: replayPolicyChange,
  message: sendMessage,
  digest: sendDigest,
};

type Handler<S extends Subject> = (subject: S, ports: Ports, run: Run) => Promise<RunResult>;

/** @throws what the handler throws; the subject is then looked at again, at the error's `retryAt` if it has one */
export async function handle(subject: Subject, ports: Ports, run: Run): Promise<RunResult> {
  try {
    const result = await (handlers[subject.kind] as Handler<Subject>)(subject, ports, run);
    ports.meter.ran(subject.kind, "done");
    return result;
  } catch (error) {
    ports.meter.ran(subject.kind, "failed");
    throw error;
  }
}
