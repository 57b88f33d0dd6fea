/** Sixty review sessions open at once, asked for changes, pushed to and approved: verdicts beyond GitHub's latency, and one step of the loop by itself. */

import { setTimeout as sleep } from "node:timers/promises";
import { advanceSession } from "../src/core/rounds/advance-session.ts";
import { loopOptions } from "../src/core/rounds/loop-options.ts";
import type { Observation } from "../src/core/rounds/observation.ts";
import type { Session } from "../src/core/rounds/session.ts";
import { type BenchStage, startStage, timeUntil } from "./support/bench-stage.ts";
import { ms, percentile, printTable } from "./support/figures.ts";

const sessions = 60;
const rounds = 3;
/** Between one session's act and the next one's: all sixty within six seconds. */
const paceMs = 100;

export async function run(): Promise<void> {
  const rows = [["one step of the loop, 200 versions and 100 rounds", "0 ms", ...figures(measureSteps()), "100 ms"]];
  for (const latencyMs of [0, 30]) rows.push(...(await measureSessions(latencyMs, paceMs)));
  rows.push(...(await measureSessions(30, 0)));
  printTable([`${sessions} sessions at once`, "GitHub latency", "p50", "p99", "target, p99"], rows);
}

/** GitHub's latency is in the times of verdicts: one read and one write, two round trips. */
async function measureSessions(latencyMs: number, everyMs: number): Promise<string[][]> {
  const stage = await startStage({ deliveriesInFlight: sessions });
  try {
    const numbers = Array.from({ length: sessions }, () => stage.openPullRequest(20).number);
    await stage.settle();
    stage.github.faults.latencyMs = latencyMs;
    const asked: number[] = [];
    const approved: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      asked.push(...(await each(numbers, everyMs, (number) => askForChanges(stage, number, round))));
      await stage.settle();
      for (const number of numbers) push(stage, number, round);
      await stage.settle();
      approved.push(...(await each(numbers, everyMs, (number) => approve(stage, number))));
      await stage.settle();
    }
    const beyond = (times: number[]) => times.map((time) => time - 2 * latencyMs);
    const [how, target] = everyMs > 0 ? [`one each ${everyMs} ms`, "500 ms"] : ["all in one instant", ""];
    return [
      [`changes asked for → check, ${how}`, `${latencyMs} ms`, ...figures(beyond(asked)), target],
      [`approved → check, ${how}`, `${latencyMs} ms`, ...figures(beyond(approved)), target],
    ];
  } finally {
    await stage.stop();
  }
}

function each(
  numbers: readonly number[],
  everyMs: number,
  measure: (number: number) => Promise<number>,
): Promise<number[]> {
  const late = async (number: number, index: number) => {
    await sleep(index * everyMs);
    return measure(number);
  };
  return Promise.all(numbers.map(late));
}

/** Sam asks, and takes it back by approving in the end; until then the check says that something has to change. */
function askForChanges(stage: BenchStage, number: number, round: number): Promise<number> {
  const act = () => stage.github.as("sam", "acme/api").requestChanges(number, `Please rename this, round ${round}.`);
  return timeUntil(stage, number, "failure", () => void act());
}

function approve(stage: BenchStage, number: number): Promise<number> {
  const act = () => stage.github.as("sam", "acme/api").approve(number);
  return timeUntil(stage, number, "success", () => void act());
}

function push({ github }: BenchStage, number: number, round: number): void {
  const files = { "notes.ts": `const note = ${round};\n` };
  github.as("maria", "acme/api").pushTo(number, files, `Round ${round}`);
}

/** The state transition alone, on a session as long as one can get. */
function measureSteps(): number[] {
  const options = loopOptions({ approval_loop: undefined, comments: "sticky" });
  let session: Session | null = null;
  const times: number[] = [];
  for (let step = 0; step < 1_000; step += 1) {
    const at = new Date(Date.UTC(2026, 10, 20) + step * 60_000);
    const seen = anObservation(step, at);
    const startedAt = performance.now();
    session = advanceSession(session, seen, options, at).session;
    times.push(performance.now() - startedAt);
  }
  return times.slice(200);
}

function anObservation(step: number, at: Date): Observation {
  const sha = (Math.floor(step / 2) + 1).toString(16).padStart(40, "0");
  const person = { id: 7, login: "bob" };
  const ask = { person, at, headSha: sha, excerpt: "Please rename this.", isSettled: false };
  return {
    author: { id: 1, login: "maria", kind: "user" },
    event: "review_awaited",
    present: {
      headSha: sha,
      baseSha: "b".repeat(40),
      findings: {},
      checks: { passed: 3, failed: 1, pending: 0 },
      approvals: { counting: 0, kept: 0, dropped: 0 },
      openThreads: 2,
      verdict: "waiting",
      quality: (step % 10) / 10,
    },
    isJudged: true,
    headFirstSeenAt: at,
    createdAt: new Date(Date.UTC(2026, 10, 20)),
    asks: step % 2 === 1 ? [{ ...ask, source: `review:${step}` }] : [],
    reviewedAt: at,
    activeAt: at,
    shape: sha,
    requestedReviewers: [],
    fastestWay: [],
    commands: [],
  };
}

function figures(times: readonly number[]): [string, string] {
  return [ms(percentile(times, 0.5)), ms(percentile(times, 0.99))];
}
