/** Answers a press on one of our check's buttons. What who pressed it may do is looked up: a payload entitles nobody. */

import { howToBypass, howToBypassMarker } from "../core/report/answer-bypass.ts";
import { explain, explanationMarker } from "../core/report/explain.ts";
import { isAtLeast, type Person } from "../core/snapshot.ts";
import type { ButtonSubject, PullRequestSubject } from "../core/subject.ts";
import type { Judged } from "./commands/command.ts";
import { judgedOf } from "./commands/judged-of.ts";
import { judgePullRequest } from "./judge-pull-request.ts";
import type { Ports, Run, RunResult } from "./ports.ts";
import { readPermission } from "./read-people.ts";
import type { Dossier } from "./store-port.ts";

export async function handleButton(subject: ButtonSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { repositoryId, installationId, owner, name, number, button, presser } = subject;
  const pullRequest: PullRequestSubject = { kind: "pull_request", repositoryId, installationId, owner, name, number };
  const dossier = await ports.store.loadDossier(pullRequest);
  if (dossier.gates.length === 0) return {};
  const person: Person = { ...presser, kind: "user" };
  const permission = await readPermission(pullRequest, person, ports);
  // As with the commands of the same names; the author, who may do more, can write those.
  if (permission === "unknown" || !isAtLeast(permission, "triage")) return {};
  if (button === "explain") await tellInPlace(pullRequest, explanationMarker, explanation, dossier, ports, run);
  else if (button === "bypass") await tellInPlace(pullRequest, howToBypassMarker, wayToBypass, dossier, ports, run);
  else await sayOnBehalf(pullRequest, person, button, dossier, ports);
  return {};
}

function explanation({ verdict, telling }: Judged): string | null {
  const explained = explain(verdict, telling);
  return explained.kind === "found" ? explained.markdown : null;
}

/** A button takes no text, and a bypass takes a reason: it is answered with the command to write. */
function wayToBypass({ telling }: Judged): string | null {
  return howToBypass(telling);
}

/** One comment for all presses, rewritten in place: the newest is the one that counts. */
async function tellInPlace(
  subject: PullRequestSubject,
  marker: string,
  tell: (judged: Judged) => string | null,
  dossier: Dossier,
  ports: Ports,
  run: Run,
): Promise<void> {
  const { github } = ports;
  const judgement = await judgePullRequest(subject, dossier, ports, run);
  const judged = judgedOf(judgement);
  if (judgement.kind !== "judged" || judged === null) return;
  const told = tell(judged);
  if (told === null) return;
  const body = `${told}\n\n${marker}\n`;
  const before = judgement.reading.ownComments.findLast((comment) => comment.body.includes(marker));
  if (before?.body.trim() === body.trim()) return;
  const isEdited = before !== undefined && (await github.editComment(subject, before.id, body)) === "edited";
  if (!isEdited) await github.comment(subject, body);
}

/** The gate weighs it like a comment of the same words, and looks anew at who may. */
async function sayOnBehalf(
  subject: PullRequestSubject,
  person: Person,
  text: "hold" | "unhold",
  { before }: Dossier,
  { store, clock }: Ports,
): Promise<void> {
  const at = clock.now();
  // No comment bears it; its moment tells two presses apart.
  const command = { commentId: at.getTime(), person, at, text, headSha: before?.headSha ?? "unknown" };
  await store.saveCommand(subject.repositoryId, subject.number, command);
  await store.enqueue([subject]);
}
