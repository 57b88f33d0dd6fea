/** Who had a hand in what was merged through a window: they may not say afterwards that it was right. */

import type { WindowMerge, WindowRecord } from "../../core/bypass/window-record.ts";
import { owedReview } from "../../core/gate/owed-review.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { KnownMerge } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";

/** Those that are not kept yet are read, a request each. @throws {GithubError} when GitHub fails */
export async function readWindowMerges(
  repository: RepositoryRef,
  kept: WindowRecord | null,
  merges: readonly KnownMerge[],
  { github, clock }: Pick<Ports, "github" | "clock">,
): Promise<WindowMerge[]> {
  const known = new Set(kept?.merges.map(({ number }) => number));
  const read: WindowMerge[] = [];
  for (const { number, commitSha, mergedAt } of merges) {
    if (known.has(number)) continue;
    const { installationId, repositoryId, owner, name } = repository;
    const subject = { kind: "pull_request" as const, installationId, repositoryId, owner, name, number };
    const reading = await github.readPullRequest(subject, { teams: [], organizations: [] });
    const of = { number, commitSha, mergedAt: mergedAt.toISOString() };
    if (reading === "gone") {
      read.push({ ...of, mergedBy: null, people: [] });
      continue;
    }
    const { snapshot } = reading;
    const by = snapshot.merged?.by ?? null;
    const { excluded } = owedReview({ kind: "around" }, { snapshot, document: null, now: clock.now() });
    read.push({ ...of, mergedBy: by === null ? null : { id: by.id, login: by.login }, people: excluded });
  }
  return read;
}
