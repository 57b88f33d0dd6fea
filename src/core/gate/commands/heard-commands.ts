/** Commands that stand whatever becomes of their comment: read from the conversation and from what was seen of it before. */

import type { Memory, Person, RememberedCommand, Review, Snapshot } from "../../snapshot.ts";
import type { CommandVerb } from "./command-table.ts";
import { conditionsInReview } from "./conditions-in-review.ts";
import type { ListItem } from "./item-list.ts";
import { type Command, parseCommands } from "./parse-command.ts";

export interface HeardCommand {
  person: Person;
  at: Date;
  /** Of the comment or review. */
  id: number;
  method: "comment" | "review";
  verb: CommandVerb;
  rest: string;
  list: ListItem[];
  headAtSubmission: string | null;
  /** The commit GitHub shows for a review now; no proof, see freshness. */
  commitSha: string | null;
  /** It was edited since and not seen before: what stands there may never have been said. */
  isEdited: boolean;
  /** The text as it stands now, where nobody but its author has a hand in it. */
  ownText: string | null;
}

/** Verbs that are remembered when they are met. */
export const rememberedVerbs: readonly CommandVerb[] = ["hold", "unhold", "conditions", "decide", "bypass"];

type Conversation = Pick<Snapshot, "comments" | "reviews">;

/** @returns these commands of people, oldest first; those of one comment in the order of its lines */
export function heardCommands(
  snapshot: Conversation,
  memory: Pick<Memory, "commands">,
  verbs: readonly CommandVerb[],
): HeardCommand[] {
  const remembered = Map.groupBy(memory.commands, (command) => keyOf(command.commentId, command));
  const heard: HeardCommand[] = [];
  for (const text of textsOf(snapshot)) {
    const key = keyOf(text.id, text);
    const before = text.isEdited ? remembered.get(key) : undefined;
    // An edited text counts as it was when it was met.
    if (before) heard.push(...before.flatMap((command) => recall(command, text)));
    else if (!text.isDismissed || remembered.has(key)) heard.push(...text.commands.flatMap((one) => hear(one, text)));
    remembered.delete(key);
  }
  for (const deleted of remembered.values()) heard.push(...deleted.flatMap((command) => recall(command, null)));
  return heard
    .filter(({ person, verb }) => person.kind === "user" && verbs.includes(verb))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.method, b.method) || a.id - b.id);
}

/** Commands in the conversation that are still to be remembered, each with the head it was given on as far as that is known. */
export function newCommands(
  snapshot: Conversation,
  memory: Pick<Memory, "commands">,
  headOf: (heard: HeardCommand) => string | null,
): RememberedCommand[] {
  const known = new Set(memory.commands.map((command) => `${keyOf(command.commentId, command)}/${command.text}`));
  return heardCommands(snapshot, { commands: [] }, rememberedVerbs)
    .filter(({ isEdited }) => !isEdited)
    .map((heard) => ({
      commentId: heard.id,
      person: heard.person,
      at: heard.at,
      text: textOf(heard),
      headSha: headOf(heard) ?? "unknown",
    }))
    .filter((command) => !known.has(`${keyOf(command.commentId, command)}/${command.text}`));
}

function textOf({ verb, rest, list }: HeardCommand): string {
  const items = list.map(({ text, box }) => `- ${box === null ? "" : box === "ticked" ? "[x] " : "[ ] "}${text}`);
  return [`${verb} ${rest}`.trim(), ...items].join("\n");
}

interface Text extends Pick<HeardCommand, "person" | "at" | "id" | "method" | "headAtSubmission" | "commitSha"> {
  commands: Command[];
  isEdited: boolean;
  isDismissed: boolean;
  ownText: string | null;
}

function textsOf({ comments, reviews }: Conversation): Text[] {
  return [
    ...comments.map((comment): Text => {
      const isOwn = !comment.isEdited || comment.editedBy?.id === comment.user.id;
      return {
        person: comment.user,
        at: comment.createdAt,
        id: comment.id,
        method: "comment",
        headAtSubmission: null,
        commitSha: null,
        commands: parseCommands(comment.body),
        isEdited: comment.isEdited,
        isDismissed: false,
        ownText: isOwn ? comment.body : null,
      };
    }),
    ...reviews.map(
      (review): Text => ({
        person: review.user,
        at: review.submittedAt,
        id: review.id,
        method: "review",
        headAtSubmission: review.headAtSubmission,
        commitSha: review.commitSha,
        commands: commandsOfReview(review),
        isEdited: review.isEdited,
        isDismissed: review.state === "dismissed",
        ownText: review.isEdited ? null : review.body,
      }),
    ),
  ];
}

function commandsOfReview({ body, state }: Review): Command[] {
  const commands = parseCommands(body);
  if (state !== "approved" || commands.some(({ verb }) => verb === "conditions")) return commands;
  const list = conditionsInReview(body);
  return list.length > 0 ? [...commands, { verb: "conditions", written: "conditions", rest: "", list }] : commands;
}

function hear({ verb, rest, list }: Command, text: Text): HeardCommand[] {
  const { commands: _, isDismissed: __, ...where } = text;
  return verb === null ? [] : [{ ...where, verb, rest, list }];
}

function recall(remembered: RememberedCommand, text: Text | null): HeardCommand[] {
  return parseCommands(`/holdpoint ${remembered.text}`).flatMap(({ verb, rest, list }) =>
    verb === null
      ? []
      : [
          {
            person: remembered.person,
            at: remembered.at,
            id: remembered.commentId,
            method: text?.method ?? "comment",
            verb,
            rest,
            list,
            headAtSubmission: text?.headAtSubmission ?? remembered.headSha,
            commitSha: null,
            isEdited: false,
            ownText: text?.ownText ?? null,
          },
        ],
  );
}

/** A comment and a review may bear the same number. */
function keyOf(id: number, { person, at }: Pick<HeardCommand, "person" | "at">): string {
  return `${id}/${person.id}/${at.getTime()}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
