/** When a pull request cannot be judged any more, a green check from before must not stay. */

import { letsThrough } from "../core/gate/standing.ts";
import { engineVersion } from "../core/gate/verdict.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import { githubOutage } from "../core/report/outage.ts";
import { renderFailed, renderUnreadable, type SpecialInput } from "../core/report/render-special-checks.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { digestOf } from "./digest.ts";
import { NotYet } from "./not-yet.ts";
import type { Ports, Run } from "./ports.ts";
import { draftDigest } from "./publish-judgement.ts";
import type { KnownPullRequest } from "./store-port.ts";

/** Each attempt has its own retries inside; after this many the outage counts as one. */
const attemptsBeforeShutting = 3;

/** Never rejects: what made the judgement fail is what the caller has to tell. */
export async function shutAfterFailure(
  subject: PullRequestSubject,
  before: KnownPullRequest | null,
  error: unknown,
  ports: Ports,
  run: Pick<Run, "attempt" | "fence">,
): Promise<void> {
  if (before === null || before.state === "closed") return;
  if (error instanceof NotYet || run.attempt < attemptsBeforeShutting) return;
  const { store, github, log, meter } = ports;
  const { repositoryId, number, headSha } = before;
  const whole = render(before, error, ports);
  try {
    const standings = await store.loadStandings(repositoryId, number);
    const green = standings.filter((one) => one.headSha === headSha && letsThrough(one.standing));
    // The whole check is what a merge waits for.
    const names = green
      .map(({ checkName }) => checkName)
      .sort((a, b) => Number(b === whole.name) - Number(a === whole.name));
    for (const name of names.filter((one) => isOurs(one, whole.name))) {
      const draft = { ...whole, name };
      const outcome = await store.publishCheck({
        subject,
        repositoryId,
        number,
        headSha,
        checkName: name,
        fence: run.fence,
        knownId: null,
        settle: () => ({
          digest: draftDigest(draft),
          record: { state: "error", inputsDigest: digestOf("unreadable"), engineVersion, summary: draft.title },
          write: (id) => github.writeCheck(before, id, draft),
        }),
      });
      if (outcome === "written" && name === whole.name) meter.lowered("unreadable");
    }
  } catch (worse) {
    log.error({ err: worse, repositoryId, pr: number }, "A green check could not be lowered");
  }
}

/** The whole check of this base branch, or one of a checkpoint beside it. */
function isOurs(name: string, whole: string): boolean {
  return name === whole || name.startsWith(`${whole} / `);
}

function render(before: KnownPullRequest, error: unknown, { clock, urls }: Ports): CheckRunDraft {
  const { repositoryId: id, owner, name, number, baseRef, headSha } = before;
  const input: SpecialInput = {
    subject: {
      repository: { id, owner, name, isPrivate: true, defaultBranch: "", properties: {} },
      number,
      base: { ref: baseRef, sha: "" },
      head: { ref: "", sha: headSha },
    },
    now: clock.now(),
    urls: { details: urls.public },
  };
  if (!isOutsideFailing(error)) return renderFailed(input);
  return renderUnreadable({ ...input, reason: githubOutage, retryAt: error.retryAt });
}

/** Errors of the outside say when to ask again; ours do not. */
function isOutsideFailing(error: unknown): error is Error & { retryAt: Date | null } {
  return error instanceof Error && "retryAt" in error && (error.retryAt === null || error.retryAt instanceof Date);
}
