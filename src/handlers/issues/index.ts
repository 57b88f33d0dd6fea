/** The two tables of kept issues: who follows each kind, and the commands that it understands. */

import type { CommandVerb } from "../../core/gate/commands/command-table.ts";
import type { KeptIssueKind } from "../exceptions-port.ts";
import { escalationCommands } from "./answer-escalation.ts";
import { deployOnIssue, followDeployment } from "./deployment.ts";
import { issueHelpOf } from "./help.ts";
import type { IssueCommand, IssueFollower } from "./issue-look.ts";
import { reviewed } from "./post-review/reviewed.ts";
import { followPostReview } from "./post-review.ts";
import { decideOnRollback, followRollback } from "./rollback.ts";
import { followWindow, reviewWindow } from "./window.ts";

export const issueFollowers: Readonly<Record<KeptIssueKind, IssueFollower>> = {
  post_review: followPostReview,
  window: followWindow,
  rollback: followRollback,
  deployment: followDeployment,
};

type IssueCommands = Readonly<Partial<Record<CommandVerb, IssueCommand>>>;

/** Understood on every kept issue. */
const everywhere: IssueCommands = escalationCommands;

const ofKind: Readonly<Record<KeptIssueKind, IssueCommands>> = {
  post_review: { reviewed },
  window: { reviewed: reviewWindow },
  rollback: { decide: decideOnRollback },
  deployment: { deploy: deployOnIssue },
};

/** By verb, with the help that lists them. */
export function issueCommandsOf(kind: KeptIssueKind): IssueCommands {
  const commands = { ...everywhere, ...ofKind[kind] };
  return { help: issueHelpOf(["help", ...(Object.keys(commands) as CommandVerb[])]), ...commands };
}
