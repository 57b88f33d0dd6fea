/**
 * What could stand where the cursor is. The scripts of `holdpoint completion` ask with `holdpoint __complete COUNT WORDS…`: so many words
 * after the program's name, of which the last is being typed (and is left out where nothing of it is there, since some shells lose empty
 * words). The answer is a line `value TAB description` each, and at last `:none`, `:files` or `:dirs` for what the shell knows better.
 */

import type { Argument, Command, Option } from "commander";
import type { CommandRow } from "../commands/command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { createProgram } from "../program.ts";
import { type Offer, type Values, valuesFor } from "./values.ts";

const none: Values = { offers: [], besides: "none" };

export async function complete(rows: readonly CommandRow[], argv: readonly string[], io: Io): Promise<number> {
  const [count = "1", ...typed] = argv;
  const words = Number(count) > typed.length ? [...typed, ""] : typed;
  const program = await createProgram(rows, { io, wanted: (name) => words.includes(name), finish: () => {} });
  const { offers, besides } = await valuesAt(program, words, io);
  for (const { value, note } of offers) io.write(`${value}\t${note.replace(/\s+/g, " ")}\n`);
  io.write(`:${besides}\n`);
  return exitCodes.open;
}

async function valuesAt(program: Command, words: readonly string[], io: Io): Promise<Values> {
  const current = words.at(-1) ?? "";
  const { command, open, positions, given, repo, onlyPositions } = walk(program, words.slice(0, -1));
  const ask = (of: Option | Argument) => valuesFor(of, { repo, io });
  if (open !== null) return startingWith(await ask(open), current);
  const assigned = onlyPositions ? null : /^(--[\w-]+=)(.*)$/s.exec(current);
  if (assigned?.[1] && assigned[2] !== undefined) {
    const option = optionNamed(command, assigned[1].slice(0, -1));
    if (option === undefined) return none;
    const { offers, besides } = startingWith(await ask(option), assigned[2]);
    return { besides, offers: offers.map((offer) => ({ ...offer, value: `${assigned[1]}${offer.value}` })) };
  }
  if (current.startsWith("-") && !onlyPositions) {
    return startingWith({ offers: optionsLeft(command, given), besides: "none" }, current);
  }
  if (command.name() === "help") return startingWith({ offers: commandsOf(program), besides: "none" }, current);
  const inner = positions === 0 ? commandsOf(command) : [];
  const argument = argumentAt(command, positions);
  const values = argument === undefined ? none : await ask(argument);
  return startingWith({ offers: [...inner, ...values.offers], besides: values.besides }, current);
}

interface Walked {
  command: Command;
  /** The option whose value comes next. */
  open: Option | null;
  /** How many arguments the command was given. */
  positions: number;
  given: ReadonlySet<Option>;
  /** What `--repo` says. */
  repo: string;
  /** After `--`, where a dash begins no option. */
  onlyPositions: boolean;
}

function walk(program: Command, words: readonly string[]): Walked {
  let command = program;
  let open: Option | null = null;
  let positions = 0;
  let repo = ".";
  let onlyPositions = false;
  const given = new Set<Option>();
  for (const word of words) {
    if (open !== null) {
      if (open.long === "--repo") repo = word;
      open = null;
    } else if (word === "--") onlyPositions = true;
    else if (word.startsWith("-") && !onlyPositions) {
      const [name = "", value] = word.split(/=(.*)/s);
      const option = optionNamed(command, name);
      if (option === undefined) continue;
      given.add(option);
      if (value !== undefined && option.long === "--repo") repo = value;
      if (value === undefined && option.required) open = option;
    } else {
      const inner = positions === 0 ? innerNamed(command, word) : undefined;
      if (inner === undefined) positions++;
      else command = inner;
    }
  }
  return { command, open, positions, given, repo, onlyPositions };
}

function visibleOptions(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function optionNamed(command: Command, name: string): Option | undefined {
  return visibleOptions(command).find(({ long, short }) => long === name || short === name);
}

function optionsLeft(command: Command, given: ReadonlySet<Option>): Offer[] {
  return visibleOptions(command)
    .filter((option) => option.variadic || ![...given].some(({ long }) => long === option.long))
    .map(({ long, description }) => ({ value: long ?? "", note: description }));
}

function innerNamed(command: Command, name: string): Command | undefined {
  return command
    .createHelp()
    .visibleCommands(command)
    .find((inner) => inner.name() === name);
}

function commandsOf(command: Command): Offer[] {
  const inner = command.createHelp().visibleCommands(command);
  return inner.map((each) => ({ value: each.name(), note: each.description() }));
}

function argumentAt(command: Command, position: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic ? last : undefined);
}

function startingWith({ offers, besides }: Values, start: string): Values {
  return { besides, offers: offers.filter(({ value }) => value.startsWith(start)) };
}
