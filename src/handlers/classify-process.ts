/** The process that classifies large changes; see `classify-apart.ts`. It ends with the one that started it. */

import { setPriority } from "node:os";
import { classify } from "../core/findings/classify.ts";
import type { Classification } from "../core/findings/finding.ts";
import { wantedContents } from "../core/findings/wanted-contents.ts";
import type { ClassifyInput } from "./ports.ts";

export interface ClassifyTask {
  id: number;
  /** The classification, or the texts that it needs. */
  asks: "classify" | "wanted";
  input: ClassifyInput;
}

export type ClassifyAnswer = Classification | string[];
export type ClassifyOutcome = { id: number; answer: ClassifyAnswer } | { id: number; error: string };

/** Answering deliveries comes first where processors are scarce; what is left must still do, or large changes would take too long. */
const niceness = 5;
setPriority(niceness);

const send = (outcome: ClassifyOutcome): void => {
  process.send?.(outcome);
};

process.on("message", ({ id, asks, input }: ClassifyTask) => {
  const { snapshot, options, contents } = input;
  const asked: Promise<ClassifyAnswer> =
    asks === "wanted" ? wantedContents(snapshot, options, contents) : classify(input);
  void asked.then(
    (answer) => send({ id, answer }),
    (error: unknown) => send({ id, error: placeOf(error) }),
  );
});
process.on("disconnect", () => process.exit());

/** What failed and where. Not the message: parsers quote the text that they fail at, and the answer is logged. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "no error was given";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return [error.name, ...frames.slice(0, 3).map((frame) => frame.trim())].join(" ");
}
