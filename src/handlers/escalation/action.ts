/** What every action of a level is. */

import type { Escalation, EscalationStep } from "../../core/escalation/escalation-state.ts";
import type { Level, levelOf } from "../../core/escalation/levels.ts";
import type { StepData } from "../../core/escalation/step-data.ts";
import type { Ports } from "../ports.ts";
import type { Item } from "./item.ts";

export interface ActionGiven {
  escalation: Escalation;
  level: Level;
  levelOf: (name: string) => ReturnType<typeof levelOf>;
  item: Item;
  ports: Ports;
}

/**
 * Settled first and kept, then done: killed in between, the next process does what was settled. So `perform` compares with how things are,
 * and doing it twice comes to the same.
 */
export interface Action {
  /** @returns `null` where there is nothing to do; `later` where that is not clear yet */
  prepare(given: ActionGiven): Promise<Partial<StepData> | null | "later">;
  /** @throws {GithubError} for what may pass */
  perform(given: ActionGiven, data: StepData): Promise<Exclude<EscalationStep["outcome"], "intended">>;
}

/** For words alone: the level's comment says them. */
export const wordsAlone: Action = {
  prepare: async () => ({}),
  perform: async () => "done",
};
