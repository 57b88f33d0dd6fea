import { expect, it } from "vitest";
import { settings } from "../../../../../src/core/findings/breaking/options/settings.ts";
import { classifyStory, findingsFrom, rulesFrom, type Story } from "../../../../support/changes.ts";

type Row = {
  name: string;
  path: string;
  before: string;
  after: string;
  rules: string[];
  around?: Record<string, string>;
};

const published = { "package.json": '{ "name": "acme", "version": "1.0.0", "bin": { "acme": "./cli.js" } }\n' };
const library = { "package.json": '{ "name": "acme", "version": "1.0.0", "main": "./index.js" }\n' };
const hidden = { "package.json": '{ "name": "acme", "private": true, "bin": { "acme": "./cli.js" } }\n' };

const commander = (...lines: string[]) =>
  `import { Command } from "commander";\nprogram\n${lines.map((line) => `  ${line}\n`).join("")}  .parse();\n`;
const yargs = (entry: string) => `import yargs from "yargs";\nyargs(argv)\n  ${entry}\n  .parse();\n`;
const inPython = (...lines: string[]) => `import argparse\nparser = argparse.ArgumentParser()\n${lines.join("\n")}\n`;
const inClick = (...lines: string[]) => `import click\n\n\n${lines.join("\n")}\ndef sync(**given):\n    pass\n`;
const inGo = (...lines: string[]) => `package main\n\nfunc init() {\n${lines.map((line) => `\t${line}\n`).join("")}}\n`;
const inRust = (...lines: string[]) =>
  `use clap::Parser;\n\n#[derive(Parser)]\nstruct Cli {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;

const scripts: Row[] = [
  {
    name: "commander: a flag is gone from a published command",
    path: "src/cli.ts",
    before: commander('.option("--legacy", "old format")', '.option("-o, --output <file>", "where to")'),
    after: commander('.option("-o, --output <file>", "where to")'),
    rules: ["flag_removed proven"],
  },
  {
    name: "commander: a flag is gone where it is not known who runs it",
    path: "src/cli.ts",
    before: commander('.option("--legacy", "old format")'),
    after: commander(),
    around: library,
    rules: ["flag_removed likely"],
  },
  {
    name: "commander: a flag is gone from a private package",
    path: "src/cli.ts",
    before: commander('.option("--legacy", "old format")'),
    after: commander(),
    around: hidden,
    rules: [],
  },
  {
    name: "commander: only the words of help changed",
    path: "src/cli.ts",
    before: commander('.option("--legacy", "old format")'),
    after: commander('.option("--legacy", "the old format")'),
    rules: [],
  },
  {
    name: "commander: a flag was renamed",
    path: "src/cli.ts",
    before: commander('.option("--out <file>", "where to")'),
    after: commander('.option("--output <file>", "where to")'),
    rules: ["flag_renamed proven"],
  },
  {
    name: "commander: a flag has to be given now",
    path: "src/cli.ts",
    before: commander('.option("--token <token>", "who you are")'),
    after: commander('.requiredOption("--token <token>", "who you are")'),
    rules: ["flag_made_required likely"],
  },
  {
    name: "commander: another default",
    path: "src/cli.ts",
    before: commander('.option("--port <port>", "where", "80")'),
    after: commander('.option("--port <port>", "where", "8080")'),
    rules: ["flag_default_changed hint"],
  },
  {
    name: "commander: a command and its argument are gone",
    path: "src/cli.ts",
    before: commander('.command("sync <file>")', '.command("build")'),
    after: commander('.command("build")'),
    rules: ["argument_removed hint", "command_removed proven"],
  },
  {
    name: "commander: an argument has to be given now",
    path: "src/cli.ts",
    before: commander('.command("sync [file]")'),
    after: commander('.command("sync <file>")'),
    rules: ["argument_made_required hint"],
  },
  {
    name: "yargs: an alias became the name, the old name is gone",
    path: "src/cli.js",
    before: yargs('.option("b", { alias: "branch", type: "string" })'),
    after: yargs('.option("b", { alias: "branches", type: "string" })'),
    rules: ["flag_renamed proven"],
  },
  {
    name: "yargs: fewer values are accepted",
    path: "src/cli.js",
    before: yargs('.option("format", { type: "string", choices: ["json", "text"] })'),
    after: yargs('.option("format", { type: "string", choices: ["json"] })'),
    rules: ["flag_choices_narrowed likely"],
  },
  {
    name: "yargs: a new flag has to be given",
    path: "src/cli.js",
    before: yargs('.options({ format: { type: "string" } })'),
    after: yargs('.options({ format: { type: "string" }, token: { type: "string", demandOption: true } })'),
    rules: ["required_flag_added likely"],
  },
  {
    name: "meow: a flag is gone",
    path: "cli.js",
    before: 'meow("help", { flags: { dryRun: { type: "boolean" }, file: { type: "string" } } });\n',
    after: 'meow("help", { flags: { file: { type: "string" } } });\n',
    rules: ["flag_removed proven"],
  },
  {
    name: "citty: an argument and a subcommand are gone",
    path: "src/main.ts",
    before:
      'defineCommand({\n  args: {\n    dir: { type: "positional" },\n  },\n  subCommands: {\n    dev: () => 1,\n  },\n});\n',
    after: "defineCommand({\n  args: {\n  },\n  subCommands: {\n  },\n});\n",
    rules: ["argument_removed hint", "command_removed proven"],
  },
  {
    name: "oclif: a flag is gone",
    path: "src/commands/sync.ts",
    before: "class Sync extends Command {\n  static flags = {\n    force: Flags.boolean({ char: 'f' }),\n  };\n}\n",
    after: "class Sync extends Command {\n  static flags = {\n  };\n}\n",
    rules: ["flag_removed proven"],
  },
  {
    name: "an option method that declares no flag",
    path: "src/chart.ts",
    before: 'chart.option("legend", true);\nx();\n',
    after: "x();\n",
    rules: [],
  },
];

const others: Row[] = [
  {
    name: "argparse: a flag is gone",
    path: "acme/cli.py",
    before: inPython('parser.add_argument("--legacy", action="store_true")', 'parser.add_argument("--output", "-o")'),
    after: inPython('parser.add_argument("--output", "-o")'),
    rules: ["flag_removed likely"],
  },
  {
    name: "argparse: a flag that was kept out of the help is gone",
    path: "acme/cli.py",
    before: inPython('parser.add_argument("--legacy", help=argparse.SUPPRESS)'),
    after: inPython(),
    rules: [],
  },
  {
    name: "argparse: another default, and fewer values",
    path: "acme/cli.py",
    before: inPython('parser.add_argument("--format", default="text", choices=["text", "json"])'),
    after: inPython('parser.add_argument("--format", default="json", choices=["json"])'),
    rules: ["flag_choices_narrowed likely", "flag_default_changed hint"],
  },
  {
    name: "argparse: a new argument has to be given",
    path: "acme/cli.py",
    before: inPython('parser.add_argument("source")'),
    after: inPython('parser.add_argument("source")', 'parser.add_argument("target")'),
    rules: ["required_argument_added hint"],
  },
  {
    name: "click: a flag has to be given now",
    path: "acme/cli.py",
    before: inClick("@click.command()", '@click.option("--token", "-t")'),
    after: inClick("@click.command()", '@click.option("--token", "-t", required=True)'),
    rules: ["flag_made_required likely"],
  },
  {
    name: "click: a command was renamed",
    path: "acme/cli.py",
    before: inClick('@cli.command("sync")'),
    after: inClick('@cli.command("pull")'),
    rules: ["command_renamed likely"],
  },
  {
    name: "typer: a flag is gone",
    path: "acme/cli.py",
    before: "import typer\n\n\n@app.command()\ndef sync(\n    force: bool = typer.Option(False),\n):\n    pass\n",
    after: "import typer\n\n\n@app.command()\ndef sync(\n):\n    pass\n",
    rules: ["flag_removed likely"],
  },
  {
    name: "flag: another default",
    path: "cmd/main.go",
    before: inGo('port = flag.Int("port", 80, "where")'),
    after: inGo('port = flag.Int("port", 8080, "where")'),
    rules: ["flag_default_changed hint"],
  },
  {
    name: "cobra: a flag is gone, named by a constant",
    path: "cmd/root.go",
    before: inGo(
      'const legacy = "legacy"',
      'cmd.Flags().BoolP(legacy, "l", false, "old")',
      'cmd.Flags().String("out", "", "where")',
    ),
    after: inGo('cmd.Flags().String("out", "", "where")'),
    rules: ["flag_removed likely"],
  },
  {
    name: "cobra: a flag has to be given now",
    path: "cmd/root.go",
    before: inGo('cmd.Flags().String("token", "", "who")'),
    after: inGo('cmd.Flags().String("token", "", "who")', 'cmd.MarkFlagRequired("token")'),
    rules: ["flag_made_required likely"],
  },
  {
    name: "cobra: a command is gone",
    path: "cmd/sync.go",
    before: 'package cmd\n\nvar syncCmd = &cobra.Command{\n\tUse: "sync [file]",\n}\n',
    after: "package cmd\n",
    rules: ["command_removed likely"],
  },
  {
    name: "clap: a flag is gone",
    path: "src/main.rs",
    before: inRust("#[arg(long, short)]", "legacy: bool,", "#[arg(long)]", "output: Option<String>,"),
    after: inRust("#[arg(long)]", "output: Option<String>,"),
    rules: ["flag_removed likely"],
  },
  {
    name: "clap: the old name stays as an alias",
    path: "src/main.rs",
    before: inRust("#[arg(long)]", "out: Option<String>,"),
    after: inRust('#[arg(long, alias = "out")]', "output: Option<String>,"),
    rules: [],
  },
  {
    name: "clap: an argument has to be given now",
    path: "src/main.rs",
    before: inRust("file: Option<String>,"),
    after: inRust("file: String,"),
    rules: ["argument_made_required hint"],
  },
  {
    name: "clap: another default",
    path: "src/main.rs",
    before: inRust('#[arg(long, default_value = "text")]', "format: String,"),
    after: inRust('#[arg(long, default_value = "json")]', "format: String,"),
    rules: ["flag_default_changed hint"],
  },
  {
    name: "clap: a builder became a derive",
    path: "src/main.rs",
    before: 'use clap::{Arg, App};\n\nfn cli() {\n    App::new("acme").arg(Arg::with_name("out").long("out"));\n}\n',
    after:
      'use clap::Parser;\n\n#[derive(Parser)]\n#[command(name = "acme")]\nstruct Cli {\n    #[arg(long)]\n    out: Option<String>,\n}\n',
    rules: ["command_removed likely"],
  },
];

const options: Row[] = [
  {
    name: "a table of options: one is gone",
    path: "src/config/options.ts",
    before:
      'const options = [\n  { name: "retries", type: "integer", default: 3 },\n  { name: "wait", type: "integer", default: 1 },\n];\n',
    after: 'const options = [\n  { name: "wait", type: "integer", default: 1 },\n];\n',
    rules: ["option_removed hint"],
  },
  {
    name: "a table of options: another type and default",
    path: "src/config/options.ts",
    before: 'const options = [\n  { name: "filter", type: "string", default: "a" },\n];\n',
    after: 'const options = [\n  { name: "filter", type: "array", default: "b" },\n];\n',
    rules: ["option_default_changed hint", "option_type_changed hint"],
  },
  {
    name: "a type of options: one is gone, one was renamed",
    path: "src/types.ts",
    before: "export interface ServerOptions {\n  a?: string;\n  keepAlive?: boolean;\n  port?: number;\n}\n",
    after: "export interface ServerOptions {\n  a?: string;\n  portNumber?: number;\n}\n",
    rules: ["option_removed hint", "option_renamed hint"],
  },
  {
    name: "a type of options: one has to be given now",
    path: "src/types.ts",
    before: "export interface ServerOptions {\n  host?: string;\n  name?: string;\n  port?: number;\n}\n",
    after: "export interface ServerOptions {\n  host?: string;\n  name?: string;\n  port: number;\n}\n",
    rules: ["option_made_required hint"],
  },
  {
    name: "a type of options filled in: what has to be there says nothing",
    path: "src/types.ts",
    before: "export interface ServerOptions {\n  host: string;\n}\n",
    after: "export interface ServerOptions {\n  host: string;\n  port: number;\n}\n",
    rules: [],
  },
  {
    name: "a type that nobody outside sees",
    path: "src/a.ts",
    before: "interface ServerOptions {\n  keepAlive?: boolean;\n}\n",
    after: "interface ServerOptions {\n}\n",
    rules: [],
  },
  {
    name: "a union of values got fewer",
    path: "src/types.ts",
    before: 'export interface LogOptions {\n  level?: "a" | "b";\n}\n',
    after: 'export interface LogOptions {\n  level?: "a";\n}\n',
    rules: ["option_type_changed hint"],
  },
  {
    name: "defaults: a nested value changed",
    path: "src/defaults.ts",
    before: "export const defaults = {\n  retry: { limit: 3 },\n};\n",
    after: "export const defaults = {\n  retry: { limit: 5 },\n};\n",
    rules: ["option_default_changed hint"],
  },
  {
    name: "defaults: a list only grew, an image got a patch",
    path: "src/defaults.ts",
    before: 'export const defaults = {\n  dirs: ["a"],\n  image: "acme/base:1.2.3",\n};\n',
    after: 'export const defaults = {\n  dirs: ["a", "b"],\n  image: "acme/base:1.2.4",\n};\n',
    rules: [],
  },
  {
    name: "defaults: quotes and spaces changed",
    path: "src/defaults.ts",
    before: "export const defaults = { a: 'x', b: [1,2] };\nx();\n",
    after: 'export const defaults = {\n  b: [1, 2],\n  a: "x",\n};\nx();\n',
    rules: [],
  },
  {
    name: "a constant default changed",
    path: "src/a.ts",
    before: "export const DEFAULT_PORT = 80;\n",
    after: "export const DEFAULT_PORT = 8080;\n",
    rules: ["option_default_changed hint"],
  },
  {
    name: "zod: an option is gone, another has to be given",
    path: "src/a.ts",
    before:
      "const config = z.object({\n  a: z.string(),\n  b: z.number().default(1),\n  c: z.string().optional(),\n});\n",
    after: "const config = z.object({\n  b: z.number().default(1),\n  c: z.string(),\n});\n",
    rules: ["option_made_required hint", "option_removed hint"],
  },
  {
    name: "presets: one is gone",
    path: "src/presets/internal.ts",
    before: "export const presets = {\n  a: { x: 1 },\n  b: { x: 2 },\n};\n",
    after: "export const presets = {\n  a: { x: 1 },\n};\n",
    rules: ["option_removed hint"],
  },
  {
    name: "a dataclass of settings: one is gone, a default changed",
    path: "acme/config.py",
    before: "@dataclass\nclass AppConfig:\n    debug: bool = False\n    port: int = 80\n",
    after: "@dataclass\nclass AppConfig:\n    port: int = 8080\n",
    rules: ["option_default_changed hint", "option_removed hint"],
  },
  {
    name: "a struct of configuration in Go: a key was renamed",
    path: "config/config.go",
    before: 'package config\n\ntype AppConfig struct {\n\tPort int `yaml:"port"`\n}\n',
    after: 'package config\n\ntype AppConfig struct {\n\tPort int `yaml:"listen"`\n}\n',
    rules: ["option_renamed hint"],
  },
  {
    name: "a default constant in Go",
    path: "config/config.go",
    before: "package config\n\nconst DefaultPort = 80\n",
    after: "package config\n\nconst DefaultPort = 8080\n",
    rules: ["option_default_changed hint"],
  },
  {
    name: "serde: a field is gone",
    path: "src/config.rs",
    before: "#[derive(Deserialize)]\npub struct AppConfig {\n    pub debug: bool,\n    pub port: u16,\n}\n",
    after: "#[derive(Deserialize)]\npub struct AppConfig {\n    pub port: u16,\n}\n",
    rules: ["option_removed hint"],
  },
  {
    name: "an action's input is gone, another default",
    path: "action.yml",
    before: "inputs:\n  token:\n    default: a\n  legacy:\n    required: false\n",
    after: "inputs:\n  token:\n    default: b\n",
    rules: ["option_default_changed hint", "option_removed hint"],
  },
  {
    name: "a chart's value is gone",
    path: "charts/acme/values.yaml",
    before: "image:\n  tag: a\nreplicas: 1\n",
    after: "image:\n  tag: a\n",
    rules: ["option_removed hint"],
  },
  {
    name: "a configuration of the project itself",
    path: ".github/settings.yml",
    before: "a: 1\nb: 2\n",
    after: "a: 1\n",
    rules: [],
  },
];

it.each([...scripts, ...others, ...options])("$name → $rules", async ({ path, before, after, around, rules }) => {
  const files: Story["files"] = { [path]: [before, after] };
  expect(await rulesFrom(settings, { files, around: around ?? published })).toEqual(rules);
});

it("says where the flag stood, who is reached, and its name as users write it", async () => {
  const files: Story["files"] = { "src/cli.ts": [commander('.option("-l, --legacy")', "// a"), commander("// a")] };
  expect(await findingsFrom(settings, { files, around: published })).toMatchObject([
    {
      rule: "flag_removed",
      what: "flag `--legacy` was removed",
      symbol: "--legacy",
      reach: "public",
      path: "src/cli.ts",
      line: 3,
      side: "base",
      before: '.option("-l, --legacy")',
    },
  ]);
});

it("shows a default before and after", async () => {
  const files: Story["files"] = {
    "src/a.ts": ["export const DEFAULT_PORT = 80;\n", "x();\nexport const DEFAULT_PORT = 81;\n"],
  };
  const [finding] = await findingsFrom(settings, { files, around: library });
  expect(finding).toMatchObject({ before: "80", after: "81", line: 2, counterLine: 1 });
  expect(finding?.what).toBe("the default of option `DEFAULT_PORT` changed from `80` to `81`");
});

it("takes a flag that another file declares now for moved", async () => {
  const line = '.option("--legacy", "old format")';
  const files: Story["files"] = {
    "src/cli.ts": [commander(line), commander()],
    "src/legacy.ts": [null, commander(line)],
  };
  expect(await rulesFrom(settings, { files, around: published })).toEqual([]);
});

it("names a file that it cannot read", async () => {
  const files: Story["files"] = {
    "src/cli.ts": [commander('.option("--legacy")'), `${commander('.option("--new")')}((\n`],
  };
  const { notAnalysed } = await classifyStory({ files, around: published });
  expect(notAnalysed.map(({ path }) => path)).toContain("src/cli.ts");
});
