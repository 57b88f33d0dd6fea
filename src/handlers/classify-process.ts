/** The process that classifies large changes; see `classify-apart.ts`. It ends with the one that started it. */

import { classify } from "../core/findings/classify.ts";
import type { Classification } from "../core/findings/finding.ts";
import type { ClassifyInput } from "./ports.ts";

export interface ClassifyTask {
  id: number;
  input: ClassifyInput;
}

export type ClassifyOutcome = { id: number; classification: Classification } | { id: number; error: string };

const answer = (outcome: ClassifyOutcome): void => {
  process.send?.(outcome);
};

process.on("message", ({ id, input }: ClassifyTask) => {
  void classify(input).then(
    (classification) => answer({ id, classification }),
    (error: unknown) => answer({ id, error: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
