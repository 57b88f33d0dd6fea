import { emergencyRules } from "../../core/bypass/emergency-rules.ts";
import { isBypassTried } from "../../core/policy/bypass-tried.ts";
import type { Policy } from "../../core/policy/schema.ts";
import type { Memory, Snapshot } from "../../core/snapshot.ts";
import type { JudgingPorts } from "../ports.ts";

/** Adds how much of the budget of bypasses is spent. Counted only where one is asked for: most changes never need it. */
export async function withMerges(
  memory: Memory,
  policy: Policy,
  snapshot: Snapshot,
  { store, clock }: Pick<JudgingPorts, "store" | "clock">,
): Promise<Memory> {
  const rules = emergencyRules(policy);
  if (rules === null || !isBypassTried(policy, snapshot, memory)) return memory;
  const since = new Date(clock.now().getTime() - rules.budget.periodMs);
  return { ...memory, merges: await store.countMerges(snapshot.repository.id, since) };
}
