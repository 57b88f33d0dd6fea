/** Something that waits longer than it may: what an escalation is about. */

import type { RepositoryRef } from "../subject.ts";

export type StuckKind = "review" | "failed_checks" | "post_review" | "deployment" | "rollback" | "window_validation";

export interface Stuck {
  /** Unique in the repository and the same as long as it is the same thing, e.g. `review:42:checkpoint:security_review`. */
  key: string;
  repository: RepositoryRef;
  kind: StuckKind;
  /** The pull request or issue that it is about, and where people are told. */
  number: number;
  /** What is stuck: a phrase for people, plain text, e.g. `security_review`. */
  what: string;
  /** Since when it is overdue. */
  since: Date;
  /** Name of the level that escalation starts at. */
  startsAt: string;
  /** Roles that can unblock it. */
  roles: string[];
}
