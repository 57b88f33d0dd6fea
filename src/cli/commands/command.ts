/** What every command is: a row of the table in `main.ts`, and a file that says its options and what it does. */

import type { Command } from "commander";
import type { Io } from "../io.ts";

/** What people come for, in the order in which `--help` shows it. */
export const commandGroups = {
  judge: "Judge a change:",
  policy: "Write and try a policy:",
  run: "Run and look after the App:",
  shell: "In the shell:",
} as const;

export interface CommandRow {
  name: string;
  summary: string;
  group: keyof typeof commandGroups;
  /** The command's own file, loaded only when it is asked for. */
  load(): Promise<{ configure: Configure }>;
}

/** Adds arguments, options and the action to a command; the action hands its exit code to `finish`. */
export type Configure = (command: Command, io: Io, finish: (exitCode: number) => void) => void;
