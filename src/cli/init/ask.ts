/** The few questions of `holdpoint init`. Each has a default that fits most; Ctrl-C ends without having written anything. */

import type { Readable, Writable } from "node:stream";
import { confirm, isCancel, select } from "@clack/prompts";
import { presets } from "../../core/policy/presets/index.ts";
import { InterruptedError } from "../interrupted-error.ts";
import type { Wishes } from "./starter-policy.ts";
import { presetFor } from "./suggested-preset.ts";
import type { Survey } from "./survey-repository.ts";

/** Where it is asked; left out: the terminal of this process. */
export interface Terminal {
  input?: Readable;
  output?: Writable;
}

const presetHints: Readonly<Record<string, string>> = {
  startup: "small team: safe changes pass by themselves, the rest waits for one colleague",
  regulated: "has to show who approved what: nothing passes by itself",
  "open-source": "maintainers release what comes from outside",
};

/** @throws {InterruptedError} at Ctrl-C */
export async function askWishes(survey: Survey, given: string | null, terminal: Terminal = {}): Promise<Wishes> {
  const suggested = presetFor(survey);
  const preset =
    given ??
    answered(
      await select({
        ...terminal,
        message: "Which policy should it build on?",
        initialValue: suggested ?? "",
        options: [
          { value: "", label: "none", hint: "everything written out, to be read and changed" },
          ...Object.keys(presets).map((name) => ({ value: name, label: name, hint: presetHints[name] ?? "" })),
        ],
      }),
    );
  const mode = answered(
    await select<Wishes["mode"]>({
      ...terminal,
      message: "Should it hold changes from the start?",
      initialValue: "enforce",
      options: [
        { value: "enforce", label: "yes", hint: "what the policy asks for is needed to merge" },
        { value: "observe", label: "not yet", hint: "the check only says what it would hold" },
      ],
    }),
  );
  return { preset: preset === "" ? null : preset, mode };
}

/** @returns `false` unless somebody says yes. @throws {InterruptedError} at Ctrl-C */
export async function askYes(message: string, terminal: Terminal = {}): Promise<boolean> {
  return answered(await confirm({ ...terminal, message, initialValue: false }));
}

function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer)) throw new InterruptedError();
  return answer as Exclude<Value, symbol>;
}
