import { splitAnswer } from "../../core/report/loop-answers.ts";
import { proposeSplit } from "../../core/rounds/propose-split.ts";
import type { JudgedCommandHandler } from "./command.ts";

/** `/holdpoint split`: how the change could be split. */
export const split: JudgedCommandHandler = async ({ judged: { input, verdict } }) => ({
  reaction: "+1",
  comment: splitAnswer(proposeSplit(input.snapshot.files, verdict.classification)),
});
