/** The table of commands: the next one is one file and one line here. */

import type { Command } from "commander";
import type { Io } from "../io.ts";

export interface CommandRow {
  name: string;
  summary: string;
  /** @returns adds arguments, options and the action; the action answers with the exit code */
  load(): Promise<{ configure: Configure }>;
}

/** `finish` takes the exit code. */
export type Configure = (command: Command, io: Io, finish: (exitCode: number) => void) => void;

export const commandRows: readonly CommandRow[] = [
  { name: "check", summary: "Judge a range of commits of a local clone", load: () => import("./check.ts") },
  { name: "simulate", summary: "Judge a pull request that a JSON file describes", load: () => import("./simulate.ts") },
  { name: "validate", summary: "Say what is wrong with a policy", load: () => import("./validate.ts") },
];
