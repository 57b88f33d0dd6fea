/** Something that people should hear of, before it is known where. */

import type { Severity } from "../severity.ts";
import type { Person } from "../snapshot.ts";

export { type Severity, severities } from "../severity.ts";

export interface Message {
  /** Within the repository, equal keys are one message: it is told once, however often it is asked for. */
  key: string;
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
  severity: Severity;
  /** Whom it is for. */
  roles: string[];
  /** Channels that the sender names, e.g. an escalation level's `notify:`; the routes add theirs. */
  channels: string[];
  /** Plain text on one line; every channel escapes it in its own way. */
  title: string;
  /** Markdown built by core/report: other people's text in it is escaped already. */
  body: string;
  /** Where to read on. */
  url: string | null;
  /** The pull request or issue under which the `github` channel comments; without it, that channel cannot be used. */
  about: { number: number } | null;
  /** Mentioned by the `github` channel, and there alone. */
  people: Person[];
  at: Date;
  /** Key of an earlier message that this one puts an end to: a pager then closes its incident. */
  resolves?: string;
}
