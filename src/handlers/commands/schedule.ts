import { scheduleAnswer } from "../../core/report/loop-answers.ts";
import { parseWhen } from "../../core/rounds/when.ts";
import type { CommandHandler } from "./command.ts";
import { handToSession } from "./hand-to-session.ts";

/** `/holdpoint schedule <when>`: puts the review aside until then. */
export const schedule: CommandHandler = async (given, ports) => {
  // Counted from when it was written, also where it is read late.
  const when = parseWhen(given.command.rest, given.comment.createdAt);
  if (when.kind === "at") await handToSession(given, ports);
  return { reaction: when.kind === "at" ? "+1" : "confused", comment: scheduleAnswer(when, ports.clock.now()) };
};
