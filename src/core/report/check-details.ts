/** The check's details: collapsed sections with the evidence, every rule looked at, approvals kept and dropped, and the reason codes. */

import { codes } from "../gate/codes.ts";
import type { CountedApproval, Requirement, Verdict, WorkflowRequirement } from "../gate/verdict.ts";
import type { Problem } from "../problem.ts";
import { whyApproval } from "./approval-words.ts";
import { toldCodes } from "./code-pages/index.ts";
import { whatIsMissing } from "./evidence-words.ts";
import { findingsList, suppressedList } from "./findings-list.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { marks } from "./rows.ts";
import { count, personPiece, ruleLink, spoken, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { whyApplies, whyNotApplies } from "./trigger-words.ts";
import { code, enumerate, joinList, link, ourPhrase, phrase, say, type Words } from "./words.ts";

/** A collapsed section: what stands on it while closed, and its lines. */
interface Section {
  heading: string | null;
  title: string;
  lines: string[];
  expendable: number;
  /** What its lines are, in the plural. */
  name: string;
}

export function checkDetails(verdict: Verdict, telling: Telling): string {
  const sections = [
    findingsSection(verdict, telling),
    suppressedSection(verdict, telling),
    rulesSection(verdict, telling),
    approvalsSection(verdict, telling),
    workflowSection(verdict),
    notAnalysedSection(verdict),
    leftOutSection(verdict),
    notesSection(telling),
    codesSection(verdict, telling),
  ];
  return fitBytes(sections.filter((section) => section.lines.length > 0).flatMap(sectionBlocks));
}

function sectionBlocks({ heading, title, lines, expendable, name }: Section): Block[] {
  const head = `${heading === null ? "" : `### ${heading}\n`}<details><summary>${title}</summary>\n\n`;
  return [
    { text: head, expendable: 0, name },
    ...lines.map((line) => ({ text: `${line}\n`, expendable, name })),
    { text: "\n</details>\n\n", expendable: 0, name },
  ];
}

function list(words: Words, depth = 0): string {
  return `${"  ".repeat(depth)}- ${toMarkdown(words)}`;
}

function findingsSection(verdict: Verdict, telling: Telling): Section {
  return { heading: "Findings", ...findingsList(verdict, telling), expendable: 2, name: "lines about findings" };
}

function suppressedSection(verdict: Verdict, telling: Telling): Section {
  return { heading: null, ...suppressedList(verdict, telling), expendable: 2, name: "lines about findings left out" };
}

function rulesSection({ requirements }: Verdict, telling: Telling): Section {
  const lines = requirements.flatMap((requirement) => ruleLines(requirement, telling, 0));
  const title = `${count(requirements.length, "rule")} looked at`;
  return { heading: null, title, lines, expendable: 3, name: "lines about rules" };
}

function ruleLines(requirement: Requirement, telling: Telling, depth: number): string[] {
  const isPassed = requirement.state === "bypassed";
  const isHeld = requirement.holds || requirement.state === "not_needed";
  const held = isPassed ? ", let through" : isHeld ? "" : ", not required";
  const words = say`${{ kind: "ours", text: marks[requirement.state] }} ${ruleName(requirement)}${ruleLink(requirement.line, telling)}: ${codeTitle(requirement.code)}${held}`;
  const trigger = requirement.kind === "checkpoint" ? triggerWords(requirement) : [];
  const isOpenCriterion = requirement.kind === "criterion" && requirement.state !== "satisfied";
  const how = isOpenCriterion ? whatIsMissing(requirement.name, requirement.evidence, 20) : [];
  const line = list(
    trigger.length > 0 ? say`${words}: ${trigger}` : how.length > 0 ? say`${words}: ${how}` : words,
    depth,
  );
  return "parts" in requirement
    ? [line, ...requirement.parts.flatMap((part) => ruleLines(part, telling, depth + 1))]
    : [line];
}

function ruleName(requirement: Requirement): Words {
  if (requirement.kind === "objection") return say`objection of ${personPiece(requirement.person)}`;
  return say`${requirement.name}`;
}

function triggerWords({ state, trigger }: Extract<Requirement, { kind: "checkpoint" }>): Words {
  return state === "not_needed" ? whyNotApplies(trigger) : whyApplies(trigger);
}

/** The code's own title, starting lower case; an unknown code stands for itself. */
function codeTitle(reason: string): string {
  const title = Object.hasOwn(codes, reason) ? codes[reason as keyof typeof codes].title : reason;
  return title === reason ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function approvalsSection({ approvals, requirements }: Verdict, { now }: Telling): Section {
  const kept = approvals.filter(isKept).length;
  const lines = approvals.flatMap((approval) => [
    list(
      say`${{ kind: "ours", text: isKept(approval) ? marks.satisfied : marks.must_change }} ${personPiece(approval.person)} by ${approval.method}, ${when(approval.at, now)}: ${whyApproval(approval)}`,
    ),
    ...elsewhere(approval, requirements).map((words) => list(words, 1)),
  ]);
  const title = approvals.length > 0 ? `${count(approvals.length, "approval")}, ${kept} kept` : "Who may approve";
  return {
    heading: null,
    title,
    lines: [...lines, ...coverageLines(requirements), ...fallbackLines(requirements)],
    expendable: 1,
    name: "lines about approvals",
  };
}

function isKept({ outcome }: CountedApproval): boolean {
  return outcome.kind === "counts";
}

/** What the approval came to for rules that judged it otherwise than the best of them did. */
function elsewhere(approval: CountedApproval, requirements: readonly Requirement[], rule = ""): Words[] {
  return requirements.flatMap((requirement) => {
    if ("parts" in requirement) return elsewhere(approval, requirement.parts, requirement.name);
    if (requirement.kind !== "approvals") return [];
    const same = requirement.given.find(
      ({ person, method, at }) =>
        person.id === approval.person.id && method === approval.method && at.getTime() === approval.at.getTime(),
    );
    const isOther = same && same.outcome.kind !== approval.outcome.kind && same.outcome.kind !== "not_eligible";
    return isOther ? [say`for ${rule}: ${whyApproval(same)}`] : [];
  });
}

/** Files whose owners have to approve, each with who did. */
function coverageLines(requirements: readonly Requirement[]): string[] {
  return requirements.flatMap((requirement) => {
    if ("parts" in requirement) return coverageLines(requirement.parts);
    if (requirement.kind !== "approvals") return [];
    return (requirement.coverage ?? []).map(({ path, owners, by }) => {
      const people = enumerate((by.length > 0 ? by : owners).map((person): Words => [personPiece(person)]));
      return list(say`${code(path)}: ${by.length > 0 ? "approved by" : "waits for"} ${people}`);
    });
  });
}

/** Roles that the policy does not map, and what each came to mean. */
function fallbackLines(requirements: readonly Requirement[]): string[] {
  const lines = new Set<string>();
  for (const requirement of requirements) {
    if ("parts" in requirement) for (const line of fallbackLines(requirement.parts)) lines.add(line);
    if (requirement.kind !== "approvals") continue;
    for (const role of requirement.roles) {
      if (role.how === "team")
        lines.add(
          list(
            say`role ${role.role}: not mapped in the policy, taken as ${joinList(role.teams.map((team) => say`the team ${code(team)}`))}`,
          ),
        );
      if (role.how === "permission")
        lines.add(
          list(
            say`role ${role.role}: not mapped in the policy, taken as everybody with ${role.permission ?? "no"} permission`,
          ),
        );
    }
  }
  return [...lines];
}

function workflowSection({ requirements }: Verdict): Section {
  const workflow = requirements.find(
    (requirement): requirement is WorkflowRequirement => requirement.kind === "workflow",
  );
  const lines = (workflow?.considered ?? []).flatMap((one) => [
    list(say`${one.name}: ${one.fits ? "fits" : "does not fit"}`),
    ...one.guards.map((guard) =>
      list(
        say`${guardMark(guard.holds)} ${spoken(guard.criterion)}${guard.saw === "" ? [] : say`: ${phrase(guard.saw)}`}`,
        1,
      ),
    ),
  ]);
  const title =
    workflow?.chosen === "strictest"
      ? "How the workflow was chosen: none fits, so the strictest"
      : "How the workflow was chosen: the first that fits";
  return { heading: null, title, lines, expendable: 4, name: "lines about workflows" };
}

function guardMark(holds: boolean | "unknown"): Words {
  return holds === true ? say`✓` : holds === false ? say`✗` : say`✗ (not known)`;
}

function notAnalysedSection({ classification: { notAnalysed } }: Verdict): Section {
  const lines = notAnalysed.map(({ path, why }) => list(say`${code(path)}: ${phrase(why)}`));
  return {
    heading: null,
    title: `${count(notAnalysed.length, "file")} not looked into`,
    lines,
    expendable: 5,
    name: "lines about files not looked into",
  };
}

function leftOutSection({ classification: { size } }: Verdict): Section {
  const lines = size.leftOut.map(({ path, why, lines: amount }) =>
    list(say`${code(path)}: ${phrase(why)}, ${count(amount, "line")}`),
  );
  return {
    heading: null,
    title: `${count(size.leftOut.length, "file")} left out of the size`,
    lines,
    expendable: 6,
    name: "lines about files left out of the size",
  };
}

function notesSection({ document: { problems }, snapshot }: Telling): Section {
  const owners = (snapshot.directory.codeownersProblems ?? []).map(({ line, found }) =>
    list(say`${code(`CODEOWNERS:${line}`)}: ${phrase(found)}`),
  );
  const lines = [...problems.map((problem) => list(problemWords(problem))), ...owners];
  return {
    heading: null,
    title: `${count(lines.length, "note")} on the policy`,
    lines,
    expendable: 7,
    name: "notes on the policy",
  };
}

/** One mistake on one line: `.github/checkpoints.yml:14:9: "soon" is not a duration; expected …; write …`. */
export function problemWords({ where, found, expected, fix, code: id }: Problem): Words {
  const place = [where.file, where.line, where.line === undefined ? undefined : where.column]
    .filter((part) => part !== undefined)
    .join(":");
  const rest = [
    expected === "" ? [] : say`; expected ${phrase(expected)}`,
    fix === "" ? [] : say`; ${phrase(fix)}`,
  ].flat();
  return say`${code(place)}: ${phrase(found)}${rest} (${id})`;
}

function codesSection({ codes: open }: Verdict, { codeUrl }: Telling): Section {
  const lines = open.map((reason) => {
    const told = toldCodes.find((one) => one.code === reason);
    const words = told === undefined ? say`see the documentation` : ourPhrase(`${told.title}. ${told.fix}`);
    return list(say`${link(say`${reason}`, codeUrl(reason))}: ${words}`);
  });
  return { heading: null, title: "Reason codes", lines, expendable: 8, name: "reason codes" };
}
