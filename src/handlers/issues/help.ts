import type { CommandVerb } from "../../core/gate/commands/command-table.ts";
import { issueHelp } from "../../core/report/command-help.ts";
import type { IssueCommand } from "./issue-look.ts";

/** `/holdpoint help` on an issue. */
export function issueHelpOf(verbs: readonly CommandVerb[]): IssueCommand {
  return async () => ({ reaction: "+1", comment: issueHelp(verbs) });
}
