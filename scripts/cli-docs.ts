/** `docs/cli.md` and the README's part on the command line, from the table of commands and their help. */

import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { commandGroups } from "../src/cli/commands/command.ts";
import type { Io } from "../src/cli/io.ts";
import { commands } from "../src/cli/main.ts";
import { createProgram, description, environment, exitCodeWords } from "../src/cli/program.ts";

const readmeFile = new URL("../README.md", import.meta.url);
const readmePart = /(<!-- The command line: written by `npm run docs` -->\n)[\s\S]*?(<!-- End of the command line -->)/;

let help = "";
const io: Io = {
  env: {},
  write: (text) => {
    help += text;
  },
  warn: () => {},
  readStdin: async () => "",
  hasColour: false,
  width: 100,
  canAsk: false,
  progressTo: null,
};
const program = await createProgram(commands, { io, wanted: () => true, finish: () => {} });

/** Generated files by their path in the project. */
export function cliDocs(): Record<string, string> {
  const readme = readFileSync(readmeFile, "utf8");
  if (!readmePart.test(readme)) throw new Error("README.md has lost the marks around its part on the command line.");
  return {
    "README.md": readme.replace(
      readmePart,
      (_, before: string, after: string) => `${before}\n${readmeSection()}\n${after}`,
    ),
    "docs/cli.md": manual(),
  };
}

/** Every command with its arguments and options, and what it does. */
export function commandTable(): string {
  const rows = commands.flatMap(({ name }) => {
    const command = inner(program, name);
    return command === undefined
      ? []
      : leaves(command).map((leaf) => `| \`${usage(leaf)}\` | ${cell(leaf.description())} |`);
  });
  return `| command | what it does |\n|---|---|\n${rows.join("\n")}`;
}

function readmeSection(): string {
  return `${commandTable()}

\`holdpoint <command> --help\` says more, with examples; [docs/cli.md](docs/cli.md) is the manual. Commands that answer take \`--json\`
([what a verdict says](docs/verdict-json.md)).

**Exit codes**: ${exitCodeWords}.

| variable | what it does |
|---|---|
${environment
  .map(
    ({ name, means }) =>
      `| ${name
        .split(", ")
        .map((one) => `\`${one}\``)
        .join(", ")} | ${cell(means)} |`,
  )
  .join("\n")}
`;
}

function manual(): string {
  const groups = Object.entries(commandGroups).map(([group, title]) => {
    const rows = commands.filter((row) => row.group === group);
    return `## ${title.replace(/:$/, "")}\n\n${rows.map(({ name }) => page(inner(program, name))).join("\n")}`;
  });
  return `# The command line

${description} \`holdpoint --help\` lists the commands, and each explains itself with \`--help\`; this page is that help.

**Exit codes**: ${exitCodeWords}. Ctrl-C ends a command as shells expect (130).

**Environment**

${environment
  .map(
    ({ name, means }) =>
      `- ${name
        .split(", ")
        .map((one) => `\`${one}\``)
        .join(", ")}: ${means}`,
  )
  .join("\n")}

${groups.join("\n")}`;
}

function page(command: Command | undefined): string {
  if (command === undefined) return "";
  return [command, ...(command.commands.length > 0 ? command.commands : [])]
    .map(
      (each, index) => `${index === 0 ? "###" : "####"} \`${pathOf(each)}\`\n\n\`\`\`text\n${helpOf(each)}\n\`\`\`\n`,
    )
    .join("\n");
}

function helpOf(command: Command): string {
  help = "";
  command.outputHelp();
  return help.trim();
}

function inner(command: Command, name: string): Command | undefined {
  return command.commands.find((each) => each.name() === name);
}

function leaves(command: Command): Command[] {
  const below = command.commands.flatMap(leaves);
  // `demo` does something by itself and has commands below it, too; `audit` only has those.
  const isDoing = command.options.length > 0 || below.length === 0;
  return [...(isDoing ? [command] : []), ...below];
}

/** More would hide what the command is about; its help has them. */
const optionsMax = 4;

/** `check --base <rev> [--repo <dir>]`, without what every command takes. */
function usage(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const shown = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${shown}>` : `[${shown}]`;
  });
  const shown = command.options.filter(({ long, hidden }) => !hidden && long !== "--json");
  const wanted = shown.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  const others = shown.filter(({ mandatory }) => !mandatory).map(({ flags }) => `[${flags}]`);
  const options = [...wanted, ...(others.length <= optionsMax ? others : ["[options]"])];
  return [pathOf(command).replace(/^holdpoint /, ""), ...args, ...options].join(" ");
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
