/** What the workflow wrote below `with:`. The runner hands it over as `INPUT_…`, in capitals, spaces as underscores. */

import { oneLine } from "../src/core/report/words.ts";
import { ActionError } from "./action-error.ts";
import type { Mode } from "./mode.ts";

const prefix = "INPUT_";

/** @throws {ActionError} for a mode that there is not */
export function readModeName(env: NodeJS.ProcessEnv, modes: Readonly<Record<string, Mode>>): string {
  const name = inputOf(env, "mode");
  if (Object.hasOwn(modes, name)) return name;
  const found = name === "" ? "The input `mode` is missing." : `There is no mode ${quote(name)}.`;
  throw new ActionError(`${found} Write one of ${listed(Object.keys(modes))}.`);
}

/**
 * A misspelt input must not leave a gate looser than its workflow says, so what the mode does not take is refused.
 *
 * @throws {ActionError} for inputs that the mode does not take
 */
export function readInputs(
  env: NodeJS.ProcessEnv,
  name: string,
  mode: Mode,
  { shared, filledIn }: { shared: readonly string[]; filledIn: readonly string[] },
): Record<string, string> {
  const allowed = [...shared, ...Object.keys(mode.inputs)];
  const known = new Set([...allowed, ...filledIn].map(variableOf));
  const foreign = Object.keys(env)
    .filter((key) => key.startsWith(prefix) && !known.has(key) && env[key]?.trim() !== "")
    .map((key) => key.slice(prefix.length).toLowerCase());
  if (foreign.length > 0) {
    const found = foreign.map(quote).join(" and ");
    throw new ActionError(`The mode \`${name}\` has no input ${found}. Its inputs are ${listed(allowed)}.`);
  }
  return Object.fromEntries(
    Object.entries(mode.inputs).map(([input, byDefault]) => [input, inputOf(env, input) || byDefault]),
  );
}

/** An input as written, trimmed; empty where it was not given. */
export function inputOf(env: NodeJS.ProcessEnv, name: string): string {
  return (env[variableOf(name)] ?? "").trim();
}

/** @throws {ActionError} for anything but `true` and `false` */
export function readFlag(inputs: Readonly<Record<string, string>>, name: string): boolean {
  const text = (inputs[name] ?? "").toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw new ActionError(`The input \`${name}\` is ${quote(text)}. Write \`true\` or \`false\`.`);
}

/** @throws {ActionError} for anything but one of the choices */
export function readChoice<T extends string>(
  inputs: Readonly<Record<string, string>>,
  name: string,
  choices: readonly T[],
): T {
  const text = inputs[name] ?? "";
  const chosen = choices.find((choice) => choice === text.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw new ActionError(`The input \`${name}\` is ${quote(text)}. Write one of ${listed(choices)}.`);
}

function variableOf(name: string): string {
  return prefix + name.replaceAll(" ", "_").toUpperCase();
}

function quote(text: string): string {
  return `"${oneLine(text).slice(0, 80)}"`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
