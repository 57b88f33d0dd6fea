/** What the commands of the review loop answer. */

import type { SplitPart } from "../rounds/propose-split.ts";
import type { Version } from "../rounds/session.ts";
import type { When } from "../rounds/when.ts";
import { codeSpan } from "./markdown.ts";
import { count, spoken } from "./telling.ts";
import { formatTime } from "./times.ts";

/** So many files of a part are listed. */
const filesMax = 20;

export const nothingKnown =
  "Nothing is known of this review yet. Holdpoint looks at it now; give the command again in a moment.";

export function splitAnswer(parts: readonly SplitPart[]): string {
  if (parts.length < 2) {
    return "All of this change is in one place, so that no split suggests itself by folders. Commits that stand by themselves are the next thing to look for.";
  }
  const items = parts.map(({ name, files, lines, classes }) => {
    const held = classes.length === 0 ? "" : `; findings: ${classes.map(spoken).join(", ")}`;
    const shown = files.slice(0, filesMax).map((file) => `  - ${codeSpan(file.path)} (${count(file.lines, "line")})`);
    const more = files.length > filesMax ? [`  - and ${files.length - filesMax} more`] : [];
    const title = `- [ ] ${codeSpan(name)}: ${count(files.length, "file")}, ${count(lines, "line")}${held}`;
    return [title, ...shown, ...more].join("\n");
  });
  return `This change could be split into ${count(parts.length, "pull request")}, to be merged in this order. Each has to build by itself, which folders do not tell.

${items.join("\n")}`;
}

export interface RestoreFacts {
  version: Version;
  /** `null`: it could not be made. */
  branch: string | null;
  /** Where to fetch from. */
  url: string;
}

/** Only names that we chose stand in the commands: a branch's name may hold anything. */
export function restoreAnswer({ version, branch, url }: RestoreFacts): string {
  const { number, headSha } = version;
  const opening =
    branch === null
      ? `A branch with v${number} could not be made: Holdpoint may not write to this repository, or a branch of its name stands elsewhere. The commit itself can still be fetched.`
      : `The branch \`${branch}\` is at v${number} (\`${headSha.slice(0, 7)}\`). Nothing was pushed to the pull request.`;
  return `${opening} To go back to it, on the pull request's branch:

\`\`\`sh
git fetch ${url} ${branch ?? headSha}
git restore --source=FETCH_HEAD --staged --worktree -- :/
git commit -m "Back to v${number}"
git push
\`\`\`

This keeps what came after it in the history. \`git reset --hard FETCH_HEAD\` and \`git push --force-with-lease\` in place of the last three lines take it out.`;
}

export function unknownVersion(written: string, known: readonly number[]): string {
  const versions = known.map((number) => `v${number}`).join(", ");
  const asked = written === "" ? "Say which version" : `There is no version ${codeSpan(written.slice(0, 40))}`;
  return `${asked}. Kept are ${versions}; \`/holdpoint rounds\` shows them. Write e.g. \`/holdpoint restore v${known.at(-1) ?? 1}\`.`;
}

export function scheduleAnswer(when: When, now: Date): string {
  switch (when.kind) {
    case "at":
      return `Put aside until ${formatTime(when.at, now)}: no reminders until then. The check stays as it is. \`/holdpoint continue\` takes it up again.`;
    case "past":
      return "That moment is over. Times are UTC: write e.g. `/holdpoint schedule 3d` or `/holdpoint schedule 2026-12-01 10:00`.";
    case "too_far":
      return "That is more than a year away. Write a moment within a year, e.g. `/holdpoint schedule 2w`.";
    case "unreadable":
      return "That is no moment. Write a duration, a day or a time (UTC): `/holdpoint schedule 3d`, `/holdpoint schedule tomorrow` or `/holdpoint schedule 2026-12-01 10:00`.";
  }
}

export const continueAnswer = "It goes on as before. Ways out are offered again after as many more rounds.";

/** @param login of somebody whom we asked: a mention is meant */
export function askedAnswer(login: string, why: "pair" | "expert"): string {
  return why === "pair"
    ? `@${login} was asked to look at this change together with the author.`
    : `@${login} was asked for a review, as an expert who was not asked yet.`;
}

export function noExpert(roles: readonly string[]): string {
  return `Nobody was asked: of ${roles.map(codeSpan).join(" and ")} no one is known who is available, has no hand in the change and was not asked yet. \`/holdpoint pair @login\` asks somebody by name.`;
}

export function cannotAsk(written: string): string {
  return written === ""
    ? "Say whom to ask: `/holdpoint pair @login`."
    : `${codeSpan(written.slice(0, 60))} could not be asked: it is no account that can read this repository, or it is the author.`;
}
