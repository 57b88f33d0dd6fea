/** Text and code of strangers that reaches a run: expressions in scripts, and checkouts of what a fork wrote. */

import type { Observation } from "../../detector.ts";
import { type Comparison, hasTrigger, privilegedTriggers, stepsOf, strangersTriggers } from "./comparison.ts";
import type { Job, Step, Text, WorkflowFile } from "./workflow-file.ts";

/**
 * Fields that strangers fill in.
 *
 * @see https://docs.github.com/actions/concepts/security/script-injections
 */
const strangersText =
  /github\.head_ref|github\.event\.(?:issue|pull_request|discussion|comment|review|review_comment|head_commit|commits|pages|workflow_run)(?:\.[\w*[\]]{1,40}|\[\w{1,10}\]){0,4}\.(?:title|body|message|name|email|page_name|ref|label|default_branch|head_branch|display_title|description)\b/;

const expression = /\$\{\{([^}]{1,500})\}\}/g;

/** What is asked of such a text is a yes or no, and not the text. */
const questions =
  /(?:contains|startsWith|endsWith)\([^()]{0,200}\)|[\w.*[\]]{1,120}\s{0,5}[=!]=|[=!]=\s{0,5}[\w.*[\]]{1,120}/g;

/** Inside a text; the expressions that put a stranger's words there. */
export function strangersExpressions(text: string, tainted: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = [];
  for (const [, inside = ""] of text.slice(0, 100_000).matchAll(expression)) {
    const rest = inside.replaceAll(questions, " ");
    const isTainted = [...rest.matchAll(/\benv\.(\w{1,100})/g)].some(([, name = ""]) => tainted.has(name));
    if (strangersText.test(rest) || isTainted) found.push(inside.trim());
  }
  return found;
}

export function injections({ base, head, file }: Comparison): Observation[] {
  const before = new Set(scriptsWithText(base).map(({ job, inside }) => `${job.name}\n${inside}`));
  const isPrivileged = hasTrigger(head, strangersTriggers);
  const seen = new Set<string>();
  return scriptsWithText(head).flatMap(({ job, inside, script }) => {
    const key = `${job.name}\n${inside}`;
    if (before.has(key) || seen.has(key)) return [];
    seen.add(key);
    const [at, line] = lineWith(script, inside);
    return [
      {
        rule: "workflow_expression_injected",
        strength: isPrivileged ? ("proven" as const) : ("likely" as const),
        what: `\`${inside}\`, which anybody can write, is put into a script`,
        path: file.path,
        line: at,
        after: line,
        symbol: job.name || null,
      },
    ];
  });
}

function scriptsWithText(workflow: WorkflowFile | null): { job: Job; script: Text; inside: string }[] {
  return stepsOf(workflow).flatMap(({ job, step }) => {
    const tainted = new Set<string>();
    for (const env of [workflow?.env, job.env, step.env]) {
      for (const [name, { text }] of env ?? []) if (strangersExpressions(text).length > 0) tainted.add(name);
    }
    const script = step.run ?? (/github-script$/i.test(step.uses?.action ?? "") ? step.with.get("script") : undefined);
    if (!script) return [];
    return strangersExpressions(script.text, tainted).map((inside) => ({ job, script, inside }));
  });
}

/** A block begins below its `|`; its lines are counted from there. */
function lineWith({ text, line }: Text, words: string): [number, string] {
  const lines = text.split("\n");
  const at = Math.max(
    0,
    lines.findIndex((one) => one.includes(words)),
  );
  return [lines.length > 1 ? line + 1 + at : line, (lines[at] ?? "").trim()];
}

/** What names the code that somebody wants merged. */
const headCode =
  /github\.event\.pull_request\.head\.|github\.head_ref|github\.event\.workflow_run\.head_(?:sha|branch|repository|commit)|refs\/pull\/|pull_request\.number|github\.event\.issue\.number|github\.event\.number/;

const checkoutCommand =
  /\bgh pr checkout\b|\bgit (?:checkout|fetch|pull|switch)\b[^\n]{0,200}(?:pull\/|head_ref|head\.(?:sha|ref)|FETCH_HEAD)/;

/** A workflow that holds the repository's secrets fetches, and so may run, what a fork wrote. */
export function untrustedCheckouts({ base, head, file }: Comparison): Observation[] {
  if (!hasTrigger(head, [...privilegedTriggers, "issue_comment"])) return [];
  const wasThere = hasTrigger(base, [...privilegedTriggers, "issue_comment"]);
  const before = new Set(wasThere ? fetches(base).map(({ job, what }) => `${job.name}\n${what}`) : []);
  return fetches(head).flatMap(({ job, what, line, isArtefact }) => {
    if (before.has(`${job.name}\n${what}`)) return [];
    const isSure = hasTrigger(head, privilegedTriggers) && !isArtefact && !limitsToOwn(job);
    return [
      {
        rule: "workflow_untrusted_checkout",
        strength: isSure ? ("proven" as const) : ("likely" as const),
        what: `job \`${job.name}\` ${isArtefact ? "takes in what another run made of the change" : "checks out the change itself"}, with the repository's own token`,
        path: file.path,
        line,
        after: what,
        symbol: job.name,
      },
    ];
  });
}

