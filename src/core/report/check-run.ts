/** A check run as it should be: what an author sees of a verdict. Sizes are GitHub's limits, already kept. */

export interface Annotation {
  path: string;
  startLine: number;
  endLine: number;
  level: "notice" | "warning" | "failure";
  /** At most 255 characters. */
  title: string;
  /** At most 64 KiB. */
  message: string;
}

export interface CheckRunDraft {
  /** `holdpoint: <base branch>`, so that a green from a lax base never counts for a strict one. */
  name: string;
  headSha: string;
  /** `repository id/pull request number/base`, by which a later attempt finds its own run again. */
  externalId: string;
  status: "in_progress" | "completed";
  /** `null` while in progress. */
  conclusion: "success" | "failure" | "neutral" | null;
  /** At most 100 characters. */
  title: string;
  /** Markdown, at most 65,535 bytes. */
  summary: string;
  /** Markdown, at most 65,535 bytes; empty when there is nothing more to say. */
  text: string;
  /** Capped and without doubles; written in batches of 50. */
  annotations: Annotation[];
  /** At most 3: label and identifier 20 characters, description 40. */
  actions: { label: string; description: string; identifier: string }[];
  detailsUrl: string | null;
}
