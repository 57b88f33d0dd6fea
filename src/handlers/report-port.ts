/** What the store keeps of reports that workflows hand over. */

import type { RunReport } from "../core/failures/run-report.ts";
import type { WorkflowClaims } from "../core/failures/workflow-claims.ts";

export interface NewReport {
  claims: WorkflowClaims;
  installationId: number;
  /** Without secrets. */
  report: RunReport;
  /** Of the body as it was sent. */
  digest: string;
}

export interface KeptReport {
  id: number;
  repositoryId: number;
  installationId: number;
  runId: number;
  runAttempt: number;
  claims: WorkflowClaims;
  report: RunReport;
  receivedAt: Date;
}

/**
 * - `open`: it may be kept;
 * - `known`: the same report was kept before;
 * - `replayed`: its token was used for another report;
 * - `too_many`: the repository has handed over as many as it may for now.
 */
export type Admission =
  | { kind: "open" }
  | { kind: "known"; id: number }
  | { kind: "replayed" }
  | { kind: "too_many"; retryAt: Date };

export type Keeping = { kind: "kept"; id: number } | Exclude<Admission, { kind: "open" }>;

export interface ReportStore {
  /** Writes nothing: what is refused here need not be looked through for secrets. */
  admitReport(report: Pick<NewReport, "claims" | "digest">): Promise<Admission>;
  /** Together with the use of its token, in one transaction; decides again what {@link admitReport} decided. */
  keepReport(report: NewReport): Promise<Keeping>;
  /** Newest first. @param runId left out: of all runs */
  listReports(repositoryId: number, runId?: number): Promise<KeptReport[]>;
}
