/** Answers a comment that addresses Holdpoint. The comment is read anew: who wrote it, and whether it is as it was written. */

import { commandHelp, commandHelpMarker } from "../core/report/command-help.ts";
import { type Comment, isAtLeast, type Snapshot } from "../core/snapshot.ts";
import type { CommandSubject, PullRequestSubject } from "../core/subject.ts";
import { type Command, parseCommand } from "./command-text.ts";
import type { Ports, RunResult } from "./ports.ts";

export async function handleCommand(subject: CommandSubject, ports: Ports): Promise<RunResult> {
  const { github, store } = ports;
  const { commentId, kind: _, ...where } = subject;
  const pullRequest: PullRequestSubject = { kind: "pull_request", ...where };
  if ((await store.listGates(subject.repositoryId)).length === 0) return {}; // Where there is no gate, nobody is talking to us.
  const reading = await github.readPullRequest(pullRequest, await store.loadHints(subject.repositoryId));
  if (reading === "gone" || reading.snapshot.repository.id !== subject.repositoryId) return {};
  const comment = reading.snapshot.comments.find(({ id }) => id === commentId);
  const command = comment === undefined ? null : parseCommand(comment.body);
  if (comment === undefined || command === null || comment.isEdited || comment.user.kind !== "user") return {};
  await answer(pullRequest, { snapshot: reading.snapshot, comment, command }, ports);
  return {};
}

async function answer(
  subject: PullRequestSubject,
  { snapshot, comment, command }: { snapshot: Snapshot; comment: Comment; command: Command },
  ports: Ports,
): Promise<void> {
  const { github, store } = ports;
  switch (command.name) {
    case "recheck":
      await store.enqueue([subject]);
      return github.react(subject, comment.id, "+1");
    case "attest":
      return github.react(subject, comment.id, "eyes"); // The gate weighs the comment itself.
    case "help":
      if (!isAnswered(snapshot, comment) && (await mayAskForHelp(subject, snapshot, comment, ports))) {
        await github.comment(subject, commandHelp(comment.id));
      }
      return github.react(subject, comment.id, "+1");
    case null:
      return github.react(subject, comment.id, "confused");
  }
}

/** Looked for, so that a run that is repeated does not answer twice. */
function isAnswered({ comments }: Snapshot, { id }: Comment): boolean {
  return comments.some(({ user, body }) => user.kind === "bot" && body.includes(commandHelpMarker(id)));
}

/** Strangers get a reaction but no comment, or they could fill a conversation with ours. */
async function mayAskForHelp(
  subject: PullRequestSubject,
  snapshot: Snapshot,
  { user }: Comment,
  { github }: Ports,
): Promise<boolean> {
  if (user.id === snapshot.author.id) return true;
  const wanted = { teams: [], organizations: [], permissionsOf: [user], codeownersOf: null };
  const permission = (await github.readDirectory(subject, wanted)).permissions[user.id];
  return permission?.kind === "read" && isAtLeast(permission.value, "triage");
}
