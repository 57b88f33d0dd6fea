import { specOf } from "../../core/gate/commands/command-table.ts";
import { traceHolds } from "../../core/gate/hold.ts";
import { nothingHeld, refusal } from "../../core/report/command-answers.ts";
import type { GivenCommand, Judged, JudgedCommandHandler } from "./command.ts";

/** `/holdpoint hold [reason]`: the gate weighs the comment itself; here is said what came of it. */
export const hold: JudgedCommandHandler = async (given) =>
  eventOf(given)?.outcome === "held" ? { reaction: "+1" } : { reaction: "-1", comment: refusal(specOf("hold")) };

/** `/holdpoint unhold`. */
export const unhold: JudgedCommandHandler = async (given) => {
  const event = eventOf(given);
  if (event?.outcome === "lifted") return { reaction: "+1" };
  if (event?.outcome === "nothing") {
    return { reaction: "confused", comment: nothingHeld() };
  }
  return {
    reaction: "-1",
    comment: refusal(
      specOf("unhold"),
      event?.standing.map(({ person }) => person),
    ),
  };
};

/** The last of its kind in the comment. */
function eventOf({ comment, command, judged }: GivenCommand & { judged: Judged }) {
  const { snapshot, memory } = judged.input;
  return traceHolds({ snapshot, memory }).findLast(
    ({ said }) => said.id === comment.id && said.person.id === comment.user.id && said.verb === command.verb,
  );
}
