/** What the rules about flags, arguments, commands and options say to people. */

import type { Rule } from "../../detector.ts";

const flagsRead =
  "Declarations in yargs, commander, cac, citty, meow, oclif and `parseArgs`; argparse, optparse, click and typer; flag, pflag, cobra and urfave/cli; clap and structopt. Flags kept out of the help are left alone.";
const optionsRead =
  "Tables of options, types and schemas called options, config or settings, objects and constants called defaults, and files of defaults and presets that are shipped.";

export const settingRules: Readonly<Record<string, Rule>> = {
  flag_removed: {
    title: "a command line flag was removed",
    why: "Scripts that pass it fail.",
    fix: "Keep accepting it, hidden and with a warning, until the next major version.",
    looksAt: flagsRead,
    example: { language: "ts", diff: '-  .option("--legacy", "keep the old format")\n   .option("--output <file>")' },
  },
  flag_renamed: {
    title: "a command line flag was renamed",
    why: "Scripts that pass the old name fail.",
    fix: "Keep the old name as an alias.",
    looksAt: flagsRead,
  },
  flag_made_required: {
    title: "a command line flag has to be given now",
    why: "Scripts that do without it fail.",
    fix: "Give it a default.",
    looksAt: flagsRead,
    example: {
      language: "python",
      diff: '-parser.add_argument("--token")\n+parser.add_argument("--token", required=True)',
    },
  },
  required_flag_added: {
    title: "a new command line flag has to be given",
    why: "Scripts written before do not pass it, and fail.",
    fix: "Give it a default.",
    looksAt: flagsRead,
  },
  flag_type_changed: {
    title: "a command line flag takes another type",
    why: "Values that were accepted may be refused or read otherwise.",
    looksAt: flagsRead,
  },
  flag_default_changed: {
    title: "the default of a command line flag changed",
    why: "Whoever does not pass it gets something else.",
    looksAt: flagsRead,
    example: { language: "go", diff: '-flag.Int("port", 80, "port")\n+flag.Int("port", 8080, "port")' },
  },
  flag_choices_narrowed: {
    title: "a command line flag accepts fewer values",
    why: "Scripts that pass one of those that are gone fail.",
    looksAt: flagsRead,
  },
  argument_removed: {
    title: "an argument of a command was removed",
    why: "Scripts that pass it fail, or pass it as something else.",
    looksAt: flagsRead,
  },
  argument_made_required: {
    title: "an argument of a command has to be given now",
    why: "Scripts that do without it fail.",
    looksAt: flagsRead,
  },
  required_argument_added: {
    title: "a new argument of a command has to be given",
    why: "Scripts written before do not pass it, and fail.",
    fix: "Make it optional, or a flag with a default.",
    looksAt: flagsRead,
  },
  command_removed: {
    title: "a command was removed",
    why: "Scripts that run it fail.",
    fix: "Keep it, hidden and with a warning, until the next major version.",
    looksAt: flagsRead,
    example: { language: "python", diff: '-@cli.command("sync")\n-def sync():\n-    run()' },
  },
  command_renamed: {
    title: "a command was renamed",
    why: "Scripts that run it by the old name fail.",
    fix: "Keep the old name as an alias.",
    looksAt: flagsRead,
  },
  option_removed: {
    title: "an option of the configuration was removed",
    why: "Configurations that set it are refused, or it is ignored without a word.",
    fix: "Keep reading it, with a warning that names what takes its place.",
    looksAt: optionsRead,
    example: {
      language: "ts",
      diff: " export interface ServerOptions {\n-  keepAlive?: boolean;\n   port?: number;\n }",
    },
  },
  option_renamed: {
    title: "an option of the configuration was renamed",
    why: "Configurations that set the old name are refused, or it is ignored without a word.",
    fix: "Keep reading the old name too.",
    looksAt: optionsRead,
  },
  option_made_required: {
    title: "an option of the configuration has to be given now",
    why: "Configurations that do without it are refused.",
    looksAt: optionsRead,
  },
  required_option_added: {
    title: "a new option of the configuration has to be given",
    why: "Configurations written before do not have it, and are refused.",
    fix: "Give it a default.",
    looksAt: optionsRead,
  },
  option_type_changed: {
    title: "an option of the configuration takes another type",
    why: "Values that were accepted may be refused or read otherwise.",
    looksAt: optionsRead,
  },
  option_default_changed: {
    title: "the default of an option changed",
    why: "Whoever does not set it gets something else.",
    fix: "Say so in the release notes; users can set the old value.",
    looksAt: optionsRead,
    example: { language: "ts", diff: " const defaults = {\n-  retries: 3,\n+  retries: 5,\n };" },
  },
  option_choices_narrowed: {
    title: "an option of the configuration accepts fewer values",
    why: "Configurations that set one of those that are gone are refused.",
    looksAt: optionsRead,
  },
};
