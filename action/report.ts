/** The mode `report`: hands over to the App what is known about the job that it stands in, as a rule after a step that failed. */

import { setOutput, warning } from "@actions/core";
import { fitReport, redactReport } from "../src/core/failures/redact-report.ts";
import { reportLimits } from "../src/core/failures/report-limits.ts";
import type { RunReport } from "../src/core/failures/run-report.ts";
import { count } from "../src/core/report/telling.ts";
import { ActionError } from "./action-error.ts";
import { readFlag } from "./inputs.ts";
import type { ActionRun, Outcome } from "./mode.ts";
import { readReportInputs } from "./report/inputs.ts";
import { readJob } from "./report/job.ts";
import { collectJunit } from "./report/junit.ts";
import { secretsOf } from "./report/known-secrets.ts";
import { collectLogs } from "./report/logs.ts";
import { runFacts } from "./report/run-facts.ts";
import { sendReport } from "./report/send.ts";
import { mayAskForTokens, requestIdToken } from "./report/token.ts";

/** What the job has to allow. */
export const reportPermissions = { actions: "read", contents: "read", "id-token": "write" } as const;

export async function report(run: ActionRun): Promise<Outcome> {
  const isFatal = readFlag(run.inputs, "fail-on-error");
  // The job failed already as a rule: that it could not be told of is to hide nothing of that.
  const giveUp = (said: string): Outcome => {
    if (!isFatal) warning(said);
    return isFatal
      ? { kind: "failed", said }
      : { kind: "passed", said: "Nothing was handed over; the job is not failed for it." };
  };
  const event = await run.readEvent();
  const asked = mayAskForTokens(run.env, event, reportPermissions);
  if (asked.kind === "fork") return { kind: "passed", said: asked.said };
  if (asked.kind === "forbidden") return giveUp(asked.said);
  const inputs = readReportInputs(run);
  try {
    const collected = await collect(run, inputs, event);
    const token = () => requestIdToken(run.env, inputs.url);
    const sent = await sendReport({ url: inputs.url, report: collected, token });
    if (sent.kind === "refused") return giveUp(sent.said);
    setOutput("report", String(sent.id));
    return { kind: "passed", said: `Handed over to Holdpoint as report ${sent.id}: ${summaryOf(collected)}.` };
  } catch (error) {
    return giveUp(error instanceof ActionError ? error.message : `The report could not be made: ${String(error)}`);
  }
}

async function collect(
  { env }: ActionRun,
  inputs: ReturnType<typeof readReportInputs>,
  event: Awaited<ReturnType<ActionRun["readEvent"]>>,
): Promise<RunReport> {
  const [job, logs, junit] = await Promise.all([
    readJob(env, inputs),
    collectLogs(env, inputs.log),
    inputs.junit.length === 0 ? null : collectJunit(env, inputs.junit),
  ]);
  const whole = runFacts({ env, event, inputs, job, logs, junit, now: new Date() });
  const clear = await redactReport(whole, { known: secretsOf(env) });
  return fitReport(clear, reportLimits.bodyBytes);
}

function summaryOf({ junit, logs, redacted }: RunReport): string {
  const lines = logs.reduce((sum, log) => sum + log.lines.length, 0);
  const tests = junit === null ? [] : [`${count(junit.failed + junit.errored, "failed test")} of ${junit.tests}`];
  return [...tests, count(lines, "line of logs", "lines of logs"), `${count(redacted, "secret")} cut out`].join(", ");
}
