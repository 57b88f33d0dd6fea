/** Checks that a change takes away from a workflow, or whose result no longer counts. */

import type { Observation } from "../../detector.ts";
import { type Comparison, hasTrigger } from "./comparison.ts";
import type { Job, Step, Text, WorkflowFile } from "./workflow-file.ts";

/** Names and commands of what checks a change. */
const checks =
  /(?:^|[^a-z])(?:tests?|specs?|lint(?:ing|er)?|eslint|biome|clippy|vet|fmt|format|type-?check|tsc|mypy|pyright|ruff|pytest|vitest|jest|checks?|verify|validate|audit|scan(?:ning)?|codeql|semgrep|trivy|gitleaks|zizmor|sast|coverage|e2e|integration|ci)(?:$|[^a-z])/i;

export function weakenedChecks(comparison: Comparison): Observation[] {
  const { base, head } = comparison;
  if (base === null) return [];
  return [
    ...lostTrigger(comparison),
    ...lostJobs(comparison, base),
    ...head.jobs.flatMap((job) => inJob(comparison, base, job)),
  ];
}

function lostTrigger({ base, head, file }: Comparison): Observation[] {
  const events = ["pull_request", "pull_request_target"];
  // Nothing reports on a pull request any more; what another workflow calls still does.
  if (!hasTrigger(base, events) || hasTrigger(head, [...events, "workflow_call", "merge_group"])) return [];
  const isCheck = head.jobs.some((job) => isCheckJob(job)) || checks.test(file.path);
  return [
    {
      rule: "workflow_check_weakened",
      strength: isCheck ? "likely" : "hint",
      what: "the workflow no longer runs on pull requests",
      path: file.path,
      line: head.triggers[0]?.line ?? 1,
      before: base?.triggers.map(({ text }) => text).join(", ") ?? null,
      after: head.triggers.map(({ text }) => text).join(", "),
    },
  ];
}

function lostJobs({ head, file }: Comparison, base: WorkflowFile): Observation[] {
  const names = new Set(head.jobs.map(({ name }) => name));
  const hasNew = head.jobs.some(({ name }) => !base.jobs.some((job) => job.name === name));
  return base.jobs
    .filter((job) => !names.has(job.name) && isCheckJob(job))
    .map((job) => ({
      rule: "workflow_check_removed",
      // A job beside which another came may only have a new name.
      strength: hasNew ? ("hint" as const) : ("likely" as const),
      what: `job \`${job.name}\` was removed`,
      path: file.path,
      line: job.line,
      side: "base" as const,
      symbol: job.name,
    }));
}

function inJob({ file }: Comparison, base: WorkflowFile, job: Job): Observation[] {
  const before = base.jobs.find(({ name }) => name === job.name);
  if (!before) return [];
  const observe = (what: string, text: Text, isCheck: boolean): Observation => ({
    rule: "workflow_check_weakened",
    strength: isCheck ? "likely" : "hint",
    what,
    path: file.path,
    line: text.line,
    after: text.text.split("\n", 1)[0] ?? "",
    symbol: job.name || null,
  });
  const found: Observation[] = [];
  const name = `job \`${job.name}\``;
  if (isOn(job.continuesOnError) && !isOn(before.continuesOnError))
    found.push(observe(`${name} may fail without anybody being held`, job.continuesOnError, isCheckJob(job)));
  if (isNever(job.condition) && !isNever(before.condition))
    found.push(observe(`${name} is switched off`, job.condition, isCheckJob(job)));
  for (const step of job.steps) {
    const old = sameStep(before, step);
    if (!old) continue;
    const title = `step \`${titleOf(step)}\``;
    if (isOn(step.continuesOnError) && !isOn(old.continuesOnError))
      found.push(observe(`${title} may fail without failing its job`, step.continuesOnError, isCheckStep(step)));
    if (isNever(step.condition) && !isNever(old.condition))
      found.push(observe(`${title} is switched off`, step.condition, isCheckStep(step)));
    const ignored = newlyIgnored(old.run?.text ?? "", step.run);
    if (ignored)
      found.push(observe(`the result of a command in ${title} is ignored`, ignored, checks.test(ignored.text)));
  }
  return [...found, ...lostSteps(file.path, before, job)];
}

function lostSteps(path: string, before: Job, job: Job): Observation[] {
  return before.steps
    .filter((step) => isCheckStep(step) && !sameStep(job, step))
    .map((step) => ({
      rule: "workflow_check_removed",
      strength: "hint" as const,
      what: `step \`${titleOf(step)}\` of job \`${job.name}\` was removed or rewritten`,
      path,
      line: step.line,
      side: "base" as const,
      symbol: job.name || null,
    }));
}

/** `|| true` at the end of a command, or `set +e`, which was not there before. */
function newlyIgnored(before: string, run: Text | null): Text | null {
  if (run === null) return null;
  const lines = run.text.split("\n");
  const at = lines.findIndex(
    (line) => /\|\|\s{0,5}(true|:|exit 0)\s{0,5}$/.test(line.slice(0, 2000)) && !before.includes(line),
  );
  if (at === -1) return null;
  const line = lines[at] ?? "";
  // New commands may well be allowed to fail; one that counted before is the point.
  const bare = line.replace(/\|\|.{0,20}$/, "").trim();
  return before.includes(bare) ? { text: line.trim(), line: lines.length > 1 ? run.line + 1 + at : run.line } : null;
}

function sameStep({ steps }: Job, wanted: Step): Step | undefined {
  return steps.find(
    (step) =>
      (wanted.id !== null && step.id === wanted.id) ||
      (wanted.name !== null && step.name === wanted.name) ||
      (wanted.uses !== null && step.uses?.action === wanted.uses.action) ||
      (wanted.run !== null && step.run !== null && firstCommand(step) === firstCommand(wanted)),
  );
}

function firstCommand({ run }: Step): string {
  return (run?.text.trim().split("\n", 1)[0] ?? "").replace(/\s*\|\|.{0,20}$/, "");
}

function titleOf(step: Step): string {
  return (step.name ?? step.uses?.action ?? firstCommand(step)).slice(0, 80);
}

function isCheckJob(job: Job): boolean {
  return checks.test(job.name) || job.steps.some(isCheckStep);
}

/** What fetches or hands on what checks need or tell decides nothing, whatever it speaks of. */
const carries = /^(?:download|upload|restore|save|cache|fetch|publish|post|comment|notify|report|set ?up|install)\b/i;

function isCheckStep(step: Step): boolean {
  if (carries.test(step.name ?? "")) return false;
  return checks.test(step.name ?? "") || checks.test(step.run?.text.slice(0, 4000) ?? "");
}

function isOn(text: Text | null): text is Text {
  return text?.text === "true";
}

function isNever(text: Text | null): text is Text {
  return text !== null && /^(\$\{\{\s{0,5})?false(\s{0,5}\}\})?$/.test(text.text.trim());
}
