/** Which commit is asked about, and for which base branch: from the inputs, else from the event. */

import { z } from "zod";
import { oneLine } from "../../src/core/report/words.ts";
import { ActionError } from "../action-error.ts";
import type { RunnerEvent } from "../event.ts";

export interface GateSubject {
  sha: string;
  /** Branch name without `refs/heads/`. */
  base: string;
  /** Every commit after this one is asked about, too; `null`: only the commit itself. */
  since: string | null;
}

const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Branch, tag or commit; never a range of its own. */
const revision = /^(?!.*\.\.)[^\s:~^?*[\\\p{Cc}]{1,255}$/u;

/** Of the payloads that name what they are about; all of it is optional, since each event has its own. */
const about = {
  pull_request: z.object({ head: z.object({ sha: z.string() }), base: z.object({ ref: z.string() }) }),
  merge_group: z.object({ head_sha: z.string(), base_ref: z.string() }),
  workflow_run: z.object({ head_sha: z.string() }),
  deployment: z.object({ sha: z.string() }),
  repository: z.object({ default_branch: z.string() }),
};

/** @throws {ActionError} where no commit is named, or what is named is none */
export function subjectOf(
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  event: RunnerEvent,
): GateSubject {
  const told = toldBy(event, env);
  const sha = (inputs.sha || told.sha).toLowerCase();
  if (!commitId.test(sha)) {
    const found = sha === "" ? "No commit is named" : `"${oneLine(sha).slice(0, 80)}" is no whole commit id`;
    throw new ActionError(`${found}. Write e.g. \`sha: \${{ github.sha }}\`, which has 40 characters.`);
  }
  const base = (inputs.base || told.base).replace(/^refs\/heads\//, "");
  if (!revision.test(base)) {
    const found = base === "" ? "No base branch is named" : `"${oneLine(base).slice(0, 80)}" is no branch`;
    throw new ActionError(`${found}. Write e.g. \`base: main\`.`);
  }
  const since = inputs.since || null;
  if (since !== null && !revision.test(since)) {
    throw new ActionError(
      `"${oneLine(since).slice(0, 80)}" is no commit. Write a commit id, a tag or a branch as \`since\`.`,
    );
  }
  return { sha, base, since };
}

function toldBy({ payload }: RunnerEvent, env: NodeJS.ProcessEnv): { sha: string; base: string } {
  const read = <K extends keyof typeof about>(key: K) =>
    about[key].safeParse(payload[key]).data as z.infer<(typeof about)[K]> | undefined;
  const pull = read("pull_request");
  if (pull !== undefined) return { sha: pull.head.sha, base: pull.base.ref };
  const group = read("merge_group");
  if (group !== undefined) return { sha: group.head_sha, base: group.base_ref };
  const { GITHUB_SHA = "", GITHUB_REF = "" } = env;
  const run = read("workflow_run");
  const defaultBranch = read("repository")?.default_branch ?? "";
  // GITHUB_SHA is then the tip of the default branch, and not what the other workflow built.
  if (run !== undefined) return { sha: run.head_sha, base: defaultBranch };
  const isBranch = GITHUB_REF.startsWith("refs/heads/") && read("deployment") === undefined;
  return { sha: read("deployment")?.sha ?? GITHUB_SHA, base: isBranch ? GITHUB_REF : defaultBranch };
}
