/** How a comment addresses Holdpoint: `/holdpoint <command> …` on a line of its own. */

import { spokenLines } from "../core/gate/spoken-lines.ts";

/** What Holdpoint answers to. `attest` is evidence: the gate reads it from the comment itself. */
export const commandNames = ["help", "recheck", "attest"] as const;
export type CommandName = (typeof commandNames)[number];

export interface Command {
  /** `null`: something else was written. */
  name: CommandName | null;
  /** As written, at most 40 characters. */
  written: string;
  rest: string;
}

/** Holds when any line of the text is a command. */
export function addressesHoldpoint(body: string): boolean {
  return parseCommand(body) !== null;
}

/** The first command of a comment; text in code fences and quotes is not addressed to anybody. */
export function parseCommand(body: string): Command | null {
  for (const line of spokenLines(body)) {
    if (!/^\/holdpoint(?=\s|$)/i.test(line)) continue;
    const text = line.slice("/holdpoint".length).trim();
    const [word = "", ...others] = text.split(/\s+/);
    const written = word.toLowerCase() || "help";
    return {
      name: commandNames.find((known) => known === written) ?? null,
      written: written.slice(0, 40),
      rest: others.join(" ").slice(0, 1_000),
    };
  }
  return null;
}
