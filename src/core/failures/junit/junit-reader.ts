/** Reads a report of tests in JUnit's form piece by piece: what failed, and how many there were. */

import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { FailedCase } from "../run-report.ts";
import { failedCaseOf, type ReadCase, type ReadOutcome } from "./failed-case.ts";
import { otherFormat } from "./other-formats.ts";

export interface JunitReading {
  tests: number;
  failed: number;
  errored: number;
  skipped: number;
  flaky: number;
  seconds: number;
  /** The first that failed, up to the reader's limit. */
  cases: FailedCase[];
  casesLeftOut: number;
  /** Why the rest, or all of it, was not read. */
  problem: { line: number | null; what: string } | null;
}

export interface JunitReader {
  /** @param text the next piece; what comes after a problem is passed over */
  write(text: string): void;
  /** Holds after a problem: what else there is would be passed over. */
  isDone(): boolean;
  close(): JunitReading;
}

/** Of a file, in characters. */
export const junitCharactersMax = 50 * 1024 * 1024;
/** Nobody nests suites so deep. */
const depthMax = 100;

const suiteElements = new Set(["testsuites", "testsuite"]);
const outcomeElements = new Set([
  ...["failure", "error", "skipped"],
  ...["rerunFailure", "rerunError", "flakyFailure", "flakyError"],
]);
/** Around them there is text that belongs to the outcome. */
const detailElements = new Set(["stackTrace", "stack-trace"]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML may hold none, and test runners print colours
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Declared entities stay as they are written: none is expanded, and nothing is fetched. */
const passedOver = /undefined entity|character entity/;

/**
 * Understands what jest-junit, pytest, Gradle, Maven Surefire, go-junit-report, PHPUnit, cargo-nextest, GoogleTest, Mocha and the JUnit logger of .NET
 * write. Other formats are named in the problem. Never throws.
 *
 * @param casesMax how many failed cases are kept; the rest is counted
 */
export function createJunitReader(casesMax: number): JunitReader {
  const state = new ReaderState(casesMax);
  const parser = new SaxesParser({ xmlns: false, position: true });
  const stop = (what: string): void => {
    state.problem ??= { line: parser.line, what };
  };
  parser.on("error", ({ message }) => {
    if (!passedOver.test(message)) stop(wordsOf(message));
  });
  const take = (text: string): void => state.take(text);
  parser.on("opentag", (tag: SaxesTagPlain) => {
    if (state.problem !== null) return;
    const refused = state.open(tag.name, tag.attributes);
    if (refused !== null) return stop(refused);
    // Text is only put together where it is wanted: reports hold all that the tests printed.
    if (state.isWanted) parser.on("text", take);
    else parser.off("text");
  });
  parser.on("cdata", take);
  parser.on("closetag", () => {
    if (state.problem !== null) return;
    state.close();
    if (!state.isWanted) parser.off("text");
  });
  let characters = 0;
  const write = (text: string): void => {
    characters += text.length;
    if (characters > junitCharactersMax) stop("is larger than 50 MB");
    if (state.problem === null) parser.write(text.replace(notXml, ""));
  };
  return {
    write,
    isDone: () => state.problem !== null,
    close() {
      if (state.problem === null) parser.close();
      return state.reading();
    },
  };
}

class ReaderState {
  problem: JunitReading["problem"] = null;
  readonly #casesMax: number;
  readonly #elements: string[] = [];
  readonly #suites: { name: string; file: string | null }[] = [];
  readonly #counts = { tests: 0, failed: 0, errored: 0, skipped: 0, flaky: 0, seconds: 0, casesLeftOut: 0 };
  readonly #cases: FailedCase[] = [];
  #case: ReadCase | null = null;
  #outcome: ReadOutcome | null = null;

  constructor(casesMax: number) {
    this.#casesMax = casesMax;
  }

  /** Holds where text belongs to an outcome. */
  get isWanted(): boolean {
    const element = this.#elements.at(-1) ?? "";
    return this.#outcome !== null && (outcomeElements.has(element) || detailElements.has(element));
  }

  take(text: string): void {
    if (this.isWanted && this.#outcome !== null) this.#outcome.texts.push(text);
  }

  /** @returns why this is not read */
  open(element: string, attributes: Record<string, string>): string | null {
    if (this.#elements.length === 0 && !suiteElements.has(element)) return otherFormat(element);
    this.#elements.push(element);
    if (this.#elements.length > depthMax) return `nests more than ${depthMax} elements`;
    if (suiteElements.has(element)) {
      this.#suites.push({ name: attributes.name ?? "", file: attributes.file ?? attributes.filepath ?? null });
    } else if (element === "testcase" && this.#case === null) {
      this.#case = { attributes, outcomes: [] };
    } else if (outcomeElements.has(element) && this.#outcome === null) {
      // Right in a suite: it broke off before any test of it.
      this.#case ??= { attributes: { name: this.#suites.at(-1)?.name ?? "" }, outcomes: [], isOfSuite: true };
      this.#outcome = { element, type: attributes.type, message: attributes.message, texts: [] };
      this.#case.outcomes.push(this.#outcome);
    }
    return null;
  }

  close(): void {
    const element = this.#elements.pop() ?? "";
    if (suiteElements.has(element)) this.#suites.pop();
    else if (element === "testcase" && !this.#elements.includes("testcase")) this.#settle();
    else if (outcomeElements.has(element) && !this.#elements.some((other) => outcomeElements.has(other))) {
      this.#outcome = null;
      if (this.#case?.isOfSuite === true) this.#settle();
    }
  }

  reading(): JunitReading {
    return { ...this.#counts, cases: this.#cases, problem: this.problem };
  }

  #settle(): void {
    const read = this.#case;
    this.#case = null;
    this.#outcome = null;
    if (read === null) return;
    const counts = this.#counts;
    if (read.isOfSuite !== true) counts.tests++;
    const failed = failedCaseOf(read, this.#suites);
    counts.seconds += failed.seconds ?? 0;
    const has = (...elements: string[]) => read.outcomes.some((outcome) => elements.includes(outcome.element));
    if (has("failure", "error")) {
      if (failed.kind === "failure") counts.failed++;
      else counts.errored++;
      if (this.#cases.length < this.#casesMax) this.#cases.push(failed);
      else counts.casesLeftOut++;
    } else if (has("flakyFailure", "flakyError", "rerunFailure", "rerunError")) counts.flaky++;
    else if (has("skipped")) counts.skipped++;
  }
}

/** The parser's sentence without the place, which is told apart. */
function wordsOf(message: string): string {
  if (/must contain a root element/.test(message)) return "is empty";
  if (/^\S*unclosed tag/.test(message.replace(/^\d+:\d+: /, ""))) return "ends before it is complete";
  return `is not well-formed: ${message
    .replace(/^\d+:\d+: /, "")
    .replace(/\.$/, "")
    .slice(0, 300)}`;
}
