/** Maintenance windows that a look finds written, or gone, are kept by the schedule of the branch: only one kept before its start opens anything. */

import { windowDigest, windowsOf } from "../core/bypass/windows.ts";
import type { FollowUpStep } from "./follow-up.ts";

/** Nothing is asked where they are kept as they stand, as in most looks. */
export const keepPlannedWindows: FollowUpStep = async ({ subject, dossier, judgement }, { store }) => {
  if (judgement.input === null) return null;
  const { installationId, repositoryId, owner, name } = subject;
  const baseRef = judgement.reading.snapshot.base.ref;
  const written = new Set(windowsOf(judgement.input.document.policy).map(windowDigest));
  const kept = dossier.memory.windows.filter((window) => window.baseRef === baseRef);
  const isKept = kept.length === written.size && kept.every(({ digest }) => written.has(digest));
  if (!isKept) await store.enqueue([{ kind: "schedule", installationId, repositoryId, owner, name, baseRef }]);
  return null;
};
