/** The store in the words of the handlers. */

import type { ReadingHints, RememberedChange, StorePort } from "../handlers/ports.ts";
import type { Store } from "./store.ts";

export function createStorePort({ memory, jobs }: Store): StorePort {
  return {
    loadHints: async (repositoryId) =>
      (await memory.loadHints<ReadingHints>(repositoryId)) ?? { teams: [], organizations: [] },
    saveHints: memory.saveHints,
    loadChange: (key) => memory.loadChange<RememberedChange>(key),
    saveChange: memory.saveChange,
    loadHeads: memory.loadHeads,
    saveHead: memory.saveHead,
    loadReviewHeads: memory.loadReviewHeads,
    saveReviewHeads: memory.saveReviewHeads,
    wasGated: memory.wasGated,
    setGated: memory.setGated,
    publishCheck: jobs.publishCheck,
    loadSiblings: memory.loadVerdicts,
    wakeAt: jobs.wakeAt,
    enqueue: (subjects) => jobs.wake(subjects),
  };
}
