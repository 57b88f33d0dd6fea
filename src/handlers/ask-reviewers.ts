/** Asks for the reviews that a verdict waits for, and remembers whom and since when. */

import { rememberReviewers } from "../core/gate/remember-reviewers.ts";
import type { FollowUpStep } from "./follow-up.ts";

/** Who is remembered as asked is not asked again, so that a look without news asks nobody. */
export const askReviewers: FollowUpStep = async ({ subject, dossier, judgement, outcome }, { github, store }) => {
  const { verdict, telling, reading } = judgement;
  if (verdict === null || telling === null || outcome === "fenced") return null;
  const { repositoryId, number } = subject;
  const asks = verdict.effects.filter((effect) => effect.kind === "request_reviewers");
  for (const { people, teams } of asks) await github.requestReviewers(subject, people, teams);

  const people = asks.flatMap((effect) => effect.people);
  const reviewers = rememberReviewers(dossier.memory, reading.snapshot, people, telling.now);
  const awaited = reviewers?.filter(({ isAwaited }) => isAwaited);
  if (awaited !== undefined) await store.saveReviewers(repositoryId, number, awaited);
  const unmet = verdict.asked.filter((id) => !dossier.memory.askedAt[id]);
  if (unmet.length > 0) {
    await store.saveAskedAt(repositoryId, number, Object.fromEntries(unmet.map((id) => [id, telling.now])));
  }
  return null;
};
