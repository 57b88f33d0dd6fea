/** What is said on the issue of a review that is owed. Nobody is called; what people wrote is escaped. */

import type { HandIn, PostReviewData } from "../bypass/post-review-data.ts";
import { lessonsCharactersMin } from "../bypass/reviewed.ts";
import type { Person } from "../snapshot.ts";
import { toMarkdown } from "./markdown.ts";
import { whole } from "./post-review-facts.ts";
import { quietWords } from "./quiet-words.ts";
import { formatTime, longAgo, when } from "./times.ts";
import { code, link, say, type Words } from "./words.ts";

/** By which a comment of ours is found again and rewritten. */
export function postReviewMarker(about: "early 1" | "early 2" | "early 3" | "merged" | "overdue" | "dropped"): string {
  return `<!-- holdpoint post-review ${about} -->`;
}

export const recordMarker = "<!-- holdpoint post-review record -->";

/** From the third time on one comment tells of all: nobody wins a war of comments. */
export function earlyMarker(times: number): string {
  return postReviewMarker(times <= 1 ? "early 1" : times === 2 ? "early 2" : "early 3");
}

export function closedEarly(
  { role }: PostReviewData,
  { by, times, at }: { by: Person | null; times: number; at: Date | null },
): string {
  const who = by === null ? say`Somebody` : [code(by.login)];
  const when = at === null ? "" : ` on ${formatTime(at, longAgo)}`;
  const often = times < 3 ? "" : ` It has been closed early ${times} times.`;
  return comment(
    say`${who} closed this issue${ours(when)}, and the review it is for is still owed, so that it is open again.${ours(often)} It is settled by ${code("/holdpoint reviewed <sound | follow-up | revert> <lessons learned>")} of somebody who holds the role ${code(role)} and had no hand in the change or in letting it through.`,
    earlyMarker(times),
  );
}

export function overdueNote({ role }: PostReviewData, dueAt: Date): string {
  return comment(
    say`This review was due by ${when(dueAt, longAgo)} and is overdue; it is being escalated. Anybody of the role ${code(role)} who had no hand in it can settle it.`,
    postReviewMarker("overdue"),
  );
}

export function droppedNote(why: NonNullable<PostReviewData["dropped"]>): string {
  const words = {
    unused: say`The bypass ended without anything being merged by it, so that no review is owed.`,
    passed: say`The change was merged through its open gate, so that no review is owed.`,
    orphan: say`The bypass was not granted after all, so that no review is owed.`,
  } satisfies Record<NonNullable<PostReviewData["dropped"]>, Words>;
  return comment(words[why], postReviewMarker("dropped"));
}

/** Put before the first words of an issue that was filed again. */
export function refiledHead(before: number): string {
  const was =
    before > 0
      ? say`This review was kept in #${before}, which was deleted or moved away while it was owed.`
      : say`This review could not be filed when it began to be owed.`;
  return `> ${line(was)}\n\n`;
}

/** Appended to the issue when it is settled. */
export function reviewRecord(review: NonNullable<PostReviewData["review"]>, body: string): string {
  const { done, all } = checklistOf(body);
  const lessons = line(say`> ${whole(review.lessons)}`);
  const facts = [
    say`Verdict: ${code(review.verdict)}`,
    say`Reviewed by ${code(review.person.login)} on ${when(new Date(review.at), longAgo)}`,
    say`Checklist: ${done} of ${all} ticked`,
  ];
  const list = facts.map((words) => `- ${line(words)}`).join("\n");
  return `\n\n${recordMarker}\n## Review\n\n${list}\n\nLessons learned:\n\n${lessons}\n`;
}

export function checklistOf(body: string): { done: number; all: number } {
  const boxes = body.match(/^\s*[-*] \[[ xX]\] /gm) ?? [];
  return { done: boxes.filter((box) => /x/i.test(box)).length, all: boxes.length };
}

const handWords: Record<HandIn, string> = {
  author: "opened the pull request",
  contributor: "has commits in it",
  requester: "asked for the bypass",
  second_person: "agreed to the bypass",
  merger: "merged it past the gate",
};

export const reviewAnswers = {
  noVerdict: () => reply(say`It starts with ${code("sound")}, ${code("follow-up")} or ${code("revert")}: ${example}`),
  noLessons: () =>
    reply(
      say`It says what was learned, in at least ${lessonsCharactersMin} characters and more than one word: ${example}`,
    ),
  tooEarly: () =>
    reply(
      say`The change was not merged yet when that was written, so that there was nothing to review. Say it again after the merge.`,
    ),
  settled: () => reply(say`Nothing is owed here any more.`),
  handIn: (login: string, why: HandIn) =>
    reply(say`${code(login)} ${ours(handWords[why])}, so that the review is somebody else's to give.`),
  notEntitled: (login: string, role: string) =>
    reply(say`${code(login)} does not hold the role ${code(role)}, which this review takes.`),
  unreadable: (login: string, role: string) =>
    reply(
      say`Whether ${code(login)} holds the role ${code(role)} cannot be read at the moment. Holdpoint looks again; nothing has to be repeated.`,
    ),
  done: (verdict: string) => reply(say`Recorded: ${code(verdict)}. The review is settled and this issue is closed.`),
};

const example = say`for example ${code("/holdpoint reviewed sound the alert came ten minutes late, it now watches the queue")}.`;

export function issueLink(number: number, url: string | null): Words {
  return link(say`#${number}`, url);
}

function comment(words: Words, marker: string): string {
  return `${line(words)}\n\n${marker}\n`;
}

function reply(words: Words): string {
  return line(words);
}

function ours(text: string): Words {
  return text === "" ? [] : [{ kind: "ours", text }];
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}
