import type { CommandHandler } from "./command.ts";

/** `/holdpoint recheck`: its comment's event has the pull request looked at again already. */
export const recheck: CommandHandler = async () => ({ reaction: "+1" });
