/** Reads everything that decides about one request to deploy, and judges it, without writing anything. */

import { isTestEnvironment } from "../../core/bypass/test-branches.ts";
import { nextEnvironmentEdge, openWindowsFor } from "../../core/bypass/windows.ts";
import { seatGroups } from "../../core/deployment/approvals.ts";
import type { CommitOrigin, DeployingRun, DeploymentVoice } from "../../core/deployment/deployment.ts";
import { type EnvironmentRule, isNamed, looksProtected, ruleFor } from "../../core/deployment/environment-rule.ts";
import { type JudgedCommits, judgeCommits } from "../../core/deployment/judge-commits.ts";
import {
  type DeploymentFacts,
  type DeploymentVerdict,
  judgeDeployment,
  overrideRole,
  type StandingAside,
} from "../../core/deployment/judge-deployment.ts";
import { chooseBase, type DeployedRange, ranBefore, rangeOf } from "../../core/deployment/range.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import type { Policy } from "../../core/policy/schema.ts";
import type { UnjudgedDeployment } from "../../core/report/deployment-words.ts";
import type { EnvironmentReading, KeptRequest } from "../deployment-port.ts";
import type { Ports } from "../ports.ts";
import { readGuardedEnvironment } from "./environment.ts";
import { readOwedReviews } from "./owed-reviews.ts";
import { readRollbackStanding } from "./rollback-data.ts";
import { readRoleFacts } from "./who-holds.ts";

export interface JudgedDeployment {
  kind: "judged";
  verdict: DeploymentVerdict;
  facts: DeploymentFacts;
  document: PolicyDocument;
  /** When a maintenance window next opens or closes for the environment. */
  edgeAt: Date | null;
}

export type DeploymentLook = { kind: "gone" } | { kind: "unjudged"; why: UnjudgedDeployment } | JudgedDeployment;

export interface LookOptions {
  run: DeployingRun;
  /** Ask GitHub itself who people are: for a look that would release something. */
  isFresh: boolean;
  /** Of the deployment, as its event told; only ever a reason to hold it. */
  toldSha: string | null;
}

/** @throws {GithubError} when GitHub fails; nothing is released then */
export async function lookAtDeployment(
  kept: KeptRequest,
  { run, isFresh, toldSha }: LookOptions,
  ports: Ports,
): Promise<DeploymentLook> {
  const { environment, repositoryId } = kept;
  const guarded = await readGuardedEnvironment(kept, environment, ports);
  if (guarded.kind !== "guarded") return guarded;
  const { reading, document } = guarded;
  const { policy } = document;
  const rule = ruleFor(policy, environment);
  const { aside, edgeAt } = await standingAside(kept, policy, reading, ports);
  const [{ range, judged, origin, satisfied }, rollback, voices] = await Promise.all([
    aside?.kind === "test_environment" ? unasked(run) : readRange(kept, run, rule, reading, ports),
    readRollbackStanding(repositoryId, environment, reading.past, ports),
    ports.deployments.listVoices(repositoryId, environment, run.headSha),
  ]);
  const roles = [...seatGroups(rule, policy, satisfied).flatMap((group) => group.roles), overrideRole];
  const where = { repository: kept, reading: reading.repository, policy };
  const facts: DeploymentFacts = {
    environment,
    policy,
    rule,
    run,
    waitingShas: waitingShas(reading, toldSha),
    requestedAt: kept.requestedAt,
    range,
    judged,
    origin,
    satisfied,
    voices,
    roles: await readRoleFacts(where, { roles, people: peopleOf(voices) }, ports, isFresh),
    aside,
    rollback,
    now: ports.clock.now(),
  };
  return { kind: "judged", verdict: judgeDeployment(facts), facts, document, edgeAt };
}

function peopleOf(voices: readonly DeploymentVoice[]) {
  return voices.map(({ person }) => person).filter(({ kind }) => kind === "user");
}

