/** The check's page as the summary of a job, with what a job's verdict is worth. */

import type { CheckRunDraft } from "../../src/core/report/check-run.ts";
import { escapeMarkdown } from "../../src/core/report/markdown.ts";
import type { Judgement } from "../../src/handlers/judge-pull-request.ts";
import type { Annotation } from "../annotations.ts";

const worth =
  "This is advice. Whoever may change a workflow can change what this job says, and any workflow can publish a check by any name: only the Holdpoint App can hold a change.";

export function pageOf({ draft, reading, verdict }: Pick<Judgement, "draft" | "reading" | "verdict">): string {
  const { number, title } = reading.snapshot;
  const notes = [
    worth,
    "Commands and buttons that it names are answered by the App alone; run the workflow again for another look.",
    ...hiddenNotes({ reading, verdict }),
  ];
  return [
    `## Holdpoint: ${escapeMarkdown(draft.title)}`,
    "",
    `Pull request #${number}: ${escapeMarkdown(title)}`,
    "",
    ...notes.map((note) => `> ${note}\n>`),
    "",
    draft.summary,
    "",
    draft.text,
    "",
  ].join("\n");
}

/** What the App would know and a workflow's token cannot see. */
function hiddenNotes({ reading, verdict }: Pick<Judgement, "reading" | "verdict">): string[] {
  const { directory } = reading.snapshot;
  const groups = [...Object.entries(directory.teams), ...Object.entries(directory.organizations)];
  const unread = groups.filter(([, people]) => people.kind === "unreadable").map(([name]) => name);
  const notes: string[] = [];
  if (unread.length > 0) {
    const names = unread.slice(0, 10).map(escapeMarkdown).join(", ");
    notes.push(
      `Members of ${names} could not be read with this token, so nobody counts as one of them. Give a token that may read them as the input \`token\`.`,
    );
  }
  if (verdict !== null && reading.policies.organization.kind === "missing") {
    notes.push(
      "No policy of the organisation was found. One in a private `.github` repository is hidden from a workflow's own token.",
    );
  }
  return notes;
}

const levels = { failure: "error", warning: "warning", notice: "notice" } as const;

export function annotationsOf({ annotations }: Pick<CheckRunDraft, "annotations">): Annotation[] {
  return annotations.map(({ level, title, message, path, startLine }) => ({
    level: levels[level],
    title,
    message,
    path,
    line: startLine,
  }));
}
