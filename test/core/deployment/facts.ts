/** A deployment of merged pull requests to production, of which a test says only what matters to it. */

import type {
  CommitOrigin,
  DeployedMerge,
  DeployingRun,
  DeploymentVoice,
  MergedPull,
  OwedReview,
  PastDeployment,
} from "../../../src/core/deployment/deployment.ts";
import { ruleFor } from "../../../src/core/deployment/environment-rule.ts";
import { judgeCommits } from "../../../src/core/deployment/judge-commits.ts";
import type { DeploymentFacts } from "../../../src/core/deployment/judge-deployment.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";
import { ago, aPerson, aSnapshot, now } from "../../support/builders.ts";

/** A commit id that begins with these hexadecimal digits. */
export function sha(start: string): string {
  return start.padEnd(40, "0");
}

export function aPast(start: string, past: Partial<PastDeployment> = {}): PastDeployment {
  return { id: 1, sha: sha(start), state: "ran", createdAt: ago(24), ...past };
}

export function aRun(run: Partial<DeployingRun> = {}): DeployingRun {
  return {
    id: 7,
    attempt: 1,
    headSha: sha("c"),
    event: "push",
    isFinished: false,
    isFromFork: false,
    actor: aPerson("author"),
    triggeringActor: aPerson("author"),
    url: "https://github.com/acme/api/actions/runs/7",
    ...run,
  };
}

export function aMerge(number: number, start: string, merge: Partial<DeployedMerge> = {}): DeployedMerge {
  return { number, baseRef: "main", headSha: sha(`${number}e`), commitSha: sha(start), passage: "gate", ...merge };
}

export function aPull(number: number, pull: Partial<MergedPull> = {}): MergedPull {
  return {
    number,
    title: `Change ${number}`,
    baseRef: "main",
    headSha: sha(`${number}e`),
    mergeSha: null,
    author: aPerson("author"),
    mergedBy: aPerson("mona"),
    ...pull,
  };
}

export function anOrigin(start: string, origin: Partial<CommitOrigin> = {}): CommitOrigin {
  return { sha: sha(start), headline: `Commit ${start}`, people: [aPerson("author")], pulls: [], ...origin };
}

let nextComment = 1;

export function aVoice(login: string, voice: Partial<DeploymentVoice> = {}): DeploymentVoice {
  nextComment += 1;
  return {
    commentId: nextComment,
    number: 90,
    kind: "approve",
    environment: "production",
    sha: sha("c"),
    requests: ["7-1"],
    person: aPerson(login),
    at: ago(0.5),
    text: "",
    ...voice,
  };
}

export interface Described extends Partial<Omit<DeploymentFacts, "policy">> {
  policy?: PolicyInput;
  commits?: string[];
  origins?: CommitOrigin[];
  merges?: DeployedMerge[];
  reviews?: OwedReview[];
}

/** Commit c, the merge of #1, onto a released base; a technical lead (lena, or otto) is to approve. */
export function someFacts(described: Described = {}): DeploymentFacts {
  const {
    policy: written,
    commits = [sha("c")],
    origins = [],
    merges = [aMerge(1, "c")],
    reviews = [],
    ...rest
  } = described;
  const policy = policySchema.parse(
    written ?? { roles: { technical_lead: { users: ["lena", "otto"] } }, deployments: { production: {} } },
  );
  const environment = rest.environment ?? "production";
  const rule = ruleFor(policy, environment);
  return {
    environment,
    policy,
    rule,
    run: aRun(),
    waitingShas: [sha("c")],
    requestedAt: ago(1),
    range: { kind: "forward", base: { sha: sha("b"), isReleased: true }, commits, unread: null },
    judged: judgeCommits({ commits, origins, merges, reviews, rule, defaultBranch: "main" }),
    origin: origins.find((one) => one.sha === sha("c")),
    satisfied: new Set(),
    voices: [],
    roles: { roles: policy.roles, snapshot: { ...aSnapshot(), files: [], incomplete: [] } },
    aside: null,
    rollback: null,
    now,
    ...rest,
  };
}
