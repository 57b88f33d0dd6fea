/** A policy in force, with where it came from and where each of its rules stands. */

import type { Problem } from "../problem.ts";
import type { Policy } from "./schema.ts";

/** One file that a policy was read from. */
export interface PolicySource {
  /** `owner/repository`, `preset`, or empty for a local file. */
  repository: string;
  path: string;
  /** Commit it was read at, where known. */
  commit: string | null;
  /** Blob id, where known. */
  blobSha: string | null;
}

export interface PolicyDocument {
  policy: Policy;
  source: PolicySource;
  /** Further files it was put together from: presets, included files, the organisation's policy where that enforces something. */
  includes?: readonly PolicySource[];
  /** Line (from 1) in `source` of a key path such as `["checkpoints", "security_review"]`; `null` where the key came from elsewhere. */
  lineOf(path: readonly (string | number)[]): number | null;
  /** Warnings and notes; a document with errors does not exist. */
  problems: Problem[];
}

export type PolicyLoad =
  | { kind: "loaded"; document: PolicyDocument }
  | { kind: "broken"; problems: Problem[]; source: PolicySource };
