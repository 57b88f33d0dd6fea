/** What the weighing of a bypass looks at: facts, and what the gate has heard and found. */

import type { Policy } from "../policy/schema.ts";
import type { Memory, Person, Snapshot } from "../snapshot.ts";
import type { EmergencyRules } from "./emergency-rules.ts";
import type { BypassCommand } from "./parse-bypass.ts";

/** A `/holdpoint bypass …` that was given; what may never have been said is none. */
export interface SaidBypass {
  /** Of the request that it may be. */
  id: string;
  /** Of the comment or review. */
  commentId: number;
  person: Person;
  at: Date;
  /** The head it was given on; `null` where nothing proves it. */
  headSha: string | null;
  said: BypassCommand;
}

/** A reason that was written apart from a command. */
export interface WrittenReason {
  /** Who wrote it; `null` for the description, whose words are the pull request's. */
  person: Person | null;
  /** `null` for the description: GitHub does not tell when a section was written. */
  at: Date | null;
  text: string;
}

/** Something that holds the gate: open, or `unreadable` and so shut in every case. */
export interface HeldPoint {
  /** The checkpoint's name; `null` for everything else, which only `all` opens. */
  checkpoint: string | null;
  kind: "open" | "unreadable";
}

export interface BypassFacts {
  policy: Pick<Policy, "bypass" | "roles" | "mode">;
  /** `null` where the policy has no emergency bypass. */
  rules: EmergencyRules | null;
  snapshot: Snapshot;
  memory: Pick<Memory, "heads" | "bypasses" | "merges">;
  now: Date;
  /** Oldest first. */
  commands: readonly SaidBypass[];
  /** Newest first, the description's last. */
  reasons: readonly WrittenReason[];
  /** Rules of everything that was found in the change. */
  foundRules: ReadonlySet<string>;
  /** Checkpoints that apply. */
  checkpoints: readonly string[];
  /** What holds the gate with windows and test branches taken into account, and without any bypass. */
  held: readonly HeldPoint[];
  /** Whether a person has a hand in the change: its author, and whoever wrote, committed or pushed a part of it. */
  contributes(person: Person): boolean;
}
