/** The thread that classifies large changes; see `classify-in-thread.ts`. */

import { parentPort } from "node:worker_threads";
import { classify } from "../core/findings/classify.ts";
import type { Classification } from "../core/findings/finding.ts";
import type { ClassifyInput } from "./ports.ts";

export interface ClassifyTask {
  id: number;
  input: ClassifyInput;
}

export type ClassifyOutcome = { id: number; classification: Classification } | { id: number; error: string };

const port = parentPort;
port?.on("message", ({ id, input }: ClassifyTask) => {
  void classify(input).then(
    (classification) => port.postMessage({ id, classification } satisfies ClassifyOutcome),
    (error: unknown) => port.postMessage({ id, error: String(error) } satisfies ClassifyOutcome),
  );
});
