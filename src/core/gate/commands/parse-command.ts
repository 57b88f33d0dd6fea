/** How a comment addresses Holdpoint: `/holdpoint <command> …` on a line of its own. */

import { type CommandSpec, type CommandVerb, commandTable } from "./command-table.ts";
import { type ListItem, listAt } from "./item-list.ts";
import { spokenBlocks } from "./spoken-lines.ts";

export interface Command {
  /** `null`: something else was written. */
  verb: CommandVerb | null;
  /** The verb as written, lower case, at most 40 characters. */
  written: string;
  /** What follows it on its line, white space collapsed, at most 1,000 characters. */
  rest: string;
  /** The list that begins on the line below. */
  list: ListItem[];
}

/** Holds when any line of the text is a command. */
export function addressesHoldpoint(body: string): boolean {
  return parseCommands(body).length > 0;
}

/** The commands of a comment in their order; text in code and quotes is not addressed to anybody. */
export function parseCommands(body: string): Command[] {
  if (!/\/holdpoint/i.test(body)) return []; // Nearly every comment; all of them are looked at in each judgement.
  const lines = spokenBlocks(body);
  return lines.flatMap(({ text }, index) => {
    const command = parseLine(text);
    if (command === null) return [];
    const [first, ...others] = lines.slice(index + 1);
    // Under a command a list need not be set apart by a blank line, and may be.
    return { ...command, list: first === undefined ? [] : listAt([first, ...others]) };
  });
}

function parseLine(line: string): Omit<Command, "list"> | null {
  if (!/^\/holdpoint(?=\s|$)/i.test(line)) return null;
  const [word = "", ...others] = line.slice("/holdpoint".length).trim().split(/\s+/);
  const written = word.toLowerCase() || "help";
  const rest = others.join(" ").slice(0, 1_000);
  const phrase = `${written} ${rest}`.trim().toLowerCase();
  const specs: readonly CommandSpec[] = commandTable;
  const whole = specs.find(({ aliases }) => aliases?.includes(phrase));
  const spec = whole ?? specs.find(({ verb, aliases }) => verb === written || aliases?.includes(written));
  return {
    verb: (spec?.verb as CommandVerb | undefined) ?? null,
    written: written.slice(0, 40),
    rest: whole === undefined ? rest : "",
  };
}
