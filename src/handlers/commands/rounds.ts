import { nothingKnown } from "../../core/report/loop-answers.ts";
import { renderRounds } from "../../core/report/rounds-table.ts";
import { loopOptions } from "../../core/rounds/loop-options.ts";
import { readSession } from "../../core/rounds/session.ts";
import { viewSession } from "../../core/rounds/session-view.ts";
import type { CommandHandler } from "./command.ts";

/** `/holdpoint rounds`: the versions and rounds as one table. */
export const rounds: CommandHandler = async ({ dossier, judged }, { clock }) => {
  const saved = readSession(dossier.session);
  if (saved.kind !== "read") return { reaction: "+1", comment: nothingKnown };
  const options = loopOptions(judged?.telling.document.policy ?? { comments: "off" });
  const now = clock.now();
  return { reaction: "+1", comment: renderRounds(viewSession(saved.session, options, now), now) };
};
