/** What is done about each command. */

import type { CommandVerb } from "../../core/gate/commands/command-table.ts";
import type { CommandHandler } from "./command.ts";
import { help } from "./help.ts";
import { recheck } from "./recheck.ts";

/** The gate weighs the comment itself. */
const weighed: CommandHandler = async () => ({ reaction: "eyes" });

export const commandHandlers: Readonly<Record<CommandVerb, CommandHandler>> = {
  help,
  recheck,
  attest: weighed,
  evidence: weighed,
};
