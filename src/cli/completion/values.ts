/** Values of options and arguments, by the word that stands for them in the help: `<file>`, `<rev>` … */

import { Argument, type Option } from "commander";
import { gitIn } from "../git/run-git.ts";
import type { Io } from "../io.ts";

export interface Offer {
  value: string;
  note: string;
}

export interface Values {
  offers: readonly Offer[];
  /** What the shell itself completes besides. */
  besides: "none" | "files" | "dirs";
}

interface Surroundings {
  /** The clone that the command is about. */
  repo: string;
  io: Io;
}

/** The next kind of value is one line here, and its word in the help of an option. */
const kinds: Readonly<Record<string, (surroundings: Surroundings) => Promise<Values>>> = {
  file: async () => ({ offers: [], besides: "files" }),
  dir: async () => ({ offers: [], besides: "dirs" }),
  rev: async (surroundings) => offered(await revisions(surroundings)),
  preset: async () => offered(await presetNames()),
  what: async () => offered([...(await ruleIds()), ...(await reasonCodes())]),
};

export async function valuesFor(of: Option | Argument, surroundings: Surroundings): Promise<Values> {
  const choices = of.argChoices ?? [];
  if (choices.length > 0) return offered(choices.map((value) => ({ value, note: "" })));
  const word = of instanceof Argument ? of.name() : /[<[]([\w-]+)/.exec(of.flags)?.[1];
  const kind = word !== undefined && Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  return kind === undefined ? offered([]) : kind(surroundings);
}

function offered(offers: readonly Offer[]): Values {
  return { offers, besides: "none" };
}

/** A monorepo has many thousands of branches; nobody reads so many, and shells stop to ask. */
const revisionsMax = 500;

async function revisions({ repo, io }: Surroundings): Promise<Offer[]> {
  const format = "--format=%(refname:lstrip=2)";
  const names = await gitIn(repo, io.env)
    .text(["for-each-ref", `--count=${revisionsMax}`, format, "refs/heads", "refs/remotes", "refs/tags"])
    .catch(() => ""); // No repository, no names: what is typed is still good.
  return ["HEAD", ...names.split("\n").filter((name) => name !== "")].map((value) => ({ value, note: "" }));
}

async function presetNames(): Promise<Offer[]> {
  const { presets } = await import("../../core/policy/presets/index.ts");
  return Object.keys(presets).map((value) => ({ value, note: "" }));
}

async function ruleIds(): Promise<Offer[]> {
  const { rulesByClass, rulePage } = await import("../../core/report/rule-pages/rule-page.ts");
  const ids = rulesByClass().flatMap((group) => group.ids);
  return ids.map((value) => ({ value, note: rulePage(value)?.title ?? "" }));
}

async function reasonCodes(): Promise<Offer[]> {
  const { toldCodes } = await import("../../core/report/code-pages/index.ts");
  return toldCodes.map(({ code, title }) => ({ value: code, note: title }));
}
