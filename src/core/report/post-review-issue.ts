/** The issue for a review that is owed: what was let through, why, by whom, and what the review has to come to. */

import { postReviewLabel } from "../bypass/post-review.ts";
import type { PostReviewData } from "../bypass/post-review-data.ts";
import { lessonsCharactersMin } from "../bypass/reviewed.ts";
import { candidatesOf } from "../gate/candidates.ts";
import { type LetThrough, type OwedReview, owedReview } from "../gate/owed-review.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import { findingsList } from "./findings-list.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { throughLines } from "./post-review-facts.ts";
import { quietWords } from "./quiet-words.ts";
import { isOpenRow, type Row, rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { code, cut, joinList, oneLine, say, type Words } from "./words.ts";

export interface PostReviewIssue {
  title: string;
  body: string;
  labels: string[];
  /** Logins of people who are known to be able to review it; more are looked for once it is filed. */
  assignees: string[];
  marker: string;
}

type Grantable = Extract<LetThrough, { kind: "bypass" }>["state"];

interface Known {
  verdict: Verdict | null;
  telling: Telling | null;
  document: PolicyDocument | null;
  now: Date;
}

/** GitHub's limit. @see https://docs.github.com/rest/issues/issues (a body has at most 65,536 characters) */
const bodyBytesMax = 60_000;
const assigneesMax = 5;

/** Of a bypass that is about to be granted. */
export function postReviewIssue(verdict: Verdict, telling: Telling, state: Grantable): PostReviewIssue {
  const { snapshot, document, now } = telling;
  return renderPostReview({ kind: "bypass", state }, snapshot, { verdict, telling, document, now });
}

/** What is kept beside that issue. */
export function postReviewData(verdict: Verdict, telling: Telling, state: Grantable): PostReviewData {
  const through: LetThrough = { kind: "bypass", state };
  const { title, body } = postReviewIssue(verdict, telling, state);
  return { ...owedReview(through, telling), title, body };
}

/**
 * Of a pull request that was merged around its gate.
 *
 * @param snapshot with the base that the change left
 * @param known verdict and telling are `null` where no policy can be read any more; `document` is the policy from before the change
 */
export function aroundReview(snapshot: Snapshot, known: Known): { issue: PostReviewIssue; data: PostReviewData } {
  const through: LetThrough = { kind: "around" };
  const issue = renderPostReview(through, snapshot, known);
  const owed = owedReview(through, { snapshot, ...known });
  return { issue, data: { ...owed, title: issue.title, body: issue.body } };
}

function renderPostReview(
  through: LetThrough,
  snapshot: Snapshot,
  { verdict, telling, document, now }: Known,
): PostReviewIssue {
  const owed = owedReview(through, { snapshot, document, now });
  const rows = verdict === null || telling === null ? [] : skippedRows(through, rowsOf(verdict, telling));
  const findings =
    verdict === null ? { title: "", lines: [] } : findingsList(verdict, telling ?? { ruleUrl: () => null });
  const known = document === null ? [] : candidatesOf(owed.role, document.policy, snapshot);
  const blocks: Block[] = [
    ...throughLines(through, { snapshot, verdict, document, owed, server: telling?.server ?? null, now }).map(keep),
    keep(`\n## What was skipped\n\n${skippedHead(rows, verdict)}`),
    ...rows.map((row) => spare(rowLine(row), 2, "requirements")),
    ...(findings.lines.length === 0 ? [] : [keep(`\n## Findings\n\n${findings.title}:\n\n`)]),
    ...findings.lines.map((text) => spare(`${text}\n`, 3, "findings")),
    keep(closing(owed)),
  ];
  return {
    title: cut(`Post-review of #${snapshot.number ?? 0}: ${oneLine(snapshot.title)}`, 200),
    body: fitBytes(blocks, bodyBytesMax),
    labels: [postReviewLabel],
    assignees: reviewersAmong(known, owed).map(({ login }) => login),
    marker: `post-review:${snapshot.number ?? 0}:${snapshot.head.sha.slice(0, 12)}`,
  };
}

/** Of these people, those who had no hand in what is reviewed. */
export function reviewersAmong(people: readonly Person[], { excluded }: Pick<OwedReview, "excluded">): Person[] {
  const out = new Set(excluded.map(({ id }) => id));
  const logins = new Set(excluded.map(({ login }) => login.toLowerCase()));
  return people
    .filter(({ id, login, kind }) => kind === "user" && !out.has(id) && !logins.has(login.toLowerCase()))
    .slice(0, assigneesMax);
}

function skippedRows(through: LetThrough, rows: readonly Row[]): Row[] {
  const open = rows.filter(isOpenRow);
  if (through.kind === "around" || through.state.request.scope === "all") return open;
  const names = through.state.request.scope;
  return open.filter(({ id }) =>
    names.some((name) => id === `checkpoint:${name}` || id.startsWith(`checkpoint:${name}/`)),
  );
}

function skippedHead(rows: readonly Row[], verdict: Verdict | null): string {
  if (verdict === null) return "The policy could not be read any more, so that what was open is not known.\n";
  if (rows.length === 0) return "Nothing was open by what could be read later.\n";
  return "| What | Why | Who or how |\n|---|---|---|\n";
}

function rowLine({ what, why, who }: Row): string {
  return `| ${line(what)} | ${line(why)} | ${line(who)} |\n`;
}

function closing({ role, excluded }: OwedReview): string {
  const out = joinList(
    excluded.map(({ login }) => [code(login)]),
    "or",
    10,
  );
  const who = line(
    say`It is settled by somebody of the role ${code(role)}, who is not ${out}, in a comment on this issue, on a line of its own:`,
  );
  return `
## Checklist

- [ ] The change was read as a reviewer would have read it before the merge
- [ ] What was skipped was made up for, or is tracked
- [ ] The first runs on the base branch were looked at
- [ ] It was worth going past the gate; the reason holds up
- [ ] What would have made it unnecessary is written down

## Lessons learned

_What should be different next time? Goes into the line below as well._

## How it is settled

${who}

\`\`\`
/holdpoint reviewed sound <what was learned, at least ${lessonsCharactersMin} characters>
\`\`\`

Instead of \`sound\`, \`follow-up\` says that something is left to do and \`revert\` that the change should go. Edited comments do not count.
Closed in any other way, this issue is opened again.
`;
}

function keep(text: string): Block {
  return { text, expendable: 0, name: "" };
}

function spare(text: string, expendable: number, name: string): Block {
  return { text, expendable, name };
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}
