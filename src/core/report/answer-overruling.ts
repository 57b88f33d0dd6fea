/** What is answered to `/holdpoint overrule …`. */

import { specOf } from "../gate/commands/command-table.ts";
import type { Person } from "../snapshot.ts";
import { answer, malformed, type Reply, refusal } from "./command-answers.ts";
import { say } from "./words.ts";

export type OverrulingOutcome =
  | { kind: "overruled" }
  | { kind: "malformed" }
  /** Nobody of that name objects. */
  | { kind: "none" }
  | { kind: "refused"; roles: string[]; people: Person[] };

export function answerOverruling(outcome: OverrulingOutcome): Reply {
  const spec = specOf("overrule");
  switch (outcome.kind) {
    case "overruled":
      return { reaction: "+1" };
    case "malformed":
      return { reaction: "confused", comment: malformed(spec, say`It takes the person who objects and a reason.`) };
    case "none":
      return { reaction: "confused", comment: answer(say`No objection of that person holds this change.`) };
    case "refused":
      return { reaction: "-1", comment: refusal(spec, outcome.people, outcome.roles) };
  }
}
