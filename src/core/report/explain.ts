/** The verdict's whole story, or that of one checkpoint, criterion or person, for those who ask why: what was looked at and what came of it. */

import { codes } from "../gate/codes.ts";
import { withParts } from "../gate/requirements.ts";
import type { ApprovalsRequirement, Requirement, Verdict } from "../gate/verdict.ts";
import { suggest } from "../policy/suggest.ts";
import { whoCanApprove, whyApproval } from "./approval-words.ts";
import { bypassParagraphs } from "./bypass-words.ts";
import { firstLine } from "./check-summary.ts";
import { whatIsMissing } from "./evidence-words.ts";
import { explainPerson } from "./explain-person.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { isOpenRow, marks, type Row, rowsOf } from "./rows.ts";
import { personPiece, ruleLink, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { whyApplies, whyNotApplies } from "./trigger-words.ts";
import { code, link, phrase, say, strong, type Words } from "./words.ts";

export type Explanation =
  | { kind: "found"; markdown: string }
  /** Nothing is called so; `near`: what was probably meant. */
  | { kind: "unknown"; near: string | null; known: string[] };

/** By which the explanation that a button asked for is found again among our own comments. */
export const explanationMarker = "<!-- holdpoint explanation -->";

/** GitHub takes 65,536 characters in a comment; a comment of that length explains nothing. */
const bytesMax = 16_000;

/** @param about empty for the whole; the name of a checkpoint, workflow or criterion; or a login, with or without `@` */
export function explain(verdict: Verdict, telling: Telling, about = ""): Explanation {
  const wanted = about.trim();
  if (wanted === "") return found(wholeStory(verdict, telling));
  const isPerson = /^@[a-z0-9_-]{1,60}(?:\[bot\])?$/i.test(wanted);
  if (isPerson) return found(explainPerson(wanted.slice(1), verdict, telling));
  const name = wanted.toLowerCase();
  const all = [...withParts(verdict.requirements)];
  const meant = all.filter((one) => isNamed(one) && one.name.toLowerCase() === name);
  if (meant.length > 0) return found(meant.flatMap((one) => ruleStory(one, verdict, telling)));
  const known = [...new Set(all.filter(isNamed).map((one) => one.name))];
  if (peopleIn(verdict).has(name)) return found(explainPerson(wanted, verdict, telling));
  return { kind: "unknown", near: suggest(wanted, known), known };
}

function isNamed({ kind }: Requirement): boolean {
  return kind === "checkpoint" || kind === "workflow" || kind === "criterion";
}

function peopleIn({ approvals, fastestWay }: Verdict): ReadonlySet<string> {
  const people = [...approvals.map(({ person }) => person), ...fastestWay];
  return new Set(people.map(({ login }) => login.toLowerCase()));
}

function found(lines: readonly string[]): Explanation {
  const blocks = lines.map(
    (text, index): Block => ({ text: `${text}\n`, expendable: index === 0 ? 0 : 1, name: "lines" }),
  );
  return { kind: "found", markdown: fitBytes(blocks, bytesMax).trimEnd() };
}

function wholeStory(verdict: Verdict, telling: Telling): string[] {
  const rows = rowsOf(verdict, telling);
  const open = rows.filter(isOpenRow);
  const others = rows.filter((row) => !open.includes(row));
  return [
    paragraph(firstLine(verdict, rows)),
    ...bypassParagraphs(verdict, telling).flatMap((words) => ["", paragraph(words)]),
    ...(open.length > 0 ? ["", ...open.flatMap(rowLines)] : []),
    ...(others.length > 0 ? ["", "Looked at as well:", "", ...others.flatMap(rowLines)] : []),
    ...approvalLines(verdict, telling),
    "",
    `Ask for one of them with ${toMarkdown([code("/holdpoint explain <name>")])}, or for a person with ${toMarkdown([code("/holdpoint explain @login")])}.`,
  ];
}

function rowLines(row: Row): string[] {
  const who = row.who.length > 0 ? say`; ${row.who}` : [];
  return [item(say`${{ kind: "ours", text: marks[row.state] }} ${strong(row.what)}: ${row.why}${who} (${row.code})`)];
}

function approvalLines({ approvals }: Verdict, { now }: Telling): string[] {
  const lines = approvals.map((one) =>
    item(say`${personPiece(one.person)} by ${one.method}, ${when(one.at, now)}: ${whyApproval(one)}`),
  );
  return lines.length === 0 ? [] : ["", "Approvals met:", "", ...lines];
}

/** One checkpoint, workflow or criterion: what became of it, why it is asked for, and who or what meets it. */
function ruleStory(requirement: Requirement, verdict: Verdict, telling: Telling): string[] {
  const heading = say`${{ kind: "ours", text: marks[requirement.state] }} ${strong(say`${requirement.name}`)}${ruleLink(requirement.line, telling)}: ${reason(requirement, telling)}`;
  const advice =
    requirement.holds || requirement.state === "not_needed" ? [] : [item(say`it is asked for and never holds`)];
  return [paragraph(heading), "", ...whyLines(requirement), ...advice, ...meetLines(requirement, verdict, telling), ""];
}

function reason({ code: id }: Requirement, { codeUrl }: Telling): Words {
  const { title } = codes[id];
  return say`${`${title.charAt(0).toLowerCase()}${title.slice(1)}`} (${link(say`${id}`, codeUrl(id))})`;
}

function whyLines(requirement: Requirement): string[] {
  if (requirement.kind === "checkpoint") {
    const { state, trigger, description } = requirement;
    const why = state === "not_needed" ? whyNotApplies(trigger) : whyApplies(trigger);
    const says = description === null ? [] : [item(say`${description}`)];
    return why.length === 0
      ? says
      : [...says, item(say`${state === "not_needed" ? "does not apply" : "applies"}: ${why}`)];
  }
  if (requirement.kind !== "workflow") return [];
  return requirement.considered.flatMap((one) => [
    item(say`${one.name} ${one.fits ? "fits" : "does not fit"}`),
    ...one.guards.map(({ criterion, holds, saw }) =>
      item(
        say`${criterion}: ${holds === true ? "yes" : holds === false ? "no" : "not known"}${saw === "" ? [] : say`, ${phrase(saw)}`}`,
        1,
      ),
    ),
  ]);
}

function meetLines(requirement: Requirement, verdict: Verdict, telling: Telling): string[] {
  if (requirement.kind === "approvals") return seatLines(requirement, telling);
  if (requirement.kind === "criterion") {
    const { evidence, state, name } = requirement;
    const saw = evidence.saw === "" ? [] : [item(say`seen: ${phrase(evidence.saw)}`)];
    return state === "satisfied" ? saw : [...saw, item(say`how: ${whatIsMissing(name, evidence, 20)}`)];
  }
  if ("parts" in requirement) return requirement.parts.flatMap((part) => partLines(part, verdict, telling));
  return rowsOf({ requirements: [requirement] }, telling).flatMap(rowLines);
}

function partLines(part: Requirement, verdict: Verdict, telling: Telling): string[] {
  if (part.kind === "approvals") return seatLines(part, telling);
  if (part.kind !== "criterion") return meetLines(part, verdict, telling);
  const heading = item(say`${{ kind: "ours", text: marks[part.state] }} ${part.name}: ${reason(part, telling)}`);
  return [heading, ...meetLines(part, verdict, telling).map((line) => `  ${line}`)];
}

/** A seat with everybody who spoke for it, and who still could. */
function seatLines(seat: ApprovalsRequirement, telling: Telling): string[] {
  const heading = item(
    say`${{ kind: "ours", text: marks[seat.state] }} ${seat.needed === 1 ? say`one approval` : say`${seat.needed} approvals`} of ${seat.name}: ${reason(seat, telling)}`,
  );
  const given = seat.given.map((one) =>
    item(say`${personPiece(one.person)}, ${when(one.at, telling.now)}: ${whyApproval(one)}`, 1),
  );
  const who = seat.state === "satisfied" ? [] : [item(say`who can: ${whoCanApprove(seat, telling)}`, 1)];
  return [heading, ...given, ...who];
}

function item(words: Words, depth = 0): string {
  return `${"  ".repeat(depth)}- ${toMarkdown(quietWords(words))}`;
}

function paragraph(words: Words): string {
  return toMarkdown(quietWords(words));
}
