/** Commands that the session itself obeys. Whether somebody may give them was seen to before they were remembered. */

import type { RememberedCommand } from "../snapshot.ts";
import { roundsEnded } from "./rounds.ts";
import type { Session } from "./session.ts";
import { parseWhen } from "./when.ts";

/** In the order in which they were given, each once. */
export function obeyCommands(session: Session, commands: readonly RememberedCommand[]): Session {
  const fresh = commands.filter(({ commentId }) => commentId > session.lastCommand);
  const inOrder = fresh.sort((a, b) => a.commentId - b.commentId || a.at.getTime() - b.at.getTime());
  return inOrder.reduce<Session>((before, command) => {
    const after = obey(before, command);
    return after === before ? before : { ...after, lastCommand: command.commentId };
  }, session);
}

function obey(session: Session, { text, person, at }: RememberedCommand): Session {
  const [verb, rest] = wordsOf(text);
  if (verb === "continue") return { ...session, offeredAfter: roundsEnded(session), putAside: null };
  if (verb !== "schedule") return session;
  const when = parseWhen(rest, at);
  if (when.kind !== "at") return session;
  return { ...session, putAside: { until: when.at, by: { id: person.id, login: person.login } } };
}

function wordsOf(text: string): [verb: string, rest: string] {
  const [verb = "", ...rest] = text.trim().split(/\s+/);
  return [verb.toLowerCase(), rest.join(" ")];
}
