/** What a command is given and what it may answer. */

import type { Command } from "../../core/gate/commands/parse-command.ts";
import type { Comment } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Ports } from "../ports.ts";
import type { Dossier } from "../store-port.ts";

export interface GivenCommand {
  subject: PullRequestSubject;
  command: Command;
  /** As read from GitHub now: not edited since, and of a person. */
  comment: Comment;
  reading: PullRequestReading;
  dossier: Dossier;
}

/** `+1` done, `eyes` seen and weighed by the gate, `-1` refused, `confused` not understood. */
export type Reaction = "eyes" | "+1" | "-1" | "confused";

export interface Reply {
  reaction: Reaction;
  /** At most one comment; left out where the reaction says it all. */
  comment?: string;
}

export type CommandHandler = (given: GivenCommand, ports: Ports) => Promise<Reply>;
