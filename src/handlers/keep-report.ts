/** Keeps what a workflow hands over about a run of its own: once, without secrets, for repositories that the App is installed on. */

import { redactReport } from "../core/failures/redact-report.ts";
import type { RunReport } from "../core/failures/run-report.ts";
import { type Mismatch, mismatchOf, type WorkflowClaims } from "../core/failures/workflow-claims.ts";
import type { AppPort } from "./github-port.ts";
import type { Keeping, ReportStore } from "./report-port.ts";

export interface ReceivedReport {
  /** Of a token that was found to be GitHub's own. */
  claims: WorkflowClaims;
  report: RunReport;
  /** Of the body as it was sent. */
  digest: string;
}

export interface ReportPorts {
  app: Pick<AppPort, "findInstallation">;
  reports: ReportStore;
  /** Lets other work of the process come in between. */
  breathe(): Promise<void>;
}

export type ReportOutcome = Keeping | { kind: "mismatch"; mismatch: Mismatch } | { kind: "not_installed" };

/** @throws when GitHub or the database fails: nothing was kept then, and the workflow may send it again */
export async function keepReport(
  { claims, report, digest }: ReceivedReport,
  { app, reports, breathe }: ReportPorts,
): Promise<ReportOutcome> {
  const mismatch = mismatchOf(report, claims);
  if (mismatch !== null) return { kind: "mismatch", mismatch };
  const installationId = await app.findInstallation(claims);
  if (installationId === null) return { kind: "not_installed" };
  const admission = await reports.admitReport({ claims, digest });
  if (admission.kind !== "open") return admission;
  // The workflow has done so already, with an Action that may be older or somebody else's.
  const clear = await redactReport(report, { breathe });
  return reports.keepReport({ claims, installationId, report: clear, digest });
}
