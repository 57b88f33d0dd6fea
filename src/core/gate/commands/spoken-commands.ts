/** Commands that the gate itself weighs: read from the conversation, whoever gave them and whenever. */

import type { Person, Snapshot } from "../../snapshot.ts";
import type { CommandVerb } from "./command-table.ts";
import { parseCommands } from "./parse-command.ts";

export interface SpokenCommand {
  person: Person;
  at: Date;
  method: "comment" | "review";
  /** Of the comment or review. */
  id: number;
  rest: string;
  isEdited: boolean;
  headAtSubmission: string | null;
  /** The commit GitHub shows for a review now; no proof, see freshness. */
  commitSha: string | null;
  /** The whole text it stands in. */
  body: string;
}

/** @returns every time somebody gave this command in a comment or a review that is not dismissed, oldest first, edited ones included */
export function spokenCommands(snapshot: Pick<Snapshot, "comments" | "reviews">, verb: CommandVerb): SpokenCommand[] {
  const said = [
    ...snapshot.comments.map(({ user, createdAt, ...comment }) => ({
      ...comment,
      person: user,
      at: createdAt,
      method: "comment" as const,
      headAtSubmission: null,
      commitSha: null,
    })),
    ...snapshot.reviews
      .filter(({ state }) => state !== "dismissed")
      .map(({ user, submittedAt, ...review }) => ({
        ...review,
        person: user,
        at: submittedAt,
        method: "review" as const,
      })),
  ];
  return said
    .flatMap(({ person, at, method, id, isEdited, headAtSubmission, commitSha, body }) =>
      parseCommands(body)
        .filter((command) => command.verb === verb)
        .map(({ rest }) => ({ person, at, method, id, rest, isEdited, headAtSubmission, commitSha, body })),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id);
}
