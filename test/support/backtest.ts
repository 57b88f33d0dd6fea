/** Changes of the past as tests tell them. */

import type { HistoricChange } from "../../src/core/backtest/historic-change.ts";
import { type LaterChange, touchedLines } from "../../src/core/backtest/later-change.ts";
import type { Outcome } from "../../src/core/backtest/outcome.ts";
import { aFile, ago, aSnapshot } from "./builders.ts";

export function aHistoricChange(change: Partial<HistoricChange> = {}): HistoricChange {
  return {
    id: "#1",
    commitSha: "c".repeat(40),
    title: "Change something",
    author: "author",
    isBot: false,
    mergedAt: ago(1),
    snapshot: aSnapshot(),
    assumed: [],
    source: "github",
    waits: null,
    ...change,
  };
}

export function anOutcome(outcome: Partial<Outcome> = {}): Outcome {
  return {
    id: "#1",
    commitSha: "c".repeat(40),
    title: "Change something",
    author: "author",
    isBot: false,
    mergedAt: ago(1),
    source: "clone",
    answer: "opens",
    workflow: "automatic",
    heldBy: [],
    needs: [],
    seats: [],
    people: 0,
    asks: [],
    unknown: [],
    risk: "low",
    lines: 12,
    files: 1,
    classes: [],
    findings: [],
    findingsLeftOut: 0,
    assumed: [],
    waits: null,
    ...outcome,
  };
}

/** An outcome that waits for so many people of a role, asked by a checkpoint or, in a name that ends with `_review`, by a workflow. */
export function aHeldOutcome(id: string, roles: Record<string, number>, by = "peer_review"): Outcome {
  const kind = by.endsWith("_review") ? "workflow" : "checkpoint";
  const seats = Object.entries(roles).map(([role, count]) => ({ roles: [role], count }));
  return anOutcome({
    id,
    answer: "waits",
    workflow: "peer_review",
    heldBy: [{ kind, name: by, line: 7, codes: ["HP-W01"] }],
    needs: seats.map((seat) => ({ ...seat, by })),
    seats,
    people: Math.max(0, ...Object.values(roles)),
  });
}

/**
 * What came onto the branch.
 *
 * @param hours after the beginning
 * @param lines that it brought to `src/a.ts` (`+…`) or took from it (`-…`), or to another path
 */
export function aLaterChange(
  id: string,
  title: string,
  hours: number,
  { message = "", lines = [], path = "src/a.ts" }: { message?: string; lines?: string[]; path?: string } = {},
): LaterChange {
  return {
    id,
    commitShas: [shaOf(id)],
    title,
    message,
    at: new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000),
    touched: touchedLines(lines.length === 0 ? [] : [aFile(path, { patch: `@@ -1 +1 @@\n${lines.join("\n")}` })]),
  };
}

/** The commit of a change in these stories. */
export function shaOf(id: string): string {
  return Buffer.from(id).toString("hex").padEnd(40, "a1b2c3d4");
}
