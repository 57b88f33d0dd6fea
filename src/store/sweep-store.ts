/** The store as the sweeps are given it. */

import type { SweepStore } from "../handlers/store-port.ts";
import type { Store } from "./store.ts";

/** Delivery ids are kept at least as long as a replayed delivery could matter; what was remembered of closed pull requests as long. */
const keptMs = 30 * 24 * 3_600_000;

export function createSweepStore(store: Store, { now }: { now(): Date }): SweepStore {
  const { memory, deliveries, settings, jobs, messages, reports, policyReplays } = store;
  return {
    async listGatedRepositories() {
      const repositories = await memory.listRepositories();
      return repositories.map(({ openPullRequests, ...repository }) => ({
        repository: { kind: "repository", ...repository, baseRef: null },
        openPullRequests,
      }));
    },
    listKept: async (guids) => new Set((await deliveries.readStates(guids)).keys()),
    async readMark(key) {
      const mark = await settings.read(`sweep:${key}`);
      return typeof mark === "string" ? mark : null;
    },
    saveMark: (key, value) => settings.save(`sweep:${key}`, value),
    async prune() {
      const before = new Date(now().getTime() - keptMs);
      await deliveries.prune(before);
      await memory.pruneChanges(before);
      await memory.pruneReviewLoop(before);
      await messages.prune(before);
      await reports.prune(before);
      await policyReplays.prune(before);
      await jobs.sweepIdle();
    },
  };
}
