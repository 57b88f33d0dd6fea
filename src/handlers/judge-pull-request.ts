/** Reads one pull request whole and judges it, without writing anything to GitHub. */

import { decide } from "../core/gate/decide.ts";
import type { DecideInput } from "../core/gate/facts.ts";
import type { Standing } from "../core/gate/standing.ts";
import { engineVersion, type Verdict } from "../core/gate/verdict.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import { renderCheck } from "../core/report/render-check.ts";
import { renderPolicyProblems } from "../core/report/render-policy-problems.ts";
import { renderPolicyLost } from "../core/report/render-special-checks.ts";
import type { Telling } from "../core/report/telling.ts";
import type { Memory, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import { withMerges } from "./bypass/with-merges.ts";
import { checkUrls } from "./check-urls.ts";
import { type CheckBeside, checkpointChecks, shutCheckpointChecks } from "./checkpoint-checks.ts";
import { digestOf, digestOfShared } from "./digest.ts";
import type { Change, PullRequestReading } from "./github-port.ts";
import { NotYet, soon } from "./not-yet.ts";
import type { JudgingPorts, Run } from "./ports.ts";
import { readChange } from "./read-change.ts";
import { withPeople, withProperties } from "./read-people.ts";
import { type PolicyReading, readPolicy } from "./read-policy.ts";
import { readProposedPolicy } from "./read-proposed-policy.ts";
import { isKnownGate, rememberCommands, rememberGate, rememberHead, rememberHints } from "./remember.ts";
import { loadPolicyReplay } from "./replay-policy-change.ts";
import type { Dossier } from "./store-port.ts";
import { withHead, withMemory } from "./with-memory.ts";

export interface Judgement {
  kind: "judged";
  reading: PullRequestReading;
  draft: CheckRunDraft;
  standing: Standing;
  /** Check runs beside it: of single checkpoints, where the policy asks for them or did before. */
  beside: CheckBeside[];
  /** `null` where there was no policy to judge by. */
  verdict: Verdict | null;
  /** What its words are made from; `null` with the verdict. */
  telling: Telling | null;
  /** What it was judged from; `null` with the verdict. */
  input: DecideInput | null;
  /** Something was read after the pull request itself, so that it may have moved meanwhile. */
  isReadLater: boolean;
  inputsDigest: string;
  /** The change of the policy was not replayed over what was merged yet. */
  isReplayWanted: boolean;
}

export type JudgementOrNot =
  | Judgement
  /** Not there, or not this installation's any more. */
  | { kind: "gone" }
  | { kind: "closed"; reading: PullRequestReading }
  /** No policy anywhere, and there never was one. */
  | { kind: "ungated"; reading: PullRequestReading };

/** @throws {GithubError | NotYet} when facts cannot be had at the moment */
export async function judgePullRequest(
  subject: PullRequestSubject,
  dossier: Dossier,
  ports: JudgingPorts,
  run: Pick<Run, "attempt">,
): Promise<JudgementOrNot> {
  const { hints, gates, memory } = dossier;
  const early = gates.length > 0 ? readEarly(subject, memory.heads, ports) : null;
  const reading = await ports.github.readPullRequest(subject, hints);
  // A name may belong to another repository by now; what was woken is known by its id.
  if (reading === "gone" || reading.snapshot.repository.id !== subject.repositoryId) return { kind: "gone" };
  if (reading.snapshot.state !== "open") return { kind: "closed", reading };
  refuseStale(subject, reading, memory.heads, ports.clock.now(), run.attempt);

  const policy = await readPolicy(subject, reading, ports);
  const wasGated = isKnownGate(gates, reading.snapshot);
  if (policy.kind === "absent") return wasGated ? lost(reading, ports) : { kind: "ungated", reading };
  await rememberGate(gates, reading.snapshot, ports);
  if (policy.kind === "broken") return broken(subject, policy, reading, ports);
  return judge(subject, { reading, policy, dossier, early }, ports, run);
}

/**
 * What the gate would say of a pull request that is closed, at the cost of what its policy and people take to read; of a merged one by
 * what had been said until then.
 *
 * @param reading of that pull request
 * @returns `null` where no policy can be read any more
 */
export async function judgeClosed(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  dossier: Dossier,
  ports: JudgingPorts,
  run: Pick<Run, "attempt">,
): Promise<Judgement | null> {
  const policy = await readPolicy(subject, reading, ports);
  if (policy.kind !== "loaded") return null;
  const { snapshot } = reading;
  const until = snapshot.merged?.at ?? ports.clock.now();
  const reviews = snapshot.reviews.filter(({ submittedAt }) => submittedAt <= until);
  const comments = snapshot.comments.filter(({ createdAt }) => createdAt <= until);
  const then = { ...reading, snapshot: { ...snapshot, reviews, comments } };
  return judge(subject, { reading: then, policy, dossier, early: null }, ports, run);
}

interface Known {
  reading: PullRequestReading;
  policy: PolicyReading & { kind: "loaded" };
  dossier: Dossier;
  early: Promise<Change> | null;
}

async function judge(
  subject: PullRequestSubject,
  facts: Known,
  ports: JudgingPorts,
  run: Pick<Run, "attempt">,
): Promise<Judgement> {
  const { policy, dossier, early } = facts;
  const { heads } = dossier.memory;
  const { document, isFurtherRead } = policy;
  const options = document.policy.classification;
  const change = await readChange(subject, facts.reading, options, ports, { attempt: run.attempt, early });
  const reading = { ...facts.reading, snapshot: withMemory(facts.reading, dossier, change.change) };
  const windows = dossier.isClockSure ? dossier.memory.windows : [];
  const remembered = { ...dossier.memory, windows, heads: withHead(reading, heads, change) };
  const memory = await withMerges(remembered, document.policy, reading.snapshot, ports);
  const [proposed, withRepository] = await Promise.all([
    readProposedPolicy(subject, reading, document, ports),
    withProperties(subject, reading.snapshot, document.policy, dossier.hints, ports),
    rememberHead(subject, reading, { before: heads, now: memory.heads }, ports),
    rememberHints(reading.snapshot, document, dossier.hints, ports),
  ]);
  const { classification } = change;
  const { snapshot, verdict, now } = await decideWithPeople(
    subject,
    proposed === null ? withRepository : { ...withRepository, policyChange: proposed.change },
    { document, classification, memory },
    ports,
  );
  await rememberCommands(subject, snapshot, memory, ports);
  const policyReplay = await loadPolicyReplay(subject, document, { proposed, baseRef: snapshot.base.ref }, ports);
  const urls = checkUrls(document.source, ports.urls);
  const { escalations } = dossier;
  const told = {
    verdict,
    snapshot,
    document,
    now,
    urls,
    proposedProblems: proposed?.problems ?? [],
    policyReplay,
    escalations,
  };
  const draft = renderCheck(told);
  const standing = verdict.isObserved ? "observed" : verdict.state;
  return {
    kind: "judged",
    reading: { ...reading, snapshot },
    draft,
    standing,
    beside: checkpointChecks(reading, told, { draft, standing }),
    verdict,
    telling: { ...urls, snapshot, document, now, escalations, server: ports.urls.server },
    input: { document, snapshot, classification, memory, now },
    isReadLater: isFurtherRead || change.isReadLater || snapshot !== reading.snapshot || proposed !== null,
    inputsDigest: inputsDigestOf({ policy: document.policy, snapshot, memory, classification }),
    isReplayWanted: policyReplay === "pending",
  };
}

/** What is shared between looks at the same change or policy goes in by its own digest, which is worked out once. */
function inputsDigestOf({
  policy,
  snapshot: { files, ...snapshot },
  memory,
  classification,
}: Pick<Parameters<typeof decide>[0], "snapshot" | "memory" | "classification"> & {
  policy: PolicyDocument["policy"];
}): string {
  const shared = [policy, files, classification].map(digestOfShared);
  return digestOf({ engineVersion, shared, snapshot, memory });
}

/** Whoever would open the gate, or have it opened, is looked up once more, past every cache. */
async function decideWithPeople(
  subject: PullRequestSubject,
  told: Snapshot,
  facts: Omit<Parameters<typeof decide>[0], "snapshot" | "now">,
  ports: JudgingPorts,
): Promise<{ snapshot: Snapshot; verdict: Verdict; now: Date }> {
  const named = { policy: facts.document.policy, memory: facts.memory };
  const look = async (isFresh: boolean) => {
    const snapshot = await withPeople(subject, told, named, ports, isFresh);
    const now = ports.clock.now();
    return { snapshot, now, verdict: decide({ ...facts, snapshot, now, isAsking: true }) };
  };
  const first = await look(false);
  const wouldOpen = first.verdict.isOpen || first.verdict.bypasses.some(({ kind }) => kind === "grantable");
  return wouldOpen && first.snapshot !== told ? look(true) : first;
}

/** Side by side with the pull request itself, where the event named a head that was not met yet. */
function readEarly(
  subject: PullRequestSubject,
  heads: Memory["heads"],
  { github }: Pick<JudgingPorts, "github">,
): Promise<Change> | null {
  if (subject.named === undefined || heads[subject.named.headSha] !== undefined) return null;
  const early = github.readChange(subject);
  early.catch(() => {}); // Asked for again, and heard, where it is needed.
  return early;
}

/** So often GitHub gets the chance to catch up with its own event. */
const staleAttemptsMax = 5;

/** GitHub may answer with the state before the push that it has just told us of. */
function refuseStale(
  { named }: PullRequestSubject,
  { snapshot }: PullRequestReading,
  heads: Memory["heads"],
  now: Date,
  attempt: number,
): void {
  const isBehind =
    named !== undefined &&
    named.headSha !== snapshot.head.sha &&
    heads[named.headSha] === undefined &&
    heads[snapshot.head.sha] !== undefined;
  if (isBehind && attempt <= staleAttemptsMax) {
    throw new NotYet("GitHub still shows the head from before the push", soon(now, attempt));
  }
}

function lost(reading: PullRequestReading, { clock, urls }: Pick<JudgingPorts, "clock" | "urls">): Judgement {
  const draft = renderPolicyLost({
    subject: reading.snapshot,
    now: clock.now(),
    urls: { details: urls.public },
    path: ".github/checkpoints.yml",
  });
  return unjudged(reading, draft, digestOf("lost"));
}

/** Mistakes are shown on the policy's own lines where the pull request changes it. */
async function broken(
  subject: PullRequestSubject,
  { problems, source, text }: PolicyReading & { kind: "broken" },
  reading: PullRequestReading,
  ports: JudgingPorts,
): Promise<Judgement> {
  const { files } = await ports.github.readChange(subject);
  const draft = renderPolicyProblems({
    problems,
    source,
    text,
    snapshot: { ...reading.snapshot, files },
    now: ports.clock.now(),
    urls: checkUrls(source, ports.urls),
  });
  return unjudged(reading, draft, digestOf({ source, problems }));
}

function unjudged(reading: PullRequestReading, draft: CheckRunDraft, inputsDigest: string): Judgement {
  const standing = "error";
  const beside = shutCheckpointChecks(reading, { draft, standing });
  const nothing = { verdict: null, telling: null, input: null };
  return {
    kind: "judged",
    reading,
    draft,
    standing,
    beside,
    ...nothing,
    isReadLater: false,
    inputsDigest,
    isReplayWanted: false,
  };
}
