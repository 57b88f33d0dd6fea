/** A report without secrets and within the limits: made so where it is written, and once more where it is kept. */

import { readLogLines, shorten, tailOf } from "./log-text.ts";
import { type RedactOptions, redactTexts } from "./redact.ts";
import { reportLimits } from "./report-limits.ts";
import type { FailedCase, JunitSummary, LogTail, RunReport } from "./run-report.ts";

/**
 * Names and ids by which GitHub is asked stay as they are.
 *
 * @param report may be longer than the limits allow: it is cut only after secrets are out, so that none is cut in two
 */
export async function redactReport(report: RunReport, options: RedactOptions = {}): Promise<RunReport> {
  const found: string[] = [];
  mapTexts(report, (text) => {
    // A colour in the middle of a secret would hide it.
    found.push(readLogLines(text).join("\n"));
    return text;
  });
  const { texts, count } = await redactTexts(found, options);
  let at = 0;
  const clear = mapTexts(report, () => texts[at++] ?? "");
  return cut({ ...clear, redacted: report.redacted + count }, 1);
}

/** Cuts texts until the report is as small as it must be, details of failures and the start of logs first. @param bytesMax as JSON */
export function fitReport(report: RunReport, bytesMax: number): RunReport {
  for (const share of [1, 0.5, 0.25, 0.1]) {
    const smaller = cut(report, share);
    if (new TextEncoder().encode(JSON.stringify(smaller)).length <= bytesMax) return smaller;
  }
  const { junit } = report;
  return {
    ...cut(report, 0.1),
    logs: [],
    junit: junit && { ...junit, cases: [], cases_left_out: junit.cases_left_out + junit.cases.length },
  };
}

/** The report with each of its texts replaced, always in the same order. */
function mapTexts(report: RunReport, replace: (text: string) => string): RunReport {
  const maybe = (text: string | null) => (text === null ? null : replace(text));
  const { run, job, step, command, logs, junit, runner, tools } = report;
  return {
    ...report,
    run: { ...run, workflow: replace(run.workflow) },
    job: { ...job, key: replace(job.key), name: maybe(job.name) },
    step: step && { ...step, name: replace(step.name) },
    command: maybe(command),
    logs: logs.map((log) => ({
      ...log,
      source: replace(log.source),
      lines: linesOf(replace(log.lines.join("\n"))),
    })),
    junit: junit && {
      ...junit,
      cases: junit.cases.map((one) => ({
        ...one,
        suite: maybe(one.suite),
        class_name: maybe(one.class_name),
        name: replace(one.name),
        file: maybe(one.file),
        type: maybe(one.type),
        message: maybe(one.message),
        details: maybe(one.details),
      })),
      problems: junit.problems.map(({ file, line, what }) => ({ file: replace(file), line, what: replace(what) })),
    },
    runner: { ...runner, name: maybe(runner.name) },
    tools: Object.fromEntries(Object.entries(tools).map(([name, version]) => [name, replace(version)])),
  };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}

/** @param share of the room that logs and failures have */
function cut(report: RunReport, share: number): RunReport {
  const { logs, junit, run, job, step, command, runner, tools } = report;
  return {
    ...report,
    run: { ...run, workflow: name(run.workflow) },
    job: { ...job, key: name(job.key), name: job.name && name(job.name) },
    step: step && { ...step, name: name(step.name) },
    command: command && shorten(command, reportLimits.messageCharacters),
    logs: cutLogs(logs, share),
    junit: junit && cutJunit(junit, share),
    runner: { ...runner, name: runner.name && name(runner.name) },
    tools: Object.fromEntries(Object.entries(tools).map(([tool, version]) => [tool, shorten(version, 100)])),
  };
}

function cutLogs(logs: readonly LogTail[], share: number): LogTail[] {
  const kept = logs.slice(0, reportLimits.logs);
  const room = Math.floor((reportLimits.logCharacters * share) / Math.max(1, kept.length));
  return kept.map(({ source, lines, lines_left_out }) => {
    const tail = tailOf(name(source), lines, room);
    return { ...tail, lines_left_out: tail.lines_left_out + lines_left_out };
  });
}

function cutJunit(junit: JunitSummary, share: number): JunitSummary {
  const cases = junit.cases.slice(0, reportLimits.cases);
  const room = { characters: reportLimits.caseCharacters * share };
  return {
    ...junit,
    cases: cases.map((one) => cutCase(one, share, room)),
    cases_left_out: junit.cases_left_out + junit.cases.length - cases.length,
    problems: junit.problems
      .slice(0, reportLimits.problems)
      .map(({ file, line, what }) => ({ file: name(file), line, what: shorten(what, reportLimits.messageCharacters) })),
  };
}

function cutCase(one: FailedCase, share: number, room: { characters: number }): FailedCase {
  const take = (text: string | null, most: number) => {
    const fits = Math.min(Math.floor(most * share), Math.floor(room.characters));
    if (text === null || fits < 10) return null;
    const taken = shorten(text, fits);
    room.characters -= taken.length;
    return taken;
  };
  return {
    ...one,
    suite: one.suite && name(one.suite),
    class_name: one.class_name && name(one.class_name),
    name: name(one.name),
    file: one.file && name(one.file),
    type: one.type && name(one.type),
    message: take(one.message, reportLimits.messageCharacters),
    details: take(one.details, reportLimits.detailsCharacters),
  };
}

function name(text: string): string {
  return shorten(text, reportLimits.nameCharacters);
}
