/** One look at an issue that Holdpoint keeps. */

import type { KeptIssue } from "../exceptions-port.ts";
import type { IssueReading } from "../issues-port.ts";
import type { Ports, Run, RunResult } from "../ports.ts";

export interface IssueLook {
  kept: KeptIssue;
  /** `gone`: deleted, transferred, or issues are switched off. */
  reading: IssueReading | "gone";
}

/** Level-triggered: everything is worked out from what is kept and what stands there; looking twice changes nothing. */
export type IssueFollower = (look: IssueLook, ports: Ports, run: Run) => Promise<RunResult>;
