/** What a mode of the Action gets and gives back. */

import type { RunnerEvent } from "./event.ts";

export interface ActionRun {
  env: NodeJS.ProcessEnv;
  /** Every input of the mode by its name, trimmed; what was not given is its default. Strangers may have written them. */
  inputs: Readonly<Record<string, string>>;
  /** @throws {ActionError} where the runner brought no event that can be read */
  readEvent(): Promise<RunnerEvent>;
}

/** `failed` turns the step red. Either way one sentence says what became of it. */
export interface Outcome {
  kind: "passed" | "failed";
  said: string;
}

export type RunMode = (run: ActionRun) => Promise<Outcome>;

export interface Mode {
  /** Names of its inputs, with what each is where the workflow does not give it. */
  inputs: Readonly<Record<string, string>>;
  /** Only the code of the mode that was asked for is read. */
  load(): Promise<RunMode>;
}
