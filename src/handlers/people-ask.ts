/** What people ask in an event: commands in what they write, and buttons they press. */

import { parseCommands } from "../core/gate/commands/parse-command.ts";
import type { ButtonSubject, CommandSubject } from "../core/subject.ts";
import { idAt, type Payload, type RepositoryInPayload, textAt } from "./payload.ts";

/** Whether somebody new to answer speaks in it. What it says is read anew, but for a plain wish to look again. */
export function commandIn(
  payload: Payload,
  key: "comment" | "review",
): Pick<CommandSubject, "commentId" | "isRecheck"> | null {
  const commentId = idAt(payload, key, "id");
  const commands = parseCommands(textAt(payload, key, "body") ?? "");
  // A bot is not answered, or two of them could talk for ever.
  if (commentId === null || commands.length === 0 || textAt(payload, key, "user", "type") === "Bot") return null;
  return commands.every(({ verb }) => verb === "recheck") ? { commentId, isRecheck: true } : { commentId };
}

const buttons: readonly string[] = ["explain", "hold", "unhold", "bypass"] satisfies ButtonSubject["button"][];

/** `null` for the button that only asks for another look. */
export function buttonIn(payload: Payload, repository: RepositoryInPayload, number: number): ButtonSubject | null {
  const button = textAt(payload, "requested_action", "identifier");
  const id = idAt(payload, "sender", "id");
  const login = /^[A-Za-z0-9_-]{1,60}$/.exec(textAt(payload, "sender", "login") ?? "")?.[0];
  if (button === null || !buttons.includes(button) || id === null || login === undefined) return null;
  return { kind: "button", ...repository, number, button: button as ButtonSubject["button"], presser: { id, login } };
}
