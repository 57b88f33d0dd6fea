/** Rows about what people said by command: a hold, conditions of an approval, a decision. */

import type { DecisionRequirement, HoldRequirement, OpenConditionsRequirement } from "../gate/verdict.ts";
import type { Row } from "./rows.ts";
import { personPiece, ruleLink, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { enumerate, join, phrase, say } from "./words.ts";

export function holdRow(hold: HoldRequirement, telling: Telling): Row {
  const who = personPiece(hold.person);
  const reason = hold.reason ? say`: ${phrase(hold.reason)}` : [];
  return {
    ...base(hold),
    what: say`hold by ${who}`,
    why: say`asked for on ${when(hold.at, telling.now)}${reason}`,
    who: say`${who} or a maintainer lifts it with ${{ kind: "code", text: "/holdpoint unhold" }}`,
    short: say`${who} to lift a hold`,
  };
}

export function openConditionsRow(conditions: OpenConditionsRequirement, telling: Telling): Row {
  const who = personPiece(conditions.person);
  const open = conditions.items.filter(({ isMet }) => !isMet).map(({ text }) => phrase(text));
  return {
    ...base(conditions),
    what: say`conditions of ${who}`,
    why: open.length > 0 ? say`open: ${enumerate(open, 3)}` : say`all of ${conditions.items.length} met`,
    who:
      open.length === 0
        ? say`${when(conditions.at, telling.now)}`
        : conditions.unmet === "track"
          ? say`those open become issues when this is merged`
          : say`${who} ticks them, or says ${{ kind: "code", text: "/holdpoint conditions track" }}`,
    short: say`${open.length} conditions of ${who}`,
  };
}

export function decisionRow(requirement: DecisionRequirement, telling: Telling): Row {
  const { decision, roles, name } = requirement;
  const anyOf = join(
    roles.map((role) => say`${role}`),
    " or ",
  );
  const command = { kind: "code" as const, text: "/holdpoint decide proceed|partial|abort <rationale>" };
  return {
    ...base(requirement),
    what: say`${name}`,
    why:
      decision === null
        ? say`somebody has to decide${ruleLink(requirement.line, telling)}`
        : say`${decision.choice}: ${phrase(decision.rationale)}`,
    who:
      decision === null
        ? say`${anyOf}: ${command}`
        : say`${personPiece(decision.person)}, ${when(decision.at, telling.now)}`,
    short: say`a decision by ${anyOf}`,
  };
}

function base({ id, state, code, holds }: HoldRequirement | OpenConditionsRequirement | DecisionRequirement) {
  return { id, state, code, holds };
}
