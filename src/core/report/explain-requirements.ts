/** Every requirement of a verdict with why it is asked for, by which line of which policy, and what would release it. */

import { codes } from "../gate/codes.ts";
import type { Requirement, Verdict } from "../gate/verdict.ts";
import { isOpenRow, marks, type Row, rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { whyApplies, whyNotApplies } from "./trigger-words.ts";
import { phrase, say, toPlain } from "./words.ts";

export interface ExplainedRequirement {
  name: string;
  kind: Requirement["kind"];
  state: Requirement["state"];
  mark: string;
  code: string;
  /** What the code means. */
  says: string;
  /** `false`: asked for, never holds. */
  holds: boolean;
  why: string[];
  /** Where the rule stands; `null` where it is built in, or comes from a file that the policy builds on. */
  rule: { file: string; line: number; commit: string | null } | null;
  /** What would release it; empty where nothing has to. */
  release: { what: string; who: string; code: string }[];
  /** Findings that it is asked for. */
  findings: string[];
  /** Of the workflow: which others were looked at, and why they did not fit. */
  considered: { name: string; fits: boolean; guards: string[] }[];
}

export function explainRequirements(verdict: Verdict, linked: Telling): ExplainedRequirement[] {
  // Words stand by themselves: there is nothing to click.
  const telling: Telling = { ...linked, policyUrl: () => null };
  return verdict.requirements.map((requirement) => explained(requirement, telling));
}

/** Names by which a requirement may be asked for. */
export function requirementNames(verdict: Verdict): string[] {
  return [...new Set(verdict.requirements.map(({ name }) => name))];
}

function explained(requirement: Requirement, telling: Telling): ExplainedRequirement {
  const { name, kind, state, code, holds, line } = requirement;
  const { path: file, commit } = telling.document.source;
  const rows = rowsOf({ requirements: [requirement] }, telling);
  return {
    name,
    kind,
    state,
    mark: marks[state],
    code,
    says: codes[code].title,
    holds: holds || state === "not_needed",
    why: whyOf(requirement, rows),
    rule: line === null ? null : { file, line, commit },
    release: rows.filter((row) => isOpenRow(row) || (!row.holds && row.who.length > 0)).map(releaseOf),
    findings:
      "trigger" in requirement && requirement.trigger.kind === "class"
        ? requirement.trigger.findings.map(({ id }) => id)
        : [],
    considered: requirement.kind === "workflow" ? requirement.considered.map(consideredOf) : [],
  };
}

function releaseOf({ what, who, code }: Row): { what: string; who: string; code: string } {
  return { what: toPlain(what), who: toPlain(who), code };
}

function whyOf(requirement: Requirement, rows: readonly Row[]): string[] {
  if (requirement.kind === "checkpoint") {
    const { description, trigger, state } = requirement;
    const applies = toPlain(state === "not_needed" ? whyNotApplies(trigger) : whyApplies(trigger));
    return [description ?? "", applies].filter((text) => text !== "");
  }
  if (requirement.kind === "workflow") {
    const chosen =
      requirement.chosen === "fits" ? "the first workflow that fits" : "no workflow fits, so the strictest asks";
    return [requirement.scope ?? "", chosen].filter((text) => text !== "");
  }
  return rows.slice(0, 1).map((row) => toPlain(row.why));
}

function consideredOf({ name, fits, guards }: { name: string; fits: boolean; guards: readonly Guard[] }) {
  return {
    name,
    fits,
    guards: guards.map(({ criterion, holds, saw }) => {
      const answer = holds === true ? "yes" : holds === false ? "no" : "not known";
      return toPlain(say`${criterion}: ${answer}${saw === "" ? [] : say`, ${phrase(saw)}`}`);
    }),
  };
}

type Guard = Extract<Requirement, { kind: "workflow" }>["considered"][number]["guards"][number];
