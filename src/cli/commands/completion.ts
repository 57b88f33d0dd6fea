/** `holdpoint completion`: the script for a shell. */

import { Argument } from "commander";
import { completionScripts, type Shell, setUp, shells } from "../completion/scripts.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Configure } from "./command.ts";

const width = Math.max(...shells.map((shell) => shell.length));

const examples = `
Once for each shell:
${shells.map((shell) => `  ${shell.padEnd(width)}  ${setUp[shell]}`).join("\n")}

It completes commands, options, files, revisions, rules of findings, reason codes and presets.`;

export const configure: Configure = (command, io, finish) => {
  command
    .addArgument(new Argument("<shell>", "whose script is wanted").choices(shells))
    .addHelpText("after", examples)
    .action((shell: Shell) => {
      io.write(completionScripts[shell]);
      finish(exitCodes.open);
    });
};
