import { commandHelp } from "../../core/report/command-help.ts";
import type { CommandHandler } from "./command.ts";

/** `/holdpoint help`. */
export const help: CommandHandler = async () => ({ reaction: "+1", comment: commandHelp() });
