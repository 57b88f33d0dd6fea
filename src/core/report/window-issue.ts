/** The issue of a maintenance window: first its announcement, then what was merged through it and the validation that it owes. */

import { lessonsCharactersMin } from "../bypass/reviewed.ts";
import { validationDueAt, type WindowMerge, type WindowRecord, windowKey } from "../bypass/window-record.ts";
import { formatLocalMinute, localMinute } from "../local-clock.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { formatTime, longAgo } from "./times.ts";
import { code, cut, joinList, type Piece, say, toPlain, type Words } from "./words.ts";

export const windowLabel = "holdpoint:window";

export interface WindowIssue {
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  marker: string;
}

/** GitHub's limit. @see https://docs.github.com/rest/issues/issues (a body has at most 65,536 characters) */
const bodyBytesMax = 60_000;

export function windowIssue(record: WindowRecord): WindowIssue {
  const owes = record.merges.length > 0;
  const blocks = [
    keep(paragraphs(whenWords(record), scopeWords(record))),
    ...(owes ? [keep("\n## What was merged through it\n\n"), ...record.merges.map(mergeBlock)] : []),
    keep(owes ? validation(record) : outlook(record)),
    keep(ending(record)),
  ];
  return {
    title: windowTitle(record),
    body: fitBytes(blocks, bodyBytesMax),
    labels: [windowLabel],
    assignees: [],
    marker: windowKey(record),
  };
}

/** Plain text on one line. */
export function windowTitle(record: WindowRecord): string {
  const what = record.merges.length > 0 ? "Validation of maintenance window" : "Maintenance window";
  return cut(toPlain(say`${our(what)} ${record.window} on ${record.baseRef}, ${time(record.start)}`), 200);
}

/** What people are told of a window over their channels: Markdown. */
export function windowMessage(record: WindowRecord): string {
  if (record.merges.length === 0) return paragraphs(whenWords(record), scopeWords(record));
  const { length } = record.merges;
  return paragraphs(
    whenWords(record),
    say`${length} ${our(length === 1 ? "change was" : "changes were")} merged through it and ${our(length === 1 ? "waits" : "wait")} for somebody of the role ${code(record.role)}, due by ${dueTime(record)}.`,
  );
}

/** A comment under an issue that was closed although something is owed. */
export function windowReopened(record: WindowRecord): string {
  return line(
    say`This issue was closed before somebody of the role ${code(record.role)} had looked over what was merged, so it is open again. ${code("/holdpoint reviewed")} settles it.`,
  );
}

/** A comment under the issue of a window that is over, or will not be. */
export function windowSettled(record: WindowRecord): string {
  switch (record.phase) {
    case "unused":
      return "Nothing was merged through this window. Nothing is owed.";
    case "withdrawn":
      return "The policy of the branch does not have this window any more, so it will not open.";
    case "validated":
      return validatedWords(record);
    case "planned":
    case "validating":
      return "";
  }
}

function validatedWords({ review, merges }: WindowRecord): string {
  if (review === null) return "";
  const left = { sound: "All is well", "follow-up": "Something is left to do", revert: "It should be taken back" };
  const words = say`${code(review.person.login)} looked over ${our(merges.length === 1 ? "what was" : "all that was")} merged: ${our(left[review.verdict])} (${our(review.verdict)}), on ${time(review.at)}.`;
  return `${line(words)}\n\n${line(say`> ${cut(review.lessons, 2_000)}`)}`;
}

function whenWords({ window, baseRef, start, end, zone, isForPullRequests }: WindowRecord): Words {
  const local = zone === "UTC" ? [] : say` (${our(inZone(start, zone))} to ${our(inZone(end, zone))} in ${our(zone)})`;
  const what = isForPullRequests ? say`pull requests to ${code(baseRef)} may be merged` : say`deployments may go ahead`;
  return say`In the maintenance window ${code(window)}, from ${time(start)} to ${time(end)}${local}, ${what} without what the policy else asks for.`;
}

function scopeWords({ paths, checkpoints, environments }: WindowRecord): Words {
  const scopes = [
    ...(checkpoints === null ? [] : [say`of the policy, it opens ${names(checkpoints)} alone`]),
    ...(paths === null ? [] : [say`it is only for changes within ${names(paths)}`]),
    ...(environments === null ? [] : [say`it is for deployments to ${names(environments)}`]),
  ];
  if (scopes.length === 0) return [];
  return say`More exactly: ${joinList(scopes)}.`;
}

function names(list: readonly string[]): Words {
  return joinList(
    list.map((name) => [code(name)]),
    "and",
    10,
  );
}

function mergeBlock({ number, commitSha, mergedAt, mergedBy }: WindowMerge): Block {
  const by = mergedBy === null ? [] : say` by ${code(mergedBy.login)}`;
  const as = commitSha === null ? [] : say` as ${our(commitSha)}`;
  return {
    text: `${line(say`- [ ] #${number}, merged on ${time(mergedAt)}${by}${as}`)}\n`,
    expendable: 1,
    name: "merges",
  };
}

function outlook({ role, isForPullRequests }: WindowRecord): string {
  if (!isForPullRequests) return "";
  const words = say`What is merged through it will be listed here, for somebody of the role ${code(role)} to look over.`;
  return `\n${line(words)}\n`;
}

function validation(record: WindowRecord): string {
  const { merges, role } = record;
  const hands = new Map(merges.flatMap(({ people }) => people).map(({ id, login }) => [id, login]));
  const out = [...hands.values()].map((login) => [code(login)]);
  const not = out.length === 0 ? [] : say`, who is not ${joinList(out, "or", 10)}`;
  const who = say`It is settled by somebody of the role ${code(role)}${not}, by ${dueTime(record)}, in a comment on this issue, on a line of its own:`;
  return `
## Checklist

- [ ] Each change did what the window was for, and nothing else
- [ ] What was not asked for before the merge was made up for, or is tracked
- [ ] No alarm or failure that began in the window is left

## How it is settled

${line(who)}

\`\`\`
/holdpoint reviewed sound <what was learned, at least ${lessonsCharactersMin} characters>
\`\`\`

Instead of \`sound\`, \`follow-up\` says that something is left to do and \`revert\` that a change should go. Edited comments do not count.
Closed in any other way, this issue is opened again.
`;
}

function ending(record: WindowRecord): string {
  const words = windowSettled(record);
  return words === "" ? "" : `\n## Settled\n\n${words}\n`;
}

function inZone(at: string, zone: string): string {
  return formatLocalMinute(localMinute(new Date(at), zone));
}

/** Always with the year: what is planned ahead is read at any time. */
function time(at: string): Piece {
  return our(formatTime(new Date(at), longAgo));
}

function dueTime(record: WindowRecord): Piece {
  return time(validationDueAt(record).toISOString());
}

function our(text: string): Piece {
  return { kind: "ours", text };
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}

function paragraphs(...sentences: Words[]): string {
  return `${sentences
    .filter((words) => words.length > 0)
    .map(line)
    .join("\n\n")}\n`;
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}
