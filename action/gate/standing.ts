/** What the checks of one commit say: only those of the App count, and of several the worst. */

import { z } from "zod";

/** GitHub's answer to "which check runs has this commit", as far as it is looked at. */
export const checkRunsAnswer = z.object({
  total_count: z.number().int(),
  check_runs: z.array(
    z.object({
      name: z.string(),
      head_sha: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      html_url: z.string().nullish(),
      app: z.object({ id: z.number(), slug: z.string().nullish() }).nullable(),
      output: z.object({ title: z.string().nullish() }).nullish(),
    }),
  ),
});

export type CheckRun = z.infer<typeof checkRunsAnswer>["check_runs"][number];

export type StandingKind =
  | "released"
  /** Neutral: a bypass was granted, or the policy only observes. GitHub lets it merge. */
  | "bypassed"
  /** There is a check, and it has not ended: somebody has yet to release it, or it is being worked out. */
  | "pending"
  | "held"
  | "missing";

export interface Standing {
  kind: StandingKind;
  /** The check's own title; strangers' text. */
  title: string | null;
  url: string | null;
  /** Apps whose checks of the same name were not counted. */
  foreign: string[];
}

/** Any workflow can publish a check as this one, so it never counts (https://docs.github.com/actions). */
export const actionsApp = { id: 15_368, slug: "github-actions" };

const worstFirst: readonly StandingKind[] = ["held", "pending", "bypassed", "released"];

/**
 * @param runs of one commit
 * @param wanted name of the check
 * @param app slug or id
 */
export function standingOf(runs: readonly CheckRun[], wanted: { name: string; sha: string }, app: string): Standing {
  const named = runs.filter(({ name, head_sha }) => name === wanted.name && head_sha === wanted.sha);
  const own = named.filter((run) => isBy(run, app));
  const foreign = named.filter((run) => !isBy(run, app)).map((run) => run.app?.slug ?? "an unknown app");
  const judged = own.map((run) => ({ run, kind: kindOf(run) }));
  const kind = worstFirst.find((one) => judged.some((other) => other.kind === one)) ?? "missing";
  const shown = judged.find((one) => one.kind === kind)?.run;
  return {
    kind,
    title: shown?.output?.title ?? null,
    url: shown?.html_url ?? null,
    foreign: [...new Set(foreign)].sort(),
  };
}

function isBy({ app }: CheckRun, wanted: string): boolean {
  if (app === null || app.id === actionsApp.id || app.slug === actionsApp.slug) return false;
  return /^\d+$/.test(wanted) ? String(app.id) === wanted : app.slug?.toLowerCase() === wanted.toLowerCase();
}

/** What is not known to have ended well has not. */
function kindOf({ status, conclusion }: CheckRun): StandingKind {
  if (status !== "completed") return "pending";
  if (conclusion === "success") return "released";
  return conclusion === "neutral" ? "bypassed" : "held";
}
