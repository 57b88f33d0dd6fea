/** The store in the words of the handlers. */

import { type Standing, standings } from "../core/gate/standing.ts";
import type { ReadingHints, RememberedChange, StorePort } from "../handlers/ports.ts";
import type { Store } from "./store.ts";

export function createStorePort({ memory, jobs, ledger }: Store, { now }: { now(): Date }): StorePort {
  return {
    loadHints: async (repositoryId) =>
      (await memory.loadHints<ReadingHints>(repositoryId)) ?? { teams: [], organizations: [] },
    saveHints: memory.saveHints,
    loadChange: (key) => memory.loadChange<RememberedChange>(key),
    saveChange: memory.saveChange,
    loadHeads: memory.loadHeads,
    saveHead: memory.saveHead,
    loadReviewHeads: memory.loadReviewHeads,
    listGates: memory.listGates,
    saveGate: (repositoryId, baseRef) => memory.setGated(repositoryId, baseRef, true),
    async forgetGates(repositoryId) {
      for (const baseRef of await memory.listGates(repositoryId)) {
        await ledger.append({ repositoryId, at: now(), kind: "gate_taken_off", data: { baseRef } });
        await memory.setGated(repositoryId, baseRef, false);
      }
    },
    loadPullRequest: async (repositoryId, number) =>
      (await memory.listPullRequests({ repositoryId, number }))[0] ?? null,
    async savePullRequest(pr) {
      await memory.savePullRequest(pr);
      if (pr.state === "closed") await memory.forgetVerdicts(pr.repositoryId, pr.number);
    },
    listPullRequests: (query) => memory.listPullRequests({ ...query, state: "open" }),
    async loadSiblings(repositoryId, headSha, checkName) {
      const verdicts = await memory.loadVerdicts(repositoryId, headSha, checkName);
      return verdicts.map(({ number, state }) => ({ number, standing: toStanding(state) }));
    },
    publishCheck: jobs.publishCheck,
    enqueue: async (subjects) => {
      if (subjects.length > 0) await jobs.wake(subjects);
    },
  };
}

/** What another version wrote and this one does not know is held to be the worst. */
function toStanding(state: string): Standing {
  return standings.find((standing) => standing === state) ?? "error";
}
