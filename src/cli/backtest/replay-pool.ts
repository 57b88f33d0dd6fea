/** Replays a history in several processes at once. One that hangs or dies on somebody's text takes nothing with it but that text. */

import { type ChildProcess, fork } from "node:child_process";
import type { LaterChange } from "../../core/backtest/later-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import type { FromReplayer, ReplayItem, ReplaySetup, ToReplayer } from "./replay-task.ts";

export interface ReplayOptions {
  processes: number;
  onDone: () => void;
  program?: URL;
  /** So long may one change take. */
  timeoutMs?: number;
}

export interface Replayed {
  /** By commit: one for each policy. */
  outcomes: Map<string, Outcome[]>;
  touched: Map<string, LaterChange["touched"]>;
  /** By commit: why it could not be looked at, even without its texts. */
  failed: Map<string, string>;
}

/** Handed out at a time: few enough that all processes end together, enough that starting git does not count. */
const itemsAtOnce = 24;
const timeoutMsDefault = 60_000;

export async function replayHistory(
  setup: ReplaySetup,
  items: readonly ReplayItem[],
  options: ReplayOptions,
): Promise<Replayed> {
  const queue = [...items];
  const replayed: Replayed = { outcomes: new Map(), touched: new Map(), failed: new Map() };
  const count = Math.max(1, Math.min(options.processes, Math.ceil(items.length / itemsAtOnce)));
  await Promise.all(Array.from({ length: count }, () => work(setup, queue, replayed, options)));
  return replayed;
}

/** One process after another, until nothing is left to do. */
async function work(
  setup: ReplaySetup,
  queue: ReplayItem[],
  replayed: Replayed,
  options: ReplayOptions,
): Promise<void> {
  while (queue.length > 0) {
    const replayer = new Replayer(setup, options);
    try {
      while (queue.length > 0) {
        const share = queue.splice(0, itemsAtOnce);
        const left = await replayer.replay(share, replayed);
        if (left.length === 0) continue;
        queue.unshift(...giveUpOn(left, replayed, options));
        break;
      }
    } finally {
      await replayer.end();
    }
  }
}

/** Of what was not answered, the first is to blame: it is tried once more without its texts. */
function giveUpOn(
  [first, ...rest]: readonly Unanswered[],
  replayed: Replayed,
  { onDone }: ReplayOptions,
): ReplayItem[] {
  const others = rest.map(({ item }) => item);
  if (first === undefined) return others;
  if (!first.item.isWithoutTexts && first.item.isReplayed) return [{ ...first.item, isWithoutTexts: true }, ...others];
  replayed.failed.set(first.item.merge.sha, first.why);
  onDone();
  return others;
}

interface Unanswered {
  item: ReplayItem;
  why: string;
}

class Replayer {
  readonly #child: ChildProcess;
  readonly #options: ReplayOptions;
  readonly #ended: Promise<void>;
  /** Or ended: starting is not counted, however busy the machine is. */
  readonly #ready: Promise<void>;

  constructor(setup: ReplaySetup, options: ReplayOptions) {
    this.#options = options;
    this.#child = fork(options.program ?? new URL("./replay-process.ts", import.meta.url), {
      serialization: "advanced",
      // Nothing of the environment: this process reads strangers' text.
      env: {},
      execArgv: ["--max-old-space-size=600"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", () => resolve()).once("exit", () => resolve());
    });
    this.#ready = new Promise((resolve) => {
      this.#child.once("message", () => resolve());
      void this.#ended.then(resolve);
    });
    this.#send({ kind: "setup", setup });
  }

  /** @returns what was not answered, in order; empty when all was */
  async replay(items: readonly ReplayItem[], replayed: Replayed): Promise<Unanswered[]> {
    await this.#ready;
    const left = [...items];
    return new Promise((resolve) => {
      const finish = (why: string) => {
        clearTimeout(timer);
        this.#child.off("message", hear);
        resolve(left.map((item) => ({ item, why })));
      };
      const isLate = () => finish("it took too long");
      const { timeoutMs = timeoutMsDefault } = this.#options;
      let timer = setTimeout(isLate, timeoutMs);
      const hear = (message: FromReplayer) => {
        if (message.kind === "ready") return;
        clearTimeout(timer);
        if (message.kind === "idle") return finish("");
        if (message.kind === "failed") return finish(message.error);
        timer = setTimeout(isLate, timeoutMs);
        const index = left.findIndex(({ merge }) => merge.sha === message.sha);
        if (index >= 0) left.splice(index, 1);
        if (message.outcomes.length > 0) replayed.outcomes.set(message.sha, message.outcomes);
        replayed.touched.set(message.sha, message.touched);
        this.#options.onDone();
      };
      this.#child.on("message", hear);
      void this.#ended.then(() => finish("the process that looked at it ended"));
      this.#send({ kind: "items", items: [...items] });
    });
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  #send(message: ToReplayer): void {
    // A process that is gone is noticed by its end.
    this.#child.send(message, () => {});
  }
}
