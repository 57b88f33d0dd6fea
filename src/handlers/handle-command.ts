/** Answers a comment that addresses Holdpoint. The comment is read anew: who wrote it, and whether it is as it was written. */

import { parseCommands } from "../core/gate/commands/parse-command.ts";
import { replyMarker } from "../core/report/command-help.ts";
import type { CommandSubject, PullRequestSubject } from "../core/subject.ts";
import type { Reply } from "./commands/command.ts";
import { commandHandlers } from "./commands/index.ts";
import type { Ports, RunResult } from "./ports.ts";

/** So many commands of one comment are answered. */
const commandsMax = 5;

export async function handleCommand(subject: CommandSubject, ports: Ports): Promise<RunResult> {
  const { github, store } = ports;
  const { commentId, kind: _, ...where } = subject;
  const pullRequest: PullRequestSubject = { kind: "pull_request", ...where };
  const dossier = await store.loadDossier(pullRequest);
  if (dossier.gates.length === 0) return {}; // Where there is no gate, nobody is talking to us.
  const reading = await github.readPullRequest(pullRequest, dossier.hints);
  if (reading === "gone" || reading.snapshot.repository.id !== subject.repositoryId) return {};
  const comment = reading.snapshot.comments.find(({ id }) => id === commentId);
  if (comment === undefined || comment.isEdited || comment.user.kind !== "user") return {};

  const replies: Reply[] = [];
  for (const command of parseCommands(comment.body).slice(0, commandsMax)) {
    const given = { subject: pullRequest, command, comment, reading, dossier };
    const handler = command.verb === null ? null : commandHandlers[command.verb];
    replies.push(handler === null ? { reaction: "confused" } : await handler(given, ports));
  }
  const words = replies.flatMap((reply) => reply.comment ?? []);
  // Looked for, so that a run that is repeated does not answer twice.
  const marker = replyMarker(comment.id);
  const isAnswered = reading.ownComments.some(({ body }) => body.includes(marker));
  if (words.length > 0 && !isAnswered) await github.comment(pullRequest, `${words.join("\n\n")}\n\n${marker}\n`);
  const reactions = [...new Set(replies.map(({ reaction }) => reaction))];
  for (const reaction of reactions) await github.react(pullRequest, comment.id, reaction);
  return {};
}
