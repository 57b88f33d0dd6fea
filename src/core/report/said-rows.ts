/** Rows about what people said: an objection, a hold, conditions of an approval, a decision. */

import type {
  DecisionRequirement,
  HoldRequirement,
  ObjectionRequirement,
  OpenConditionsRequirement,
  Requirement,
} from "../gate/verdict.ts";
import type { Row } from "./rows.ts";
import { count, personPiece, ruleLink, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { join, phrase, say } from "./words.ts";

export function objectionRow(objection: ObjectionRequirement, telling: Telling): Row {
  const who = personPiece(objection.person);
  const { overruled } = objection;
  const why = say`objected on ${when(objection.at, telling.now)}${ruleLink(objection.line, telling)}`;
  return {
    ...base(objection),
    what: say`objection of ${who}`,
    why,
    who:
      overruled === null
        ? say`${who} approves, or the objection is dismissed or overruled`
        : say`overruled by ${personPiece(overruled.person)}, ${when(overruled.at, telling.now)}: ${phrase(overruled.reason)}`,
    short: say`${who} to lift an objection`,
  };
}

export function holdRow(hold: HoldRequirement, telling: Telling): Row {
  const who = personPiece(hold.person);
  const reason = hold.reason ? say`: ${phrase(hold.reason)}` : [];
  return {
    ...base(hold),
    what: say`hold by ${who}`,
    why: say`asked to wait on ${when(hold.at, telling.now)}${reason}`,
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
    why:
      open.length > 0
        ? say`approved under conditions; open: ${join(open.slice(0, 3), "; ")}${open.length > 3 ? say` and ${open.length - 3} more` : []}`
        : say`approved under ${count(conditions.items.length, "condition")}, all met`,
    who:
      open.length === 0
        ? say`${when(conditions.at, telling.now)}`
        : conditions.unmet === "track"
          ? say`nobody needed: those open become issues when this is merged`
          : say`${who} ticks them, or says ${{ kind: "code", text: "/holdpoint conditions track" }}`,
    short: say`${count(open.length, "condition")} of ${who}`,
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
        ? say`somebody has to decide whether this goes on${ruleLink(requirement.line, telling)}`
        : say`${decision.choice}: ${phrase(decision.rationale)}`,
    who:
      decision === null
        ? say`whoever holds the role ${anyOf} comments ${command}`
        : say`${personPiece(decision.person)}, ${when(decision.at, telling.now)}${decision.choice === "abort" ? say`; to go on all the same, decide anew with ${command}` : []}`,
    short: decision === null ? say`a decision by ${anyOf}` : say`another decision by ${anyOf}`,
  };
}

function base({ id, state, code, holds }: Requirement) {
  return { id, state, code, holds };
}
