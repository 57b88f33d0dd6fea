/** What the handlers are given: everything that touches GitHub, the database, the clock or a log. */

import type { Logger } from "pino";
import type { Classification } from "../core/findings/finding.ts";
import type { Policy } from "../core/policy/schema.ts";
import type { Contents, Snapshot } from "../core/snapshot.ts";
import type { DeploymentStore } from "./deployment-port.ts";
import type { EscalationStore } from "./escalation-port.ts";
import type { GithubPort, MergeOutcome } from "./github-port.ts";
import type { ChannelsPort, MessageStore } from "./messages-port.ts";
import type { StorePort } from "./store-port.ts";

export interface Ports {
  github: GithubPort;
  store: StorePort;
  messages: MessageStore;
  channels: ChannelsPort;
  escalations: EscalationStore;
  deployments: DeploymentStore;
  clock: { now(): Date };
  log: Logger;
  meter: Meter;
  /** Where people read about what a check says; `documentation` has a page for each reason code at `/codes/<code>`. */
  urls: { server: string; documentation: string | null; public: string | null };
  /** Finds out what kind of change it is; large changes elsewhere than on this thread. */
  classify(input: ClassifyInput): Promise<Classification>;
  /** Which texts that needs beside those that are there, see `wantedContents`; looked for where the change will be classified. */
  wanted(input: ClassifyInput): Promise<string[]>;
}

/** What judging a pull request takes of them: nothing that writes to GitHub, and of the database only what a look remembers for the next one. */
export interface JudgingPorts extends Pick<Ports, "clock" | "urls" | "classify" | "wanted"> {
  github: Pick<
    GithubPort,
    | "readPullRequest"
    | "readChange"
    | "readContents"
    | "readDependencyReview"
    | "readCodeScanningAlerts"
    | "readMergeBase"
    | "readPolicyFile"
    | "readDirectory"
    | "readRepository"
  >;
  /** Without `loadReplay`, changes of the policy are not replayed. */
  store: Pick<
    StorePort,
    "loadChange" | "saveChange" | "saveGate" | "saveHead" | "saveCommand" | "saveHints" | "countMerges"
  > &
    Partial<Pick<StorePort, "loadReplay">>;
}

export interface ClassifyInput {
  snapshot: Snapshot;
  contents: Contents;
  options: Policy["classification"];
}

/** What the handlers count. */
export interface Meter {
  ran(kind: string, result: "done" | "failed"): void;
  evaluated(verdict: string, seconds: number): void;
  published(conclusion: string): void;
  discarded(why: string): void;
  /** A check that was green went down on the same commit. */
  lowered(cause: string): void;
  foundForeignCheck(): void;
  redelivered(): void;
  /** What became of a message on one kind of channel. */
  told(channel: string, result: MessageResult): void;
  /** What became of having an approved change merged. */
  merged(outcome: MergeOutcome["kind"]): void;
  /** What became of a request to deploy, and of a question about taking one back. */
  deployed(outcome: string): void;
  /** A pull request was merged although its gate was not open. */
  mergedWhileRed(): void;
  /** `used`: something was merged by it. */
  bypassed(outcome: "granted" | "refused" | "ended" | "used"): void;
}

export type MessageResult = "sent" | "failed" | "refused" | "passed_on" | "undelivered";

/** What a handler is told about the run it is in. */
export interface Run {
  /** From 1; counts failures since the last success. */
  attempt: number;
  fence: number;
  /** Aborted when the subject was lost to another process or this one stops. */
  signal: AbortSignal;
}

/** What a run leaves behind: the next moment at which time alone could change the answer. */
export interface RunResult {
  wakeAt?: Date | null;
}
