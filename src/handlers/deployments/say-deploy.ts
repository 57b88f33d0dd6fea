/** `/holdpoint deploy …`, wherever it is said: kept once as it was written, weighed, and the deployment looked at again. */

import { seatGroups, type VoiceFacts, weighVoice } from "../../core/deployment/approvals.ts";
import { parseDeployCommand } from "../../core/deployment/deploy-command.ts";
import type { DeploymentVoice } from "../../core/deployment/deployment.ts";
import { overrideRole, requestName } from "../../core/deployment/judge-deployment.ts";
import type { Reply } from "../../core/report/command-answers.ts";
import { answerMisunderstood, answerUnread, answerVoice } from "../../core/report/deployment-answers.ts";
import type { Comment } from "../../core/snapshot.ts";
import type { KeptRequest } from "../deployment-port.ts";
import type { Ports } from "../ports.ts";
import { type JudgedDeployment, lookAtDeployment } from "./look.ts";
import { deploymentSubjectOf } from "./tell-waiting.ts";

export interface SaidDeploy {
  repositoryId: number;
  /** The issue or pull request that it was said on. */
  number: number;
  comment: Pick<Comment, "id" | "user" | "createdAt">;
  /** What follows the verb. */
  rest: string;
  /** Requests that it may be about. */
  waiting: readonly KeptRequest[];
}

export async function sayDeploy(said: SaidDeploy, ports: Ports): Promise<Reply> {
  const { deployments, store } = ports;
  const { repositoryId, number, comment, rest } = said;
  // What was asked for after it was said is not what it was said about. GitHub tells times to the second.
  const there = said.waiting.filter(({ requestedAt }) => requestedAt.getTime() < comment.createdAt.getTime() + 1_000);
  const command = parseDeployCommand(rest, there);
  if (command.kind !== "understood") return answerMisunderstood(command, namesOf(there));
  const { what, environment, sha, text } = command;
  const { id: commentId, user: person, createdAt: at } = comment;
  const meant = there.filter((one) => one.environment === environment && one.sha === sha);
  const requests = meant.map(({ runId, attempt }) => requestName(runId, attempt));
  const voice: DeploymentVoice = { commentId, number, kind: what, environment, sha, requests, person, at, text };
  await deployments.saveVoice(repositoryId, voice);
  await store.enqueue(meant.map(deploymentSubjectOf));
  return weigh(voice, meant, ports);
}

function namesOf(waiting: readonly KeptRequest[]): string[] {
  return [...new Set(waiting.map(({ environment }) => environment))];
}

/** Tells at once whether it counts; what releases the deployment is the look that follows. */
async function weigh(voice: DeploymentVoice, meant: readonly KeptRequest[], ports: Ports): Promise<Reply> {
  const [kept] = meant;
  const read = kept === undefined ? null : await ports.github.readDeploymentRequest(kept);
  if (kept === undefined || read?.kind !== "read") return answerUnread();
  const look = await lookAtDeployment(kept, { run: read.run, isFresh: false, toldSha: null }, ports);
  if (look.kind !== "judged") return answerUnread();
  const roles = rolesFor(voice, look);
  const request = requestName(kept.runId, kept.attempt);
  const facts: VoiceFacts = { ...look.facts, request, sha: kept.sha, starters: look.verdict.starters };
  return answerVoice(weighVoice(voice, roles, facts), roles);
}

function rolesFor({ kind }: DeploymentVoice, { facts, verdict }: JudgedDeployment): string[] {
  const asked = seatGroups(verdict.rule, facts.policy, facts.satisfied).flatMap(({ roles }) => roles);
  const roles = kind === "override" ? [overrideRole] : kind === "reject" ? [...asked, overrideRole] : asked;
  return [...new Set(roles.length > 0 ? roles : [overrideRole])];
}
