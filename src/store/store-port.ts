/** The store in the words of the handlers. */

import { createBoundedCache } from "../core/bounded-cache.ts";
import { deepFreeze } from "../core/deep-freeze.ts";
import { type Standing, standings } from "../core/gate/standing.ts";
import type { ReadingHints } from "../handlers/github-port.ts";
import type { ChangeKey, RememberedChange, Sibling, StorePort } from "../handlers/store-port.ts";
import type { SiblingVerdict } from "./memory/verdicts.ts";
import type { Store } from "./store.ts";

export function createStorePort(
  { memory, jobs, ledger, exceptions, disagreements, policyReplays }: Store,
  { now }: { now(): Date },
): StorePort {
  const loadHints = async (repositoryId: number) =>
    (await memory.loadHints<ReadingHints>(repositoryId)) ?? { teams: [], organizations: [] };
  return {
    ...exceptions,
    ...disagreements,
    loadReplay: policyReplays.loadReplay,
    saveReplay: policyReplays.saveReplay,
    loadHints,
    loadDossier: memory.loadDossier,
    saveAskedAt: memory.saveAskedAt,
    saveReviewers: memory.saveReviewers,
    saveCommand: memory.saveCommand,
    saveSession: memory.saveSession,
    saveHints: memory.saveHints,
    ...shareChanges(memory),
    saveHead: memory.saveHead,
    listGates: memory.listGates,
    saveGate: (repositoryId, baseRef) => memory.setGated(repositoryId, baseRef, true),
    async forgetGates(repositoryId) {
      for (const baseRef of await memory.listGates(repositoryId)) {
        await ledger.append({ repositoryId, at: now(), kind: "gate_taken_off", data: { baseRef } });
        await memory.setGated(repositoryId, baseRef, false);
      }
    },
    async savePullRequest(pr) {
      await memory.savePullRequest(pr);
      if (pr.state === "closed") await memory.forgetVerdicts(pr.repositoryId, pr.number);
    },
    listPullRequests: (query) => memory.listPullRequests({ ...query, state: "open" }),
    async loadSiblings(repositoryId, headSha, checkName) {
      return (await memory.loadVerdicts(repositoryId, headSha, checkName)).map(toSibling);
    },
    async loadStandings(repositoryId, number) {
      const verdicts = await memory.loadOwnVerdicts(repositoryId, number);
      return verdicts.map(({ state, ...which }) => ({ ...which, standing: toStanding(state) }));
    },
    async loadStickyStanding(repositoryId, number) {
      const state = await memory.loadStickyState(repositoryId, number);
      return state === null ? null : toStanding(state);
    },
    saveStickyStanding: memory.saveStickyState,
    appendToLedger: async (repositoryId, kind, data) => {
      await ledger.append({ repositoryId, at: now(), kind, data });
    },
    publishCheck: ({ settle, ...where }) =>
      jobs.publishCheck({ ...where, settle: (verdicts) => settle(verdicts.map(toSibling)) }),
    enqueue: async (subjects, at) => {
      if (subjects.length > 0) await jobs.wake(subjects, at);
    },
  };
}

/** In characters of patches and paths, of which the heap takes a few times as much. */
const charactersMax = 8_000_000;
const charactersOfFile = 500;

/** What was remembered of a change does not change: it is taken from the database once while it is in use, and frozen, since its readers share it. */
function shareChanges(memory: Store["memory"]): Pick<StorePort, "loadChange" | "saveChange"> {
  const changes = createBoundedCache<RememberedChange>(charactersMax);
  const keep = (key: ChangeKey, remembered: RememberedChange) => {
    let characters = charactersOfFile;
    for (const { patch } of remembered.change.files) characters += charactersOfFile + (patch?.length ?? 0);
    changes.set(nameOf(key), deepFreeze(remembered), characters);
    return remembered;
  };
  return {
    async loadChange(key) {
      const known = changes.get(nameOf(key));
      if (known !== undefined) return known;
      const remembered = await memory.loadChange<RememberedChange>(key);
      return remembered === null ? null : keep(key, remembered);
    },
    async saveChange(key, remembered) {
      await memory.saveChange(key, remembered);
      keep(key, remembered);
    },
  };
}

function nameOf({ repositoryId, baseSha, headSha, engineVersion }: ChangeKey): string {
  return [repositoryId, baseSha, headSha, engineVersion].join(" ");
}

function toSibling({ number, state }: SiblingVerdict): Sibling {
  return { number, standing: toStanding(state) };
}

/** What another version wrote and this one does not know is held to be the worst. */
function toStanding(state: string): Standing {
  return standings.find((standing) => standing === state) ?? "error";
}
