/** Answers a comment that addresses Holdpoint. The comment is read anew: who wrote it, and whether it is as it was written. */

import { type CommandSpec, isUnderstood, specOf } from "../core/gate/commands/command-table.ts";
import { parseCommands } from "../core/gate/commands/parse-command.ts";
import { notHere, refusal, unknownCommand } from "../core/report/command-answers.ts";
import { replyMarker } from "../core/report/command-help.ts";
import { type Comment, isAtLeast } from "../core/snapshot.ts";
import type { CommandSubject, PullRequestSubject } from "../core/subject.ts";
import type { GivenCommand, Reply } from "./commands/command.ts";
import { commandHandlers } from "./commands/index.ts";
import { judgedOf } from "./commands/judged-of.ts";
import type { PullRequestReading } from "./github-port.ts";
import { judgePullRequest } from "./judge-pull-request.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { readPermission } from "./read-people.ts";

/** So many commands of one comment are answered. */
const commandsMax = 5;

export async function handleCommand(subject: CommandSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { github, store } = ports;
  const { repositoryId, installationId, owner, name, number } = subject;
  const pullRequest: PullRequestSubject = { kind: "pull_request", repositoryId, installationId, owner, name, number };
  const dossier = await store.loadDossier(pullRequest);
  if (dossier.gates.length === 0) return {}; // Where there is no gate, nobody is talking to us.
  // GitHub has no signs for reviews in REST; what a command there does, the check tells.
  const react = (reaction: Reply["reaction"]) =>
    subject.source === "review" ? "reacted" : github.react(pullRequest, subject.commentId, reaction);
  const isThere = await react(subject.isRecheck ? "+1" : "eyes");
  if (subject.isRecheck || isThere === "gone") return {};

  const judgement = await judgePullRequest(pullRequest, dossier, ports, run);
  if (judgement.kind === "gone" || judgement.kind === "ungated") return {};
  const { reading } = judgement;
  const comment = commentOf(subject, reading);
  if (comment === null || comment.isEdited || comment.user.kind !== "user") return {};
  const permission = onlyOnce(() => readPermission(pullRequest, comment.user, ports));
  const judged = judgedOf(judgement);

  const replies: Reply[] = [];
  for (const command of parseCommands(comment.body).slice(0, commandsMax)) {
    const given = { subject: pullRequest, command, comment, reading, dossier, judged, permission };
    replies.push(await replyTo(given, ports));
  }
  const marker = replyMarker(subject.commentId, subject.source);
  await answer(replies, marker, { subject: pullRequest, comment, reading, permission }, ports);
  for (const reaction of new Set(replies.map((reply) => reply.reaction)))
    if (reaction !== "eyes") await react(reaction);
  return {};
}

async function replyTo(given: GivenCommand, ports: Ports): Promise<Reply> {
  const { verb, written } = given.command;
  if (verb === null) {
    const isHeard = await hasRight({ may: ["author", "triage"] }, given);
    return isHeard ? { reaction: "confused", comment: unknownCommand(written) } : { reaction: "confused" };
  }
  const spec = specOf(verb);
  if (!isUnderstood(verb, "pull_request")) return { reaction: "confused", comment: notHere(spec, "issue") };
  if (!(await hasRight(spec, given))) return { reaction: "-1", comment: refusal(spec) };
  return commandHandlers[verb](given, ports);
}

/** Rights that hang on the policy, or on what is taken back, are the command's own to look at. */
async function hasRight({ may }: Pick<CommandSpec, "may">, given: GivenCommand): Promise<boolean> {
  if (may.some((right) => right === "anyone" || right === "role" || right === "holder")) return true;
  const { user } = given.comment;
  if (may.includes("author") && user.id === given.reading.snapshot.author.id) return true;
  const permission = await given.permission();
  return may.some(
    (right) =>
      (right === "triage" || right === "write" || right === "maintain") &&
      permission !== "unknown" &&
      isAtLeast(permission, right),
  );
}

/** One comment for one comment; none for strangers, or they could fill a public conversation with ours. */
async function answer(
  replies: readonly Reply[],
  marker: string,
  { subject, comment, reading, permission }: Pick<GivenCommand, "subject" | "comment" | "reading" | "permission">,
  { github }: Ports,
): Promise<void> {
  const words = replies.flatMap((reply) => reply.comment ?? []);
  if (words.length === 0) return;
  // Looked for, so that a run that is repeated does not answer twice.
  if (reading.ownComments.some(({ body }) => body.includes(marker))) return;
  const { author, repository } = reading.snapshot;
  if (!repository.isPrivate && comment.user.id !== author.id) {
    const held = await permission();
    if (held === "unknown" || !isAtLeast(held, "triage")) return;
  }
  await github.comment(subject, `${[...new Set(words)].join("\n\n")}\n\n${marker}\n`);
}

function commentOf({ commentId, source }: CommandSubject, { snapshot }: PullRequestReading): Comment | null {
  if (source === undefined) return snapshot.comments.find(({ id }) => id === commentId) ?? null;
  const review = snapshot.reviews.find(({ id }) => id === commentId);
  if (review === undefined) return null;
  const { id, user, body, submittedAt: createdAt, isEdited } = review;
  return { id, user, body, createdAt, isEdited, editedBy: null };
}

function onlyOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    reading ??= read();
    return reading;
  };
}
