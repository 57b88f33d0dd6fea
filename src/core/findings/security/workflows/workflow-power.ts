import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../../detector.ts";
import { isWorkflow } from "../../file-role.ts";
import { type Comparison, hasTrigger, privilegedTriggers, stepsOf } from "./comparison.ts";
import { fromPatch } from "./from-patch.ts";
import { unpinnedUses } from "./pinning.ts";
import { raisedPermissions } from "./raised-permissions.ts";
import { carriedOver, injections, untrustedCheckouts } from "./untrusted-input.ts";
import { weakenedChecks } from "./weakened-checks.ts";
import { readWorkflow, type Text, type WorkflowFile } from "./workflow-file.ts";
import { workflowRules } from "./workflow-rules.ts";

/** Reports workflows and actions that got more power than they had, or check less (C2). */
export const workflowPower = defineDetector({
  id: "workflow_power",
  class: "security",
  title: "workflow permissions, triggers, pinning and checks",
  why: "A workflow runs with the repository's own token and secrets.",
  rules: workflowRules,
  contents: (files) => files.filter((file) => namesOf(file).some(isWorkflow)).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of input.files) {
      if (!namesOf(file).some(isWorkflow)) continue;
      observations.push(changed(file));
      const compared = compare(file, input);
      if (Array.isArray(compared)) observations.push(...compared);
      else {
        notAnalysed.push({ path: file.path, why: compared.why });
        observations.push(...fromPatch(file));
      }
    }
    return { observations, notAnalysed };
  },
});

function changed(file: ReadFile): Observation {
  return { rule: "workflow_changed", strength: "hint", what: `workflow \`${file.path}\` changed`, path: file.path };
}

function compare(file: ReadFile, { contents, snapshot }: DetectorInput): Observation[] | { why: string } {
  const before = baseText(contents, file);
  const after = headText(contents, file);
  if (file.status === "removed" || after === null) return [];
  if (before === undefined || after === undefined) return { why: "the workflow's text was not read" };
  const head = readWorkflow(after);
  if (!head) return { why: "the workflow is no readable YAML" };
  // A broken workflow never ran: what replaces it is as good as new.
  const base = before === null ? null : readWorkflow(before);
  const comparison: Comparison = {
    file,
    base,
    head,
    isPrivateRepository: snapshot.repository.isPrivate,
    addedLine: (words) => file.lines.find(({ kind, text }) => kind === "added" && text.includes(words))?.line ?? null,
  };
  return [
    ...raisedPermissions(comparison),
    ...triggers(comparison),
    ...untrustedCheckouts(comparison),
    ...injections(comparison),
    ...unpinnedUses(comparison),
    ...inherited(comparison),
    ...carriedOver(comparison),
    ...unsecured(comparison),
    ...weakenedChecks(comparison),
  ];
}

function triggers({ base, head, file }: Comparison): Observation[] {
  return head.triggers
    .filter(({ text }) => privilegedTriggers.includes(text) && !hasTrigger(base, [text]))
    .map(({ text, line }) => ({
      rule: "workflow_privileged_trigger",
      strength: "proven",
      what: `the workflow now runs on \`${text}\``,
      path: file.path,
      line,
      symbol: text,
    }));
}

function inherited({ base, head, file }: Comparison): Observation[] {
  const before = new Set(base?.jobs.filter((job) => job.inheritsSecrets !== null).map((job) => job.name));
  return head.jobs.flatMap((job) => {
    if (job.inheritsSecrets === null || before.has(job.name)) return [];
    // A workflow of the same repository has them anyway, one of others gets them for the first time.
    const isOwn = job.uses === null || job.uses.action.startsWith("./");
    return [
      {
        rule: "workflow_secrets_inherited",
        strength: isOwn ? ("likely" as const) : ("proven" as const),
        what: `job \`${job.name}\` hands every secret to the workflow it calls`,
        path: file.path,
        line: job.inheritsSecrets.line,
        after: job.uses?.text ?? null,
        symbol: job.name,
      },
    ];
  });
}

const unsecuredName = "ACTIONS_ALLOW_UNSECURE_COMMANDS";

function unsecured({ base, head, file }: Comparison): Observation[] {
  const found = unsecuredIn(head);
  if (!found || unsecuredIn(base)) return [];
  const what = `\`${unsecuredName}\` is switched on`;
  return [{ rule: "workflow_commands_unsecured", strength: "proven", what, path: file.path, line: found.line }];
}

function unsecuredIn(workflow: WorkflowFile | null): Text | undefined {
  const scopes = [
    workflow?.env,
    ...(workflow?.jobs ?? []).map(({ env }) => env),
    ...stepsOf(workflow).map(({ step }) => step.env),
  ];
  return scopes.map((env) => env?.get(unsecuredName)).find((value) => /^(true|1)$/i.test(value?.text ?? ""));
}
