/** How a comment addresses Holdpoint: `/holdpoint <command> …` on a line of its own. */

import { type CommandVerb, commandTable } from "./command-table.ts";
import { spokenLines } from "./spoken-lines.ts";

export interface Command {
  /** `null`: something else was written. */
  verb: CommandVerb | null;
  /** The verb as written, lower case, at most 40 characters. */
  written: string;
  /** What follows it on its line, white space collapsed, at most 1,000 characters. */
  rest: string;
}

/** Holds when any line of the text is a command. */
export function addressesHoldpoint(body: string): boolean {
  return parseCommands(body).length > 0;
}

/** The commands of a comment in their order; text in code and quotes is not addressed to anybody. */
export function parseCommands(body: string): Command[] {
  return spokenLines(body).flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): Command | null {
  if (!/^\/holdpoint(?=\s|$)/i.test(line)) return null;
  const [word = "", ...others] = line.slice("/holdpoint".length).trim().split(/\s+/);
  const written = word.toLowerCase() || "help";
  return {
    verb: commandTable.find(({ verb }) => verb === written)?.verb ?? null,
    written: written.slice(0, 40),
    rest: others.join(" ").slice(0, 1_000),
  };
}
