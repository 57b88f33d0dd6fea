import { commandHelp } from "../../core/report/command-help.ts";
import { isAtLeast } from "../../core/snapshot.ts";
import type { Ports } from "../ports.ts";
import type { CommandHandler, GivenCommand } from "./command.ts";

/** `/holdpoint help`. Strangers get a reaction but no comment, or they could fill a conversation with ours. */
export const help: CommandHandler = async (given, ports) => {
  if (!(await mayAsk(given, ports))) return { reaction: "+1" };
  return { reaction: "+1", comment: commandHelp() };
};

async function mayAsk({ subject, comment: { user }, reading }: GivenCommand, { github }: Ports): Promise<boolean> {
  if (user.id === reading.snapshot.author.id) return true;
  const wanted = { teams: [], organizations: [], permissionsOf: [user], codeownersOf: null };
  const permission = (await github.readDirectory(subject, wanted)).permissions[user.id];
  return permission?.kind === "read" && isAtLeast(permission.value, "triage");
}