interface Fetch {
  job: Job;
  what: string;
  line: number;
  isArtefact: boolean;
}

function fetches(workflow: WorkflowFile | null): Fetch[] {
  const runsAfter = hasTrigger(workflow, ["workflow_run"]);
  return stepsOf(workflow).flatMap(({ job, step }): Fetch[] => {
    const found = checkedOut(step);
    if (found) return [{ job, what: found.text.slice(0, 200), line: found.line, isArtefact: false }];
    const isDownload = /download(-workflow)?-artifact$/i.test(step.uses?.action ?? "") && step.with.has("run-id");
    if (!runsAfter || !isDownload || step.uses === null) return [];
    return [{ job, what: step.uses.text, line: step.line, isArtefact: true }];
  });
}

function checkedOut(step: Step): Text | null {
  if (/(^|\/)checkout$/i.test(step.uses?.action ?? "")) {
    for (const key of ["ref", "repository"]) {
      const value = step.with.get(key);
      if (value && headCode.test(value.text)) return value;
    }
  }
  if (!step.run || !checkoutCommand.test(step.run.text)) return null;
  const [line, text] = lineWith(step.run, checkoutCommand.exec(step.run.text)?.[0] ?? "");
  return { text, line };
}

/** Runs only for branches of the repository itself, or for people who may write to it. */
function limitsToOwn({ condition, steps }: Job): boolean {
  const conditions = [condition?.text ?? "", ...steps.map((step) => step.condition?.text ?? "")].join("\n");
  return /head\.repo\.(full_name|fork|owner)|head_repository|author_association|github\.actor|sender\.login|labels/.test(
    conditions,
  );
}

/** What a cache, an artefact or a machine carries from a run of strangers to others. */
export function carriedOver(comparison: Comparison): Observation[] {
  return [...caches(comparison), ...uploads(comparison), ...ownMachines(comparison)];
}

function caches({ base, head, file }: Comparison): Observation[] {
  const usesCache = ({ step }: { step: Step }) =>
    /^actions\/cache(\/(restore|save))?$/i.test(step.uses?.action ?? "") || step.with.has("cache");
  const wasThere = hasTrigger(base, privilegedTriggers) && stepsOf(base).some(usesCache);
  const found = stepsOf(head).find(usesCache);
  if (!found || wasThere || !hasTrigger(head, privilegedTriggers)) return [];
  const isFed = fetches(head).some(({ isArtefact }) => !isArtefact);
  return [
    {
      rule: "workflow_cache_shared",
      strength: isFed ? "likely" : "hint",
      what: `job \`${found.job.name}\` uses the cache of the base branch for changes from outside`,
      path: file.path,
      line: found.step.line,
      symbol: found.job.name,
    },
  ];
}

function uploads({ base, head, file }: Comparison): Observation[] {
  const before = new Set((base?.jobs ?? []).filter(uploadsCredentials).map(({ name }) => name));
  return head.jobs
    .filter((job) => uploadsCredentials(job) && !before.has(job.name))
    .map((job) => ({
      rule: "workflow_credentials_uploaded",
      strength: "likely" as const,
      what: `job \`${job.name}\` uploads the whole checkout, with the token that stays in it`,
      path: file.path,
      line: job.steps.find(isWholeUpload)?.line ?? job.line,
      symbol: job.name,
    }));
}

function uploadsCredentials({ steps }: Job): boolean {
  const keeps = steps.some(
    ({ uses, with: inputs }) =>
      uses?.action === "actions/checkout" && inputs.get("persist-credentials")?.text !== "false",
  );
  return keeps && steps.some(isWholeUpload);
}

function isWholeUpload({ uses, with: inputs }: Step): boolean {
  const path = inputs.get("path")?.text.trim() ?? "";
  return (
    uses?.action === "actions/upload-artifact" &&
    /^(\.|\.\/|\.\/?\.git\/?|\*\*|\$\{\{\s*github\.workspace\s*\}\}\/?)$/.test(path)
  );
}

function ownMachines({ base, head, file, isPrivateRepository }: Comparison): Observation[] {
  if (!hasTrigger(head, ["pull_request", ...strangersTriggers])) return [];
  const isOwn = ({ runsOn }: Job) => runsOn.find(({ text }) => text.toLowerCase() === "self-hosted");
  const before = new Set((base?.jobs ?? []).filter(isOwn).map(({ name }) => name));
  return head.jobs.flatMap((job) => {
    const label = isOwn(job);
    if (!label || before.has(job.name)) return [];
    return [
      {
        rule: "workflow_self_hosted_runner",
        strength: isPrivateRepository ? ("hint" as const) : ("likely" as const),
        what: `job \`${job.name}\` runs code of pull requests on a machine of your own`,
        path: file.path,
        line: label.line,
        after: job.runsOn.map(({ text }) => text).join(", "),
        symbol: job.name,
      },
    ];
  });
}
