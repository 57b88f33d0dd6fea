/** Runs the mode that the workflow asks for, and says how it ended. */

import { setFailed } from "@actions/core";
import { ActionError } from "./action-error.ts";
import { readEvent } from "./event.ts";
import { readInputs, readModeName } from "./inputs.ts";
import type { Outcome } from "./mode.ts";
import { modes, runnerInputs, sharedInputs } from "./modes.ts";

/** Whatever goes wrong fails the step: what was not found out must not let a deployment pass. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const outcome = await run(env);
    if (outcome.kind === "failed") setFailed(outcome.said);
    else process.stdout.write(`${outcome.said}\n`);
  } catch (error) {
    if (error instanceof ActionError) setFailed(error.message);
    else setFailed(`Holdpoint failed, and what failed lets nothing pass: ${String(error)}`);
  }
}

async function run(env: NodeJS.ProcessEnv): Promise<Outcome> {
  const name = readModeName(env, modes);
  const mode = modes[name];
  if (mode === undefined) throw new Error(`The mode ${name} is not in the table`);
  const inputs = readInputs(env, name, mode, { shared: sharedInputs, filledIn: runnerInputs });
  const runMode = await mode.load();
  return runMode({ env, inputs, readEvent: () => readEvent(env) });
}
