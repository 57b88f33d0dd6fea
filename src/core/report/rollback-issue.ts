/** The issue on which it is decided whether an environment is taken back, its answers, and the record of the decision. */

import { assertNever } from "../assert-never.ts";
import type { PastDeployment, RollbackChoice } from "../deployment/deployment.ts";
import type { DecisionOutcome } from "../deployment/rollback.ts";
import { specOf } from "../gate/commands/command-table.ts";
import { rationaleMin } from "../gate/decision.ts";
import { malformedDecision } from "./answer-decision.ts";
import { answer, type Reply, refusal } from "./command-answers.ts";
import { shortSha } from "./deployment-words.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { spoken } from "./telling.ts";
import { longAgo, when } from "./times.ts";
import { code, cut, joinList, oneLine, say, type Words } from "./words.ts";

export interface RollbackQuestion {
  environment: string;
  /** What failed, or runs and is to be taken back. */
  sha: string | null;
  /** What to go back to. */
  good: { id: number; sha: string } | null;
  askedBy: { login: string } | null;
  openedAt: Date;
  dueAt: Date;
  roles: readonly string[];
}

export function rollbackTitle({ environment }: Pick<RollbackQuestion, "environment">): string {
  return cut(`Take ${oneLine(environment)} back?`, 200);
}

export function rollbackBody(question: RollbackQuestion): string {
  const { environment, roles } = question;
  const who = joinList(
    roles.map((role) => say`${spoken(role)}`),
    "or",
  );
  return [
    line(openingWords(question)),
    list([
      goodWords(question.good),
      say`Decided by ${who}, due ${when(question.dueAt, longAgo)}`,
      say`Until then, only a commit that ran there before can be deployed to ${code(environment)}`,
    ]),
    line(say`In a comment, on a line of its own, with a rationale of at least ${rationaleMin} characters:`),
    list([
      say`${code("/holdpoint decide proceed <rationale>")} takes it back`,
      say`${code("/holdpoint decide partial <rationale>")} takes a part of it back; the rationale says which`,
      say`${code("/holdpoint decide abort <rationale>")} keeps what runs`,
    ]),
    line(say`A deployment that succeeds there settles the question by itself. Edited comments do not count.`),
  ].join("\n\n");
}

export interface RollbackRecord extends RollbackQuestion {
  decision: { choice: RollbackChoice; rationale: string; person: { login: string }; at: Date } | null;
  /** What settled it without a decision. */
  settledBy: PastDeployment | null;
}

/** What stands there when it is settled: the whole of it, for whoever looks back. */
export function rollbackRecord(record: RollbackRecord): string {
  const { decision, settledBy, openedAt } = record;
  const facts = [openingWords(record), say`Asked on ${when(openedAt, longAgo)}`, goodWords(record.good)];
  if (decision !== null) {
    const { choice, person, at, rationale } = decision;
    facts.push(
      say`Decided on ${when(at, longAgo)} by ${code(person.login)}: ${code(choice)}`,
      say`Rationale: ${rationale}`,
    );
  } else if (settledBy !== null) {
    facts.push(say`Settled by itself: the deployment of ${shortSha(settledBy.sha)} succeeded`);
  }
  return list(facts);
}

/** What becomes of a decision that was written. */
export function answerRollback(
  outcome: DecisionOutcome,
  { environment, good }: Pick<RollbackQuestion, "environment" | "good">,
): Reply {
  const spec = specOf("decide");
  switch (outcome.kind) {
    case "decided":
      return { reaction: "+1", comment: answer(nextWords(outcome.choice, environment, good)) };
    case "malformed":
      return {
        reaction: "confused",
        comment: malformedDecision(spec, outcome.why),
      };
    case "not_entitled":
      return { reaction: "-1", comment: refusal(spec, [], outcome.roles) };
    case "bot":
      return { reaction: "-1", comment: answer(say`Apps and bots decide nothing.`) };
    case "unreadable":
      return {
        reaction: "confused",
        comment: answer(say`It could not be read whether you may decide; it is looked at again.`),
      };
    default:
      return assertNever(outcome);
  }
}

export function alreadyDecided(): Reply {
  return { reaction: "confused", comment: answer(say`This is decided already; the record stands above.`) };
}

/** For channels: one line. */
export function rollbackDecidedTitle(environment: string, choice: RollbackChoice): string {
  return cut(`${oneLine(environment)}: it was decided to ${choiceWords[choice]}`, 200);
}

export function rollbackAskedTitle(environment: string): string {
  return cut(`${oneLine(environment)}: somebody has to decide whether it is taken back`, 200);
}

const choiceWords: Readonly<Record<RollbackChoice, string>> = {
  proceed: "take it back",
  partial: "take a part of it back",
  abort: "keep what runs",
};

function nextWords(choice: RollbackChoice, environment: string, good: RollbackQuestion["good"]): Words {
  if (choice === "abort") {
    return say`What runs is kept. Deployments to ${code(environment)} go on as before, and one that wants to go back is stopped.`;
  }
  const how =
    good === null
      ? say`No deployment that succeeded there is known: deploy the commit that is to run.`
      : say`The last one that ran well is ${shortSha(good.sha)} (deployment ${good.id}). Run its workflow again on that commit; it needs no further approval, as long as nothing else was deployed since.`;
  if (choice === "proceed") return say`${code(environment)} is taken back. ${how}`;
  return say`A part of ${code(environment)} is taken back. ${how} What is to stay goes the ordinary way: a pull request, and a deployment of its merge.`;
}

function openingWords({ environment, sha, askedBy }: RollbackQuestion): Words {
  const what = sha === null ? say`what runs` : shortSha(sha);
  return askedBy === null
    ? say`The deployment of ${what} to ${code(environment)} failed.`
    : say`${code(askedBy.login)} asked for ${code(environment)} to be taken back, where ${what} was deployed last.`;
}

function goodWords(good: RollbackQuestion["good"]): Words {
  if (good === null) return say`No earlier deployment that succeeded is known`;
  return say`What ran well before is ${shortSha(good.sha)} (deployment ${good.id})`;
}

function list(lines: readonly Words[]): string {
  return lines.map((words) => `- ${line(words)}`).join("\n");
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}
