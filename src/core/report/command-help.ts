/** What `/holdpoint help` answers, made from the table of commands. */

import {
  type CommandSpec,
  type CommandVerb,
  commandTable,
  isUnderstood,
  specOf,
} from "../gate/commands/command-table.ts";

export function commandHelp(): string {
  return `Holdpoint's check on this pull request says what it waits for and who can release it. In a comment, on a line of its own:

${commandTable
  .filter(({ verb }) => isUnderstood(verb, "pull_request"))
  .map(helpLine)
  .join("\n")}

Edited comments do not count.`;
}

/** @param verbs that this issue understands */
export function issueHelp(verbs: readonly CommandVerb[]): string {
  return `Holdpoint keeps this issue until what it asks for is done. In a comment, on a line of its own:

${verbs.map((verb) => helpLine(specOf(verb))).join("\n")}

Edited comments do not count.`;
}

function helpLine({ verb, usage, does }: CommandSpec): string {
  return `- \`/holdpoint ${verb}${usage ? ` ${usage}` : ""}\` ${does}`;
}

/** By which the answer to a comment, or to a review, is found again. */
export function replyMarker(commentId: number, source?: "review"): string {
  return `<!-- holdpoint reply ${source === "review" ? "to review " : ""}${commentId} -->`;
}
