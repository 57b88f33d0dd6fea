/** Classifies small changes at once and large ones in threads of their own, so that deliveries are still answered quickly. */

import { Worker } from "node:worker_threads";
import { classify } from "../core/findings/classify.ts";
import type { Classification } from "../core/findings/finding.ts";
import type { ClassifyOutcome, ClassifyTask } from "./classify-worker.ts";
import type { ClassifyInput } from "./ports.ts";

export interface Classifier {
  classify(input: ClassifyInput): Promise<Classification>;
  close(): Promise<void>;
}

/** Below these a change is classified in less time than it takes to hand it over. */
const smallFilesMax = 60;
const smallCharactersMax = 400_000;
/** GitHub's largest change takes seconds; what takes this long is stuck, and its thread is given up. */
const timeoutMs = 60_000;

/** @param threadsMax threads are started when first needed; one is kept waiting for the next */
export function createClassifier(threadsMax = 2): Classifier {
  const threads: Thread[] = [];
  return {
    classify(input) {
      if (isSmall(input)) return classify(input);
      const idle = threads.find((thread) => thread.pending.size === 0);
      const thread = idle ?? (threads.length < threadsMax ? startThread(threads) : leastBusy(threads));
      return send(thread, input);
    },
    async close() {
      await Promise.all(threads.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

interface Thread {
  worker: Worker;
  pending: Map<number, { resolve(classification: Classification): void; reject(error: Error): void }>;
  nextId: number;
}

function isSmall({ snapshot, contents }: ClassifyInput): boolean {
  if (snapshot.files.length > smallFilesMax) return false;
  let characters = 0;
  for (const { patch } of snapshot.files) characters += patch?.length ?? 0;
  for (const side of [contents.base, contents.head]) for (const text of side.values()) characters += text?.length ?? 0;
  return characters <= smallCharactersMax;
}

function leastBusy(threads: readonly Thread[]): Thread {
  const [first, ...others] = threads;
  if (first === undefined) throw new Error("There is no thread to classify in");
  return others.reduce((best, thread) => (thread.pending.size < best.pending.size ? thread : best), first);
}

function startThread(threads: Thread[]): Thread {
  const worker = new Worker(new URL("./classify-worker.ts", import.meta.url));
  worker.unref(); // Never keeps the process alive by itself.
  const thread: Thread = { worker, pending: new Map(), nextId: 1 };
  threads.push(thread);
  worker.on("message", (outcome: ClassifyOutcome) => {
    const waiting = thread.pending.get(outcome.id);
    thread.pending.delete(outcome.id);
    if ("classification" in outcome) waiting?.resolve(outcome.classification);
    else waiting?.reject(new Error(`The change could not be classified: ${outcome.error}`));
  });
  const giveUp = (error: Error): void => {
    const index = threads.indexOf(thread);
    if (index >= 0) threads.splice(index, 1);
    for (const { reject } of thread.pending.values()) reject(error);
    thread.pending.clear();
  };
  worker.on("error", giveUp);
  worker.on("exit", () => giveUp(new Error("The thread that classified the change ended")));
  return thread;
}

async function send(thread: Thread, input: ClassifyInput): Promise<Classification> {
  const { promise, resolve, reject } = Promise.withResolvers<Classification>();
  const id = thread.nextId++;
  thread.pending.set(id, { resolve, reject });
  thread.worker.postMessage({ id, input } satisfies ClassifyTask);
  const timer = setTimeout(() => void thread.worker.terminate(), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
