import { specOf } from "../../core/gate/commands/command-table.ts";
import { oneAtATime, unknownName } from "../../core/report/command-answers.ts";
import { explain as explainVerdict } from "../../core/report/explain.ts";
import type { JudgedCommandHandler } from "./command.ts";

/** `/holdpoint explain [checkpoint | criterion | @login]`. */
export const explain: JudgedCommandHandler = async ({ command: { rest }, judged: { verdict, telling } }) => {
  if (rest.includes(" ")) {
    return { reaction: "confused", comment: oneAtATime(specOf("explain")) };
  }
  const explained = explainVerdict(verdict, telling, rest);
  return explained.kind === "found"
    ? { reaction: "+1", comment: explained.markdown }
    : { reaction: "confused", comment: unknownName(rest, explained) };
};
