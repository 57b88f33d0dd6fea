/** Asks again until everything is released, nothing can release it any more, or the time is over. */

import { GithubError } from "../../src/github/errors.ts";
import { ActionError } from "../action-error.ts";
import type { CommitAnswer } from "./read-answers.ts";

export interface Waiting {
  /** 0: asks once. */
  timeoutMs: number;
  allowsBypassed: boolean;
  now(): Date;
  sleep(ms: number): Promise<void>;
  random(): number;
  /** Called with what was found each time it is not released yet. */
  onWait(answers: readonly CommitAnswer[], delayMs: number): void;
}

export type Ending =
  | { kind: "released"; answers: CommitAnswer[] }
  /** `final`: waiting longer would not have helped. */
  | { kind: "refused"; answers: CommitAnswer[]; isFinal: boolean }
  /** GitHub did not tell, as the error says. */
  | { kind: "unread"; error: GithubError };

const firstDelayMs = 1000;
const delayMsMax = 30_000;

/** @throws {ActionError | GithubError} where asking again cannot help */
export async function awaitRelease(read: () => Promise<CommitAnswer[]>, waiting: Waiting): Promise<Ending> {
  const deadline = waiting.now().getTime() + waiting.timeoutMs;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, delayMsMax)) {
    const ending = await look(read, waiting.allowsBypassed);
    if (ending.kind === "released" || (ending.kind === "refused" && ending.isFinal)) return ending;
    const leftMs = deadline - waiting.now().getTime();
    const pauseMs = pauseOf(ending, delayMs * (0.8 + 0.4 * waiting.random()), waiting.now());
    if (leftMs <= 0 || (ending.kind === "unread" && pauseMs > leftMs)) return ending;
    waiting.onWait(ending.kind === "refused" ? ending.answers : [], pauseMs);
    await waiting.sleep(Math.min(pauseMs, leftMs));
  }
}

async function look(read: () => Promise<CommitAnswer[]>, allowsBypassed: boolean): Promise<Ending> {
  try {
    const answers = await read();
    const isReleased = answers.length > 0 && answers.every((answer) => mayPass(answer, allowsBypassed));
    if (isReleased) return { kind: "released", answers };
    return { kind: "refused", answers, isFinal: answers.some((answer) => isOver(answer, allowsBypassed)) };
  } catch (error) {
    if (error instanceof ActionError) throw error;
    if (!(error instanceof GithubError)) return { kind: "unread", error: misunderstood(error) };
    if (error.kind === "unavailable" || error.kind === "rate_limited") return { kind: "unread", error };
    throw error;
  }
}

export function mayPass({ standing }: CommitAnswer, allowsBypassed: boolean): boolean {
  return standing.kind === "released" || (standing.kind === "bypassed" && allowsBypassed);
}

/** A pull request that was merged while held is not judged again, and a bypass that is not accepted does not become an approval. */
function isOver({ standing, pull }: CommitAnswer, allowsBypassed: boolean): boolean {
  return (standing.kind === "held" && pull !== null) || (standing.kind === "bypassed" && !allowsBypassed);
}

/** While GitHub limits us, going on asking would only make it longer. */
function pauseOf(ending: Ending, delayMs: number, now: Date): number {
  const retryAt = ending.kind === "unread" ? ending.error.retryAt : null;
  return retryAt === null ? delayMs : Math.max(delayMs, retryAt.getTime() - now.getTime());
}

/** Another shape than GitHub documents: a proxy's page, a cut answer, or a GitHub that is newer than this. */
function misunderstood(cause: unknown): GithubError {
  return new GithubError({
    kind: "unavailable",
    route: "",
    message: "its answer has another shape than it documents",
    cause,
  });
}
