/** What a level of an escalation says on GitHub: all of it in one comment. Those who are told are mentioned, and nobody else. */

import { readStepData, type StepData } from "../escalation/step-data.ts";
import { type EscalationTold, levelWords, nextWords, stuckWords } from "./escalation-message.ts";
import { timelineLines } from "./escalation-timeline.ts";
import { fastestWayWords } from "./fastest-way-words.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { isOpenRow, marks, rowsOf } from "./rows.ts";
import { count, personPiece } from "./telling.ts";
import { code, joinList, say, strong, type Words } from "./words.ts";

/** GitHub takes 65,536 characters; a comment of that length helps nobody. */
const bytesMax = 20_000;

/** @returns `null` where the level did nothing that is worth a comment */
export function levelComment(told: EscalationTold): string | null {
  const done = told.steps.filter(({ action, outcome }) => action !== "comment" && outcome === "done");
  const lines: Words[] = [];
  const folded: Block[] = [];
  for (const { action, data } of done) {
    lines.push(...(lineOf[action]?.(readStepData(data), told) ?? []));
    folded.push(...(foldOf[action]?.(told) ?? []));
  }
  if (lines.length === 0 && folded.length === 0) return null;
  const blocks: Block[] = [
    keep(`${toMarkdown(headWords(told))}\n`),
    ...(lines.length > 0 ? [keep(`\n${lines.map((words) => `- ${toMarkdown(words)}\n`).join("")}`)] : []),
    ...folded,
    keep(`\n${toMarkdown(footWords(told))}\n`),
  ];
  return fitBytes(blocks, bytesMax).trimEnd();
}

function headWords(told: EscalationTold): Words {
  return say`${strong(say`${stuckWords(told)}.`)} This is ${levelWords(told.level)}.`;
}

/** How to answer, and what happens otherwise. */
function footWords(told: EscalationTold): Words {
  return say`${code("/holdpoint ack")} says that you are at it and gives this level its time anew; ${code("/holdpoint snooze 1d <reason>")} puts it off; ${code("/holdpoint hand-over @login")} gives it to somebody else. ${nextWords(told)}`;
}

type Line = (data: StepData, told: EscalationTold) => Words[];

/** A line for what was done, by action. */
const lineOf: Readonly<Record<string, Line>> = {
  automated_fixes: ({ people, updates }) => [
    ...(updates === null ? [] : [say`The base branch was brought into the change.`]),
    ...(people.length > 0 ? [say`Asked again, since their review was dismissed: ${called(people)}.`] : []),
  ],
  retries: ({ runs }) => [
    say`Failed jobs are run again: ${joinList(runs.map(({ name, attempt }) => say`${code(name)} (attempt ${attempt + 1})`))}.`,
  ],
  fallbacks: ({ people }) => [say`Asked for a review as well: ${called(people)}.`],
  developer_notification: ({ people }) =>
    people.length > 0 ? [say`${called(people)}: this waits for you.`] : [say`Nobody is asked for it yet.`],
  technical_lead_notification: holdersLine,
  management_notification: holdersLine,
  manual_intervention: ({ people, roles, label }) => [
    people.length > 0
      ? say`Assigned to ${called(people)}, to decide how it goes on.`
      : say`Nobody who holds the role ${roleWords(roles)} is known to be assigned; the policy's ${code("roles:")} can name them.`,
    ...(label === null ? [] : [say`It bears the label ${code(label)} until it is settled.`]),
  ],
  resource_allocation: ({ people }) => [say`More people are asked: ${called(people)}.`],
  external_support: ({ channels }) =>
    channels.length > 0 ? [say`Called from outside over ${joinList(channels.map((name) => [code(name)]))}.`] : [],
  suggested_solutions: (_, told) => suggestions(told),
};

function holdersLine({ people, roles }: StepData): Words[] {
  return people.length > 0
    ? [say`${called(people)}: told as ${roleWords(roles)}.`]
    : [say`Nobody who holds the role ${roleWords(roles)} is known; the policy's ${code("roles:")} can name them.`];
}

/** The fastest way, and exact commands. */
function suggestions({ review, stuck, failed }: EscalationTold): Words[] {
  if (review === null) {
    return stuck.kind === "post_review" || stuck.kind === "window_validation"
      ? [
          say`Settled by ${code("/holdpoint reviewed sound <lessons learned>")} of somebody who holds ${roleWords(stuck.roles)}.`,
        ]
      : [say`${code("/holdpoint help")} lists what can be said here.`];
  }
  const fastest = quietWords(fastestWayWords(review.verdict, review.telling));
  return [
    ...(fastest.length > 0 ? [fastest] : []),
    ...(failed.length > 0
      ? [
          say`Failed: ${joinList(failed.map(({ name }) => [code(name)]))}. A new push runs them anew; so does "Re-run failed jobs" in the Checks tab.`,
        ]
      : []),
    say`${code("/holdpoint explain")} says why it is held, ${code("/holdpoint escalate")} asks an expert at once, ${code("/holdpoint split")} proposes smaller changes.`,
  ];
}

/** What is long is folded, and left out first. */
const foldOf: Readonly<Record<string, (told: EscalationTold) => Block[]>> = {
  automated_diagnostics: (told) => fold("What is missing", diagnosticLines(told), 2),
  detailed_analysis: (told) => fold("What has happened so far", timelineLines(told), 3),
};

function diagnosticLines({ review, stuck, failed }: EscalationTold): Words[] {
  if (review === null) return [say`Waiting for ${roleWords(stuck.roles)}.`];
  const { verdict, telling } = review;
  const open = rowsOf(verdict, telling).filter(isOpenRow);
  const { checks } = telling.snapshot;
  const pending = checks.filter(({ state }) => state === "pending").length;
  const states = [
    ...(failed.length > 0
      ? [say`failed of those the policy asks for: ${joinList(failed.map(({ name }) => [code(name)]))}`]
      : []),
    ...(pending > 0 ? [ours(`${count(pending, "check")} still running`)] : []),
  ];
  const ci =
    checks.length === 0
      ? []
      : states.length > 0
        ? [say`CI: ${joinList(states)}.`]
        : [say`CI: ${ours(count(checks.length, "check"))}, none that is asked for failed.`];
  return [
    ...open.map(
      (row) =>
        say`${ours(marks[row.state])} ${strong(row.what)}: ${row.why}${row.who.length > 0 ? say`; ${row.who}` : []}`,
    ),
    ...ci,
  ];
}

function fold(title: string, lines: readonly Words[], expendable: number): Block[] {
  if (lines.length === 0) return [];
  const items = lines.map((words) => `- ${toMarkdown(quietWords(words))}\n`).join("");
  return [{ text: `\n<details><summary>${title}</summary>\n\n${items}\n</details>\n`, expendable, name: "sections" }];
}

/** Mentioned: they are told. */
function called(people: StepData["people"]): Words {
  return joinList(
    people.map(({ login }) => [personPiece({ login, kind: "user" })]),
    "and",
    15,
  );
}

function roleWords(roles: readonly string[]): Words {
  if (roles.length === 0) return say`whoever can settle it`;
  return joinList(
    roles.map((role) => [code(role)]),
    "or",
  );
}

function ours(text: string): Words {
  return [{ kind: "ours", text }];
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}
