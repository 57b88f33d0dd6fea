/** What can be answered to the escalation of an issue that Holdpoint keeps, on the issue itself. */

import type { AnswerVerb } from "../../core/escalation/parse-answer.ts";
import { type CommandVerb, specOf } from "../../core/gate/commands/command-table.ts";
import { refusal } from "../../core/report/command-answers.ts";
import { nothingEscalated, notRaised, raisedAnswer } from "../../core/report/escalation-answers.ts";
import { isAtLeast } from "../../core/snapshot.ts";
import { answerCommand } from "../escalation/answer-command.ts";
import { issueItemOf } from "../escalation/item.ts";
import { obey } from "../escalation/obey.ts";
import type { Ports } from "../ports.ts";
import { readPermission } from "../read-people.ts";
import type { GivenIssueCommand, IssueCommand } from "./issue-look.ts";

const gone = { reaction: "confused", comment: nothingEscalated } as const;

export const escalationCommands: Readonly<Partial<Record<CommandVerb, IssueCommand>>> = {
  ack: answering("ack"),
  snooze: answering("snooze"),
  "hand-over": answering("hand-over"),
  async escalate(given, ports) {
    const { item, permission } = await lookAt(given, ports);
    if (item === null) return gone;
    if (permission === "unknown" || !isAtLeast(permission, "triage")) {
      return { reaction: "-1", comment: refusal(specOf("escalate")) };
    }
    const open = await ports.escalations.listEscalations(item.subject.repositoryId, item.subject.number);
    if (open.length === 0) return gone;
    const raised = await obey({ item, comment: given.comment }, open, { kind: "raise" }, ports);
    return raised.length > 0
      ? { reaction: "+1", comment: raisedAnswer(raised) }
      : { reaction: "confused", comment: notRaised() };
  },
};

function answering(verb: AnswerVerb): IssueCommand {
  return async (given, ports) => {
    const { item, permission } = await lookAt(given, ports);
    if (item === null) return gone;
    return answerCommand({ verb, rest: given.command.rest, comment: given.comment, item, permission }, ports);
  };
}

async function lookAt({ kept, reading, comment }: GivenIssueCommand, ports: Ports) {
  const { installationId, repositoryId, owner, name, number } = kept;
  const subject = { kind: "pull_request", installationId, repositoryId, owner, name, number } as const;
  const [item, permission] = await Promise.all([
    issueItemOf(subject, reading, ports),
    readPermission(subject, comment.user, ports),
  ]);
  return { item: item === "over" ? null : item, permission };
}
