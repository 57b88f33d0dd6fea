/** Commands on a kept issue: each comment is heard once, as it was written, and answered once. */

import { type CommandVerb, specOf } from "../../core/gate/commands/command-table.ts";
import { parseCommands } from "../../core/gate/commands/parse-command.ts";
import { notHere, unknownCommand } from "../../core/report/command-answers.ts";
import { replyMarker } from "../../core/report/command-help.ts";
import { type Comment, isAtLeast } from "../../core/snapshot.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { IssueReading } from "../issues-port.ts";
import type { Ports } from "../ports.ts";
import { readPermission } from "../read-people.ts";
import { heardIn, withHeard } from "./heard.ts";
import { issueCommandsOf } from "./index.ts";
import type { IssueLook, IssueReply } from "./issue-look.ts";

/** So many commands of one comment are answered. */
const commandsMax = 5;

export interface Hearing {
  /** With what the commands changed in what is kept. */
  look: IssueLook;
  /** Some command could not be weighed yet. */
  isToHearAgain: boolean;
}

/** @throws {GithubError} when GitHub fails; what was heard until then is kept */
export async function hearIssue(look: IssueLook, ports: Ports): Promise<Hearing> {
  const { reading } = look;
  if (reading === "gone") return { look, isToHearAgain: false };
  let { kept } = look;
  let isToHearAgain = false;
  const heard = new Set(heardIn(kept.data));
  for (const comment of reading.comments) {
    // An edited comment is never a command: whoever edited it may not be who wrote it.
    if (heard.has(comment.id) || comment.isEdited || comment.user.kind !== "user") continue;
    if (parseCommands(comment.body).length === 0) continue;
    const { now, isAgain, replies } = await weigh(kept, reading, comment, ports);
    isToHearAgain ||= isAgain;
    kept = isAgain ? now : withHeard(now, comment.id);
    await ports.store.keepIssue(kept);
    await answer({ kept, reading }, comment, replies, ports);
  }
  return { look: { kept, reading }, isToHearAgain };
}

async function weigh(kept: KeptIssue, reading: IssueReading, comment: Comment, ports: Ports) {
  const replies: IssueReply[] = [];
  let now = kept;
  for (const command of parseCommands(comment.body).slice(0, commandsMax)) {
    const reply = await replyTo({ kept: now, reading, command, comment }, ports);
    if (reply.data !== undefined) now = { ...now, data: reply.data };
    replies.push(reply);
  }
  return { now, replies, isAgain: replies.some(({ again }) => again === true) };
}

async function replyTo(
  given: Parameters<NonNullable<ReturnType<typeof issueCommandsOf>[CommandVerb]>>[0],
  ports: Ports,
): Promise<IssueReply> {
  const { verb, written } = given.command;
  if (verb === null) return { reaction: "confused", comment: unknownCommand(written) };
  const command = issueCommandsOf(given.kept.kind)[verb];
  return command?.(given, ports) ?? { reaction: "confused", comment: notHere(specOf(verb), "pull_request") };
}

/** One comment for one comment, found again by its marker; none for strangers, or they could fill a public issue with ours. */
async function answer(
  { kept, reading }: { kept: KeptIssue; reading: IssueReading },
  comment: Comment,
  replies: readonly IssueReply[],
  ports: Ports,
): Promise<void> {
  const { github } = ports;
  for (const reaction of new Set(replies.map((reply) => reply.reaction))) {
    if ((await github.react(kept, comment.id, reaction)) === "gone") return;
  }
  const words = [...new Set(replies.flatMap((reply) => reply.comment ?? []))].join("\n\n");
  if (words === "") return;
  const marker = replyMarker(comment.id);
  const body = `${words}\n\n${marker}\n`;
  const before = reading.comments.find(({ user, body: said }) => user.kind === "bot" && said.includes(marker));
  if (before?.body.trim() === body.trim()) return;
  if (before !== undefined) await github.editComment(kept, before.id, body);
  else if (await mayBeAnswered(kept, comment, ports)) await github.comment(kept, body);
}

async function mayBeAnswered(kept: KeptIssue, { user }: Comment, ports: Ports): Promise<boolean> {
  const repository = await ports.github.readRepository(kept);
  if (repository === "gone" || repository.isPrivate) return repository !== "gone";
  const permission = await readPermission({ ...kept, kind: "pull_request" }, user, ports);
  return permission !== "unknown" && isAtLeast(permission, "triage");
}
