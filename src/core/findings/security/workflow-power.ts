import {
  baseText,
  type DetectorInput,
  defineDetector,
  headText,
  namesOf,
  type Observation,
  type ReadFile,
} from "../detector.ts";
import { isWorkflow } from "../file-role.ts";
import { isPinned, levelOf, type Permissions, readUses, readWorkflow, type WorkflowFile } from "./workflow-file.ts";

const privilegedTriggers = ["pull_request_target", "workflow_run"];

/** Reports workflows and actions that got more power than they had (C2). */
export const workflowPower = defineDetector({
  id: "workflow_power",
  class: "security",
  title: "workflow permissions, triggers and pinning",
  why: "A workflow runs with the repository's own token and secrets.",
  rules: {
    workflow_permission_raised: {
      title: "a workflow's token may do more than before",
      why: "Whatever runs in the job, a dependency or an action, can use that permission.",
      fix: "Give the permission to the one job that needs it.",
    },
    workflow_privileged_trigger: {
      title: "a workflow now runs with secrets on changes from outside",
      why: "`pull_request_target` and `workflow_run` hand the base repository's token to a run that a fork can influence.",
      fix: "Use `pull_request`, or never check out or run the fork's code there.",
    },
    workflow_action_unpinned: {
      title: "an action is no longer pinned to a commit",
      why: "A tag can be moved to other code by whoever owns the action.",
      fix: "Pin the full commit id, with the tag as a comment.",
    },
    workflow_secrets_inherited: {
      title: "a called workflow now gets every secret",
      why: "`secrets: inherit` hands over more than the called workflow needs.",
      fix: "Name the secrets it needs.",
    },
    workflow_expression_injected: {
      title: "text that anybody can write is put into a script",
      why: "A title or branch name in an expression becomes part of the command.",
      fix: "Pass it in `env:` and quote the variable.",
    },
    workflow_changed: {
      title: "a workflow or action changed",
      why: "It runs with the repository's own token and secrets.",
      fix: "Let somebody read it who may see the repository's secrets.",
      looksAt: "Files below `.github/workflows/`, and actions of this repository.",
    },
  },
  contents: (files) => files.filter((file) => namesOf(file).some(isWorkflow)).flatMap(namesOf),
  detect: (input) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of input.files) {
      if (!namesOf(file).some(isWorkflow)) continue;
      observations.push(changed(file), ...expressions(file));
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

function compare(file: ReadFile, { contents }: DetectorInput): Observation[] | { why: string } {
  const before = baseText(contents, file);
  const after = headText(contents, file);
  if (file.status === "removed" || after === null) return [];
  if (before === undefined || after === undefined) return { why: "the workflow's text was not read" };
  const head = readWorkflow(after);
  if (!head) return { why: "the workflow is no readable YAML" };
  const base = before === null ? null : readWorkflow(before);
  // A broken workflow never ran: what replaces it is as good as new.
  return [
    ...raised(file, base, head),
    ...triggers(file, base, head),
    ...unpinned(file, base, head),
    ...inherited(file, base, head),
  ];
}

function raised(file: ReadFile, base: WorkflowFile | null, head: WorkflowFile): Observation[] {
  const observations: Observation[] = [];
  const before = new Map(base?.jobs.map((job) => [job.name, job.permissions ?? base.permissions]));
  const jobs = head.jobs.length > 0 ? head.jobs : [{ name: "the workflow", permissions: null }];
  for (const job of jobs) {
    const had = before.get(job.name) ?? base?.permissions ?? null;
    for (const change of raises(had, job.permissions ?? head.permissions, base === null)) {
      const scope = change.scope === "*" ? "everything" : `\`${change.scope}\``;
      observations.push({
        rule: "workflow_permission_raised",
        strength: change.isSure ? "proven" : "likely",
        what: `job \`${job.name}\` may now ${change.to === "write" ? "write" : change.to} ${scope}`,
        path: file.path,
        line: lineOf(file, change.scope === "*" ? "write-all" : change.scope),
        before: change.from,
        after: change.to,
      });
    }
  }
  return observations;
}

interface Raise {
  scope: string;
  from: string;
  to: string;
  /** Not sure where the level before was the repository's default, which is not ours to read. */
  isSure: boolean;
}

const rank = { none: 0, read: 1, write: 2, default: 2 } as const;

function raises(had: Permissions, has: Permissions, isNew: boolean): Raise[] {
  if (has === null) {
    return had === null
      ? []
      : [{ scope: "*", from: "stated permissions", to: "the repository's default", isSure: false }];
  }
  const scopes = has.all !== null ? ["*"] : Object.keys(has.scopes);
  return scopes.flatMap((scope): Raise[] => {
    const to = levelOf(has, scope);
    const from = isNew ? "none" : levelOf(had, scope);
    if (from === "default") return to === "write" ? [{ scope, from, to, isSure: scope === "*" }] : [];
    const isRaise = rank[to] > rank[from] && (to === "write" || !isNew);
    return isRaise ? [{ scope, from, to, isSure: true }] : [];
  });
}

function triggers(file: ReadFile, base: WorkflowFile | null, head: WorkflowFile): Observation[] {
  return privilegedTriggers
    .filter((trigger) => head.triggers.includes(trigger) && !base?.triggers.includes(trigger))
    .map((trigger) => ({
      rule: "workflow_privileged_trigger",
      strength: "proven",
      what: `the workflow now runs on \`${trigger}\``,
      path: file.path,
      line: lineOf(file, trigger),
    }));
}

function unpinned(file: ReadFile, base: WorkflowFile | null, head: WorkflowFile): Observation[] {
  const pinned = new Map(base?.uses.filter(({ version }) => isPinned(version)).map((use) => [use.action, use.version]));
  const seen = new Set<string>();
  return head.uses.flatMap(({ action, version }) => {
    const was = pinned.get(action);
    if (was === undefined || version === null || isPinned(version) || seen.has(action)) return [];
    seen.add(action);
    return [
      {
        rule: "workflow_action_unpinned",
        strength: "proven" as const,
        what: `action \`${action}\` is no longer pinned to a commit`,
        path: file.path,
        line: lineOf(file, `${action}@${version}`),
        before: `${action}@${was}`,
        after: `${action}@${version}`,
      },
    ];
  });
}

function inherited(file: ReadFile, base: WorkflowFile | null, head: WorkflowFile): Observation[] {
  const before = new Set(base?.jobs.filter((job) => job.inheritsSecrets).map((job) => job.name));
  return head.jobs
    .filter((job) => job.inheritsSecrets && !before.has(job.name))
    .map((job) => ({
      rule: "workflow_secrets_inherited",
      strength: "likely",
      what: `job \`${job.name}\` hands every secret to the workflow it calls`,
      path: file.path,
      line: lineOf(file, "inherit"),
    }));
}

/** Fields of an event that strangers fill in. @see https://docs.github.com/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions#understanding-the-risk-of-script-injections */
const strangersText =
  /\$\{\{[^}]{0,200}(github\.event\.(issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages)[^}]{0,80}\.(title|body|message|name|email|page_name|ref|label)|github\.head_ref)/;

function expressions(file: ReadFile): Observation[] {
  return file.lines.flatMap(({ kind, text, line }) => {
    // An `env:` entry or an `if:` is the safe place for it: there it is a value, not a command.
    if (kind !== "added" || /^\s*[\w-]+:\s*["']?\$\{\{|^\s*(- )?(if|name|group|ref|with)\s*:/.test(text)) return [];
    if (!strangersText.test(text.slice(0, 2000))) return [];
    return [
      {
        rule: "workflow_expression_injected",
        strength: "likely" as const,
        what: "text that anybody can write is put into a script",
        path: file.path,
        line,
        after: text.trim(),
      },
    ];
  });
}

/** What the patch alone shows, where the texts were not there or are broken. */
function fromPatch(file: ReadFile): Observation[] {
  const pinned = new Set<string>();
  for (const { kind, text } of file.lines) {
    const uses = kind === "removed" ? readUses(text) : null;
    if (uses && isPinned(uses.version)) pinned.add(uses.action);
  }
  return file.lines.flatMap(({ kind, text, line }) => {
    if (kind !== "added") return [];
    const rule = ruleOfLine(text, pinned);
    return rule === null
      ? []
      : [
          {
            rule,
            strength: "likely" as const,
            what: `\`${file.path}\` got a line that gives more power`,
            path: file.path,
            line,
            after: text.trim(),
          },
        ];
  });
}

function ruleOfLine(text: string, pinned: ReadonlySet<string>): string | null {
  if (/^\s*[a-z-]{1,40}:\s*["']?write(-all)?\b/.test(text)) return "workflow_permission_raised";
  if (/\b(pull_request_target|workflow_run)\b/.test(text) && !/^\s*#/.test(text)) return "workflow_privileged_trigger";
  if (/^\s*secrets:\s*inherit\b/.test(text)) return "workflow_secrets_inherited";
  const uses = readUses(text);
  return uses && pinned.has(uses.action) && !isPinned(uses.version) ? "workflow_action_unpinned" : null;
}

function lineOf(file: ReadFile, words: string): number | null {
  return file.lines.find(({ kind, text }) => kind === "added" && text.includes(words))?.line ?? null;
}
