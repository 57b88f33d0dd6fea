/** One look at an issue that Holdpoint keeps. */

import type { Command } from "../../core/gate/commands/parse-command.ts";
import type { Reply } from "../../core/report/command-answers.ts";
import type { Comment } from "../../core/snapshot.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { IssueReading } from "../issues-port.ts";
import type { Ports, Run, RunResult } from "../ports.ts";

export interface IssueLook {
  kept: KeptIssue;
  /** `gone`: deleted, transferred, or issues are switched off. */
  reading: IssueReading | "gone";
}

/** Level-triggered: everything is worked out from what is kept and what stands there; looking twice changes nothing. */
export type IssueFollower = (look: IssueLook, ports: Ports, run: Run) => Promise<RunResult>;

/** A command on a kept issue; who may give it is the command's own to look at. */
export interface GivenIssueCommand {
  kept: KeptIssue;
  reading: IssueReading;
  command: Command;
  /** Never edited, of a person, and not answered before. */
  comment: Comment;
}

export interface IssueReply extends Reply {
  /** What the kind remembers from now on; kept before the answer is given. Left out: as before. */
  data?: KeptIssue["data"];
  /** A fact could not be read: the command is weighed again later, and its answer rewritten. */
  again?: true;
}

export type IssueCommand = (given: GivenIssueCommand, ports: Ports) => Promise<IssueReply>;
