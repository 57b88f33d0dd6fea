/** A replaying process that has trouble: it dies on one change, hangs on another, and cannot read a third. */

import type { FromReplayer, ToReplayer } from "../../src/cli/backtest/replay-task.ts";
import { anOutcome } from "./backtest.ts";

const say = (message: FromReplayer) => process.send?.(message);

process.on("message", (message: ToReplayer) => {
  if (message.kind === "setup") {
    say({ kind: "ready" });
    return;
  }
  for (const { merge, isReplayed, isWithoutTexts } of message.items) {
    if (merge.title === "hangs" && !isWithoutTexts) return;
    if (merge.title === "dies" && !isWithoutTexts) process.exit(1);
    if (merge.title === "never") {
      say({ kind: "failed", sha: merge.sha, error: "no way" });
      return;
    }
    const title = isWithoutTexts ? `${merge.title} without texts` : merge.title;
    say({
      kind: "replayed",
      sha: merge.sha,
      outcomes: isReplayed ? [anOutcome({ id: merge.id, title })] : [],
      touched: new Map(),
    });
  }
  say({ kind: "idle" });
});
