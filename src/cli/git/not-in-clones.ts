/** What a clone cannot tell of a change, as of one that is open: no accounts, teams, reviews or checks, which opens nothing. */

import type { Snapshot } from "../../core/snapshot.ts";

export const notInClones = {
  state: "open",
  isDraft: false,
  createdAt: null,
  labels: [],
  reviews: [],
  comments: [],
  checks: [],
  workflowRuns: [],
  requestedReviewers: [],
  autoMerge: null,
  isInMergeQueue: false,
  openThreads: null,
  merged: null,
  directory: {
    teams: {},
    organizations: {},
    permissions: {},
    codeowners: { kind: "unreadable", reason: "a clone knows no accounts" },
    busy: [],
  },
  incomplete: [],
} satisfies Partial<Snapshot>;
