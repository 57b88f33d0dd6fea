/** What a look at a pull request leaves behind for the next one; written only where it is news. */

import { isDeepStrictEqual } from "node:util";
import { newCommands } from "../core/gate/commands/heard-commands.ts";
import { headOf } from "../core/gate/freshness.ts";
import { mayHold } from "../core/gate/hold.ts";
import { looksAtChecks, looksAtProperties } from "../core/policy/looks-at.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import { organizationsOf, teamsOf } from "../core/policy/policy-people.ts";
import type { Memory, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { PullRequestReading, ReadingHints } from "./github-port.ts";
import type { JudgingPorts } from "./ports.ts";

/** A base branch that had a policy once; the default branch counts under every name it ever had. */
export function isKnownGate(gates: readonly string[], { base, repository }: Snapshot): boolean {
  return gates.includes(base.ref) || (gates.length > 0 && base.ref === repository.defaultBranch);
}

export async function rememberGate(
  gates: readonly string[],
  { repository, base }: Snapshot,
  { store }: Pick<JudgingPorts, "store">,
): Promise<void> {
  if (!gates.includes(base.ref)) await store.saveGate(repository.id, base.ref);
}

export async function rememberHead(
  { repositoryId, number }: PullRequestSubject,
  { snapshot }: PullRequestReading,
  heads: { before: Memory["heads"]; now: Memory["heads"] },
  { store }: Pick<JudgingPorts, "store">,
): Promise<void> {
  const { sha } = snapshot.head;
  const [before, now] = [heads.before[sha], heads.now[sha]];
  if (now === undefined) return;
  const newest = now.changes?.at(-1);
  if (newest === undefined) return;
  const { mergeBaseSha, patchDigest, metAt } = newest;
  const isNews =
    before?.changes?.at(-1)?.mergeBaseSha !== mergeBaseSha ||
    before.changes.at(-1)?.patchDigest !== patchDigest ||
    before.firstSeenAt.getTime() !== now.firstSeenAt.getTime();
  const { pathDigests, firstSeenAt } = now;
  if (isNews)
    await store.saveHead(repositoryId, number, { sha, mergeBaseSha, patchDigest, pathDigests, firstSeenAt, metAt });
}

/**
 * Commands that stand whatever becomes of their comment, met here for the first time.
 *
 * @param snapshot with people, so that holds of those who may not ask for one are not kept
 */
export async function rememberCommands(
  { repositoryId, number }: PullRequestSubject,
  snapshot: Snapshot,
  memory: Memory,
  { store }: Pick<JudgingPorts, "store">,
): Promise<void> {
  for (const command of newCommands(snapshot, memory, (heard) => headOf(heard, snapshot, memory))) {
    const isHold = /^(hold|unhold)\b/.test(command.text);
    if (!isHold || mayHold(command.person, snapshot)) await store.saveCommand(repositoryId, number, command);
  }
}

export async function rememberHints(
  { repository }: Snapshot,
  { policy }: PolicyDocument,
  before: ReadingHints,
  { store }: Pick<JudgingPorts, "store">,
): Promise<void> {
  const hints: ReadingHints = {
    teams: teamsOf(policy, repository.owner),
    organizations: organizationsOf(policy),
    looksAtChecks: looksAtChecks(policy),
    properties: looksAtProperties(policy),
    ...(policy.deployments === undefined ? {} : { deploys: true }),
  };
  if (!isDeepStrictEqual(hints, before)) await store.saveHints(repository.id, hints);
}
