import { continueAnswer } from "../../core/report/loop-answers.ts";
import type { CommandHandler } from "./command.ts";
import { handToSession } from "./hand-to-session.ts";

/** `/holdpoint continue`: declines the ways out, and takes up what was put aside. */
export const continueReview: CommandHandler = async (given, ports) => {
  await handToSession(given, ports);
  return { reaction: "+1", comment: continueAnswer };
};
