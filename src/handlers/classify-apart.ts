/**
 * Classifies small changes at once and large ones in processes of their own, so that deliveries are still answered quickly.
 * Processes rather than threads: the parsers are native code that reads other people's text, and where one hangs or crashes it can be
 * ended, or ends, without taking Holdpoint along.
 */

import { type ChildProcess, fork } from "node:child_process";
import { classify } from "../core/findings/classify.ts";
import type { Classification } from "../core/findings/finding.ts";
import { wantedContents } from "../core/findings/wanted-contents.ts";
import type { ClassifyAnswer, ClassifyOutcome, ClassifyTask } from "./classify-process.ts";
import type { ClassifyInput } from "./ports.ts";

export interface Classifier {
  classify(input: ClassifyInput): Promise<Classification>;
  wanted(input: ClassifyInput): Promise<string[]>;
  close(): Promise<void>;
}

/** Below these a change is classified in less time than it takes to hand it over. */
const smallFilesMax = 60;
const smallCharactersMax = 400_000;
/** A text of this size can be built to nest deeper than a native parser bears; its process is not the server's. */
const smallTextMax = 80_000;
/** GitHub's largest change takes seconds; what takes this long is stuck, and its process is ended. */
const timeoutMs = 60_000;
/** Trees and texts live shortly: with little room for what is new the process grows by a fifth less, and is no slower. */
export const memoryLimits = ["--max-old-space-size=300", "--max-semi-space-size=8"];

/**
 * @param processesMax started when first needed, and kept for the next large change
 * @param program what the processes run
 */
export function createClassifier(
  processesMax = 2,
  program = new URL("./classify-process.ts", import.meta.url),
): Classifier {
  const helpers: Helper[] = [];
  let isClosed = false;
  const free = () => freeHelper(helpers, processesMax, program);
  return {
    classify(input) {
      if (isSmall(input)) return classify(input);
      return send<Classification>(free(), "classify", input).catch(async (error: unknown) => {
        if (isClosed) throw error;
        // Some text hangs or crashes a parser: without texts the rest of the evidence is there all the same.
        const classification = await send<Classification>(free(), "classify", withoutTexts(input));
        return { ...classification, notAnalysed: withUnread(classification, input) };
      });
    },
    async wanted(input) {
      if (isSmall(input)) return wantedContents(input.snapshot, input.options, input.contents);
      return send<string[]>(free(), "wanted", input).catch((error: unknown) => {
        if (isClosed) throw error;
        return []; // What was not fetched, each detector names as not analysed.
      });
    },
    async close() {
      isClosed = true;
      await Promise.all(helpers.splice(0).map(end));
    },
  };
}

interface Helper {
  child: ChildProcess;
  ended: Promise<void>;
  pending: Map<number, { resolve(answer: ClassifyAnswer): void; reject(error: Error): void }>;
  nextId: number;
}

function isSmall({ snapshot, contents }: ClassifyInput): boolean {
  if (snapshot.files.length > smallFilesMax) return false;
  let characters = 0;
  for (const { patch } of snapshot.files) characters += patch?.length ?? 0;
  for (const side of [contents.base, contents.head])
    for (const text of side.values()) {
      if ((text?.length ?? 0) > smallTextMax) return false;
      characters += text?.length ?? 0;
    }
  return characters <= smallCharactersMax;
}

function freeHelper(helpers: Helper[], processesMax: number, program: URL): Helper {
  const idle = helpers.find((helper) => helper.pending.size === 0);
  return idle ?? (helpers.length < processesMax ? startHelper(helpers, program) : leastBusy(helpers));
}

function withoutTexts(input: ClassifyInput): ClassifyInput {
  return { ...input, contents: { base: new Map(), head: new Map() } };
}

/** Every changed file whose text could have told more. */
function withUnread(
  { notAnalysed }: Classification,
  { snapshot, contents }: ClassifyInput,
): Classification["notAnalysed"] {
  const why = "its text could not be analysed: that took too long or failed";
  const named = new Set(notAnalysed.map(({ path }) => path));
  const unread = snapshot.files.filter(
    ({ path, previousPath }) =>
      !named.has(path) &&
      (contents.head.has(path) || contents.base.has(path) || contents.base.has(previousPath ?? path)),
  );
  return [...notAnalysed, ...unread.map(({ path }) => ({ path, why }))];
}

function leastBusy(helpers: readonly Helper[]): Helper {
  const [first, ...others] = helpers;
  if (first === undefined) throw new Error("There is no process to classify in");
  return others.reduce((best, helper) => (helper.pending.size < best.pending.size ? helper : best), first);
}

function startHelper(helpers: Helper[], program: URL): Helper {
  // Nothing of the environment: the settings hold secrets, and this process reads strangers' text.
  const child = fork(program, {
    serialization: "advanced",
    env: {},
    // What grows beyond is ended: two such processes beside the server fit into a gigabyte.
    execArgv: memoryLimits,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = Promise.withResolvers<void>();
  const helper: Helper = { child, ended: ended.promise, pending: new Map(), nextId: 1 };
  helpers.push(helper);
  child.on("message", (outcome: ClassifyOutcome) => {
    const waiting = helper.pending.get(outcome.id);
    helper.pending.delete(outcome.id);
    if ("answer" in outcome) waiting?.resolve(outcome.answer);
    else waiting?.reject(new Error(`The change could not be classified: ${outcome.error}`));
  });
  const giveUp = (): void => {
    const index = helpers.indexOf(helper);
    if (index >= 0) helpers.splice(index, 1);
    for (const { reject } of helper.pending.values()) reject(new Error("The process that classified the change ended"));
    helper.pending.clear();
    ended.resolve();
  };
  child.once("error", giveUp).once("exit", giveUp);
  // It never keeps Holdpoint alive by itself. After the listeners: adding one takes a hold on the channel again.
  child.unref();
  child.channel?.unref();
  return helper;
}

/** @typeParam T what the process answers to such a question */
async function send<T extends ClassifyAnswer>(
  helper: Helper,
  asks: ClassifyTask["asks"],
  input: ClassifyInput,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<ClassifyAnswer>();
  const id = helper.nextId++;
  helper.pending.set(id, { resolve, reject });
  helper.child.send({ id, asks, input } satisfies ClassifyTask, (error) => {
    if (error !== null) reject(error);
  });
  const timer = setTimeout(() => helper.child.kill("SIGKILL"), timeoutMs);
  try {
    return (await promise) as T;
  } finally {
    clearTimeout(timer);
    helper.pending.delete(id);
  }
}

async function end({ child, ended }: Helper): Promise<void> {
  child.ref(); // Its end is waited for now.
  child.kill("SIGKILL");
  await ended;
}
