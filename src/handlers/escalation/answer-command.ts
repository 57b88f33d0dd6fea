/** Obeys what people answer to the escalations about a pull request or issue. */

import { type Answer, answeringRoles, mayAnswer } from "../../core/escalation/answer-escalation.ts";
import type { Escalation } from "../../core/escalation/escalation-state.ts";
import { levelOf } from "../../core/escalation/levels.ts";
import { parseAnswer } from "../../core/escalation/parse-answer.ts";
import { specOf } from "../../core/gate/commands/command-table.ts";
import { refusal } from "../../core/report/command-answers.ts";
import {
  acknowledgedAnswer,
  acknowledgedBefore,
  malformedAnswer,
  nothingEscalated,
  snoozedAnswer,
} from "../../core/report/escalation-answers.ts";
import type { Permission } from "../../core/snapshot.ts";
import type { Reply } from "../commands/command.ts";
import type { Ports } from "../ports.ts";
import { handOver } from "./hand-over.ts";
import { holdersIn, type ItemBase, withRoles } from "./item.ts";
import { type GivenAnswer, obey } from "./obey.ts";

export async function answerCommand(given: GivenAnswer, ports: Ports): Promise<Reply> {
  const { verb, rest, comment, item } = given;
  const { subject } = item;
  const open = await ports.escalations.listEscalations(subject.repositoryId, subject.number);
  if (open.length === 0) return { reaction: "confused", comment: nothingEscalated };
  const written = parseAnswer(verb, rest);
  if (written.kind === "malformed")
    return { reaction: "confused", comment: malformedAnswer(specOf(verb), written.why) };
  const { theirs, roles, known } = await sortOut(given, open, ports);
  if (theirs.length === 0) {
    return { reaction: "-1", comment: refusal(specOf(verb), holdersIn(known, roles), roles) };
  }
  if (written.kind === "hand_over") return handOver({ given, item: known, open: theirs, written }, ports);
  const answer: Answer =
    written.kind === "ack" ? written : { ...written, until: new Date(comment.createdAt.getTime() + written.ms) };
  const things = await obey(given, theirs, answer, ports);
  const now = ports.clock.now();
  if (answer.kind === "snooze") return { reaction: "+1", comment: snoozedAnswer(things, answer.until, now) };
  if (things.length === 0) return { reaction: "confused", comment: acknowledgedBefore() };
  return { reaction: "+1", comment: acknowledgedAnswer(things, now) };
}

/** Those that the giver may answer, and who else could. */
async function sortOut({ item, comment, permission }: GivenAnswer, open: readonly Escalation[], ports: Ports) {
  const levels = (name: string) => levelOf(item.policy, name);
  const rolesOf = new Map(open.map((one) => [one.stuck.key, answeringRoles(one, levels)]));
  const roles = [...new Set([...rolesOf.values()].flat())];
  const known = withPermission(await withRoles(item, roles, ports), comment.user.id, permission);
  const facts = { roles: item.policy.roles, snapshot: known.known };
  const theirs = open.filter((escalation) =>
    mayAnswer(comment.user, {
      escalation,
      roles: rolesOf.get(escalation.stuck.key) ?? [],
      authorId: item.author?.id ?? null,
      permission,
      facts,
    }),
  );
  return { theirs, roles, known };
}

function withPermission(item: ItemBase, id: number, permission: Permission | "unknown"): ItemBase {
  if (permission === "unknown") return item;
  const { directory } = item.known;
  const permissions = { ...directory.permissions, [id]: { kind: "read" as const, value: permission } };
  return { ...item, known: { ...item.known, directory: { ...directory, permissions } } };
}
