/** What a command is given and what it may answer. */

import type { Command } from "../../core/gate/commands/parse-command.ts";
import type { DecideInput } from "../../core/gate/facts.ts";
import type { Verdict } from "../../core/gate/verdict.ts";
import type { Reply } from "../../core/report/command-answers.ts";
import type { Telling } from "../../core/report/telling.ts";
import type { Comment, Permission } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Ports } from "../ports.ts";
import type { Dossier } from "../store-port.ts";

export interface GivenCommand {
  subject: PullRequestSubject;
  command: Command;
  /** As read from GitHub now: not edited since, and of a person. A review stands here like a comment. */
  comment: Comment;
  reading: PullRequestReading;
  dossier: Dossier;
  /** The pull request as judged with this comment in it; `null` where it is closed, or there is no policy to judge by. */
  judged: Judged | null;
  /** What its giver may do in the repository; read at most once. */
  permission(): Promise<Permission | "unknown">;
}

export interface Judged {
  verdict: Verdict;
  input: DecideInput;
  telling: Telling;
}

export type { Reply };

export type CommandHandler = (given: GivenCommand, ports: Ports) => Promise<Reply>;

/** A command that is about the verdict; it is not asked where there is none. */
export type JudgedCommandHandler = (given: GivenCommand & { judged: Judged }, ports: Ports) => Promise<Reply>;
