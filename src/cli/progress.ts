/** A bar on standard error for work that takes a while: gone when it is done, and never there where nobody would see it move. */

import cliProgress from "cli-progress";
import type { Io } from "./io.ts";

export interface Progress {
  /** So much more is done; one, unless said. */
  tick(steps?: number): void;
  /** Takes the bar away. Also to be called when the work failed. */
  done(): void;
}

const silent: Progress = { tick: () => {}, done: () => {} };

/** @param total steps; none, no bar */
export function progress({ progressTo }: Io, { label, total }: { label: string; total: number }): Progress {
  if (progressTo === null || total <= 0) return silent;
  const bar = new cliProgress.SingleBar(
    {
      format: `${label} [{bar}] {value}/{total}`,
      stream: progressTo,
      clearOnComplete: true,
      // A cursor that was hidden stays so when Ctrl-C ends the process, which it may at once: nothing here waits to tidy up.
      hideCursor: false,
      gracefulExit: false,
    },
    cliProgress.Presets.rect,
  );
  bar.start(total, 0);
  return { tick: (steps = 1) => bar.increment(steps), done: () => bar.stop() };
}
