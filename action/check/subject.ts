/** Which pull request is judged: from the input, else from the event. */

import { z } from "zod";
import { oneLine } from "../../src/core/report/words.ts";
import { ActionError } from "../action-error.ts";
import type { RunnerEvent } from "../event.ts";

const number = z.number().int().positive();
const numbered = z.object({ number });
/** A comment on an issue comes with the same event as one on a pull request. */
const commented = z.object({
  number,
  pull_request: z.unknown().refine((value) => typeof value === "object" && value !== null),
});
const runs = z.object({ pull_requests: z.array(numbered).length(1) });

/** @throws {ActionError} where none is named */
export function pullRequestOf(input: string, { name, payload }: RunnerEvent): number {
  if (input !== "") {
    if (/^[1-9]\d{0,9}$/.test(input)) return Number(input);
    throw new ActionError(
      `The input \`pull-request\` is "${oneLine(input).slice(0, 80)}", which is no number of a pull request.`,
    );
  }
  const named =
    numbered.safeParse(payload.pull_request).data ??
    commented.safeParse(payload.issue).data ??
    runs.safeParse(payload.workflow_run).data?.pull_requests[0];
  if (named !== undefined) return named.number;
  throw new ActionError(
    `The event \`${oneLine(name).slice(0, 80)}\` names no pull request. Start the workflow \`on: pull_request\`, or write e.g. \`pull-request: 42\`.`,
  );
}