function waitingShas({ past }: EnvironmentReading, toldSha: string | null): string[] {
  if (toldSha !== null) return [toldSha];
  return [...new Set(past.filter(({ state }) => state === "waiting").map(({ sha }) => sha))];
}

/** A name that the policy holds deployments to, or that looks like one, is never one for testing. */
async function standingAside(
  { environment, repositoryId }: KeptRequest,
  policy: Policy,
  { repository }: EnvironmentReading,
  { store, clock }: Ports,
): Promise<{ aside: StandingAside | null; edgeAt: Date | null }> {
  const isForTesting = isTestEnvironment(policy, environment) && !isNamed(policy, environment);
  if (isForTesting && !looksProtected(policy, environment)) {
    return { aside: { kind: "test_environment", pattern: environment }, edgeAt: null };
  }
  if ((policy.bypass?.maintenance_windows ?? []).length === 0) return { aside: null, edgeAt: null };
  const { windows, isClockSure } = await store.loadWindows(repositoryId);
  if (!isClockSure) return { aside: null, edgeAt: null };
  const known = { policy, baseRef: repository.defaultBranch, windows, now: clock.now() };
  const [window] = openWindowsFor(environment, known);
  const edgeAt = nextEnvironmentEdge(environment, known);
  return { aside: window === undefined ? null : { kind: "window", ...window }, edgeAt };
}

interface ReadRange {
  range: DeployedRange;
  judged: JudgedCommits;
  origin: CommitOrigin | undefined;
  satisfied: ReadonlySet<string>;
}

/** Where the gate stands aside, nothing of what is deployed is asked for. */
function unasked({ headSha }: DeployingRun): ReadRange {
  const range: DeployedRange = { kind: "first", base: null, commits: [headSha], unread: null };
  return { range, judged: { pulls: [], strays: [] }, origin: undefined, satisfied: new Set() };
}

async function readRange(
  kept: KeptRequest,
  { headSha: sha }: DeployingRun,
  rule: EnvironmentRule,
  { repository, past, isWhole }: EnvironmentReading,
  ports: Ports,
): Promise<ReadRange> {
  const { github, store, deployments } = ports;
  const { repositoryId, environment } = kept;
  const released = await deployments.listReleased(repositoryId, environment);
  const base = chooseBase(past, released, isWhole);
  const comparison = base === null ? null : await github.compareCommits(kept, { base: base.sha, head: sha });
  const range = rangeOf({ sha, base, comparison, ranBefore: ranBefore(sha, past, released) });
  // The deployed commit is asked for in every case: who brought it about may not release it.
  const origins = await github.readOrigins(kept, [...new Set([...range.commits, sha])]);
  const shas = origins.flatMap(({ pulls }) => pulls.flatMap(({ headSha, mergeSha }) => [headSha, mergeSha ?? headSha]));
  const merges = await store.loadMerges(repositoryId, [...new Set([...range.commits, ...shas])]);
  const reviews = await readOwedReviews(repositoryId, merges, ports);
  const { defaultBranch } = repository;
  const judged = judgeCommits({ commits: range.commits, origins, merges, reviews, rule, defaultBranch });
  const satisfied = await readSatisfied(repositoryId, rule, judged, ports);
  return { range, judged, origin: origins.find((one) => one.sha === sha), satisfied };
}

/** Checkpoints that every pull request satisfied; of no pull request it proves nothing. */
async function readSatisfied(
  repositoryId: number,
  { checkpoints }: EnvironmentRule,
  { pulls, strays }: JudgedCommits,
  { deployments }: Ports,
): Promise<ReadonlySet<string>> {
  if (checkpoints.length === 0 || pulls.length === 0 || strays.length > 0) return new Set();
  const numbers = pulls.map(({ number }) => number);
  const satisfied = await deployments.listSatisfied(repositoryId, numbers);
  return new Set(checkpoints.filter((name) => numbers.every((number) => satisfied.get(number)?.includes(name))));
}
