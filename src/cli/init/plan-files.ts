/** What `holdpoint init` would write, beside what stands there. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePolicy } from "../../core/policy/parse-policy.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { pullRequestTemplate } from "../../core/report/pull-request-template.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import { starterPolicy, type Wishes } from "./starter-policy.ts";
import type { Survey } from "./survey-repository.ts";

export const templatePath = ".github/pull_request_template.md";

export interface PlannedFile {
  path: string;
  text: string;
  /** What stands there and would be lost; `null`: nothing. */
  before: string | null;
}

export interface Plan {
  files: PlannedFile[];
  kept: string[];
  /** Headings that a template which was kept should have. */
  lacking: string[];
}

/** What may be replaced. */
export interface Replaceable {
  policy: boolean;
  template: boolean;
}

/** @throws {UsageError} when there is nothing to write, or what stands there has mistakes */
export async function planFiles(dir: string, survey: Survey, wishes: Wishes, may: Replaceable): Promise<Plan> {
  const before = await readIfThere(join(dir, policyPath));
  const keepsPolicy = before !== null && !may.policy;
  const keepsTemplate = survey.template !== null && !may.template;
  if (keepsPolicy && wishes.preset !== null)
    throw new UsageError(`${policyPath} is there already. --force replaces it.`);
  if (keepsPolicy && keepsTemplate)
    throw new UsageError(`${policyPath} and ${survey.template} are there already. --force replaces them.`);

  const text = keepsPolicy ? before : starterPolicy(survey, wishes);
  const template = pullRequestTemplate(policyOf(text, keepsPolicy));
  const templateAt = placeOf(survey.template);
  const files = [
    ...(keepsPolicy ? [] : [{ path: policyPath, text, before }]),
    ...(keepsTemplate ? [] : [{ path: templateAt, text: template, before: await readIfThere(join(dir, templateAt)) }]),
  ];
  return {
    files,
    kept: [...(keepsPolicy ? [policyPath] : []), ...(keepsTemplate && survey.template ? [survey.template] : [])],
    lacking: keepsTemplate && survey.template ? await headingsLacking(join(dir, survey.template), template) : [],
  };
}

/** @throws {UsageError} when it is there and cannot be read */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new UsageError(`${path} cannot be read: ${error.code}.`);
  });
}

/** @throws {UsageError} when the policy that was there has mistakes */
function policyOf(text: string, isTheirs: boolean): Policy {
  const load = parsePolicy(text, { repository: "", path: policyPath, commit: null, blobSha: null });
  if (load.kind === "loaded") return load.document.policy;
  if (isTheirs) throw new UsageError(`${policyPath} is there already and has mistakes: holdpoint validate names them.`);
  throw new Error(`The policy that init wrote does not load: ${load.problems[0]?.found}`);
}

/** A template of several files, or one that is no Markdown, is not written into. */
function placeOf(template: string | null): string {
  return template !== null && /^[^/]*\/?pull_request_template\.md$/i.test(template) ? template : templatePath;
}

async function headingsLacking(path: string, template: string): Promise<string[]> {
  const kept = ((await readIfThere(path)) ?? "").toLowerCase();
  const headings = [...template.matchAll(/^## (.+)$/gm)].slice(1).flatMap(([, heading]) => heading ?? []);
  return headings.filter((heading) => !kept.includes(heading.toLowerCase()));
}
