import { askedAnswer, cannotAsk } from "../../core/report/loop-answers.ts";
import type { CommandHandler } from "./command.ts";

/** `/holdpoint pair @login`: asks that person. Who cannot read the repository GitHub does not let be asked, which a second reading shows. */
export const pair: CommandHandler = async ({ subject, command, dossier }, { github }) => {
  const login = /^@?([a-z0-9](?:[a-z0-9-]{0,38})(?:_[a-z0-9]{1,16})?)$/i.exec(command.rest)?.[1];
  if (login === undefined) return { reaction: "confused", comment: cannotAsk(command.rest) };
  await github.requestReviewers(subject, [{ id: 0, login, kind: "user" }]);
  const after = await github.readPullRequest(subject, dossier.hints);
  const asked =
    after === "gone"
      ? undefined
      : after.snapshot.requestedReviewers.find((person) => person.login.toLowerCase() === login.toLowerCase());
  if (asked === undefined) return { reaction: "confused", comment: cannotAsk(command.rest) };
  return { reaction: "+1", comment: askedAnswer(asked.login, "pair") };
};
