/** `/holdpoint hold`: whoever may ask for it makes the change wait, whatever else is met, until it is lifted. Pushes lift nothing. */

import { isAtLeast, type Memory, type Permission, type Person, type Snapshot } from "../snapshot.ts";
import { type HeardCommand, heardCommands } from "./commands/heard-commands.ts";
import type { GateFacts } from "./facts.ts";
import type { HoldRequirement } from "./verdict.ts";

type Said = { snapshot: Pick<Snapshot, "comments" | "reviews" | "author" | "directory">; memory: Memory };

/** What came of one `hold` or `unhold`. */
export interface HoldEvent {
  said: HeardCommand;
  /** `nothing`: there was no hold to lift. */
  outcome: "held" | "lifted" | "refused" | "nothing";
  /** Those in force after it, oldest first, one for each person. */
  standing: HeardCommand[];
}

export function requireNoHold({ snapshot, memory }: GateFacts): HoldRequirement[] {
  const standing = traceHolds({ snapshot, memory }).at(-1)?.standing ?? [];
  return standing.map(({ person, at, rest }) => ({
    kind: "hold",
    id: `hold:${person.login}`,
    name: person.login,
    state: "must_change",
    code: "HP-H01",
    holds: true,
    line: null,
    opening: null,
    person,
    at,
    reason: rest,
  }));
}

/** Every hold and unhold in the order they were said, with what it did. */
export function traceHolds({ snapshot, memory }: Said): HoldEvent[] {
  const events: HoldEvent[] = [];
  let standing: HeardCommand[] = [];
  for (const said of heardCommands(snapshot, memory, ["hold", "unhold"])) {
    // What was edited into a command was perhaps never said by this person.
    if (said.isEdited) continue;
    const { person } = said;
    const others = standing.filter((hold) => hold.person.id !== person.id);
    if (said.verb === "hold") {
      const isHeard = mayHold(person, snapshot);
      if (isHeard) standing = [...others, said];
      events.push({ said, outcome: isHeard ? "held" : "refused", standing });
      continue;
    }
    const before = standing.length;
    standing = may(person, "maintain", snapshot) === true ? [] : others;
    const outcome = before === 0 ? "nothing" : standing.length < before ? "lifted" : "refused";
    events.push({ said, outcome, standing });
  }
  return events;
}

/** Who may not be told apart from somebody who may is heard: only a clear "no" silences a hold. */
export function mayHold(person: Person, snapshot: Pick<Snapshot, "author" | "directory">): boolean {
  return person.id === snapshot.author.id || may(person, "triage", snapshot) !== false;
}

function may(person: Person, needed: Permission, { directory }: Pick<Snapshot, "directory">): boolean | "unknown" {
  const entry = directory.permissions[person.id];
  if (entry?.kind === "read") return isAtLeast(entry.value, needed);
  return entry?.kind === "missing" ? false : "unknown";
}
