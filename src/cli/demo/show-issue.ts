/** An issue, its newest words first to be read, framed for a terminal. */

import type { Issue, IssueComment } from "../../sandbox/state/issues.ts";
import { type Line, type Style, span, type TextOptions, wrapSpans } from "../styled-text.ts";
import { drawFrame } from "./frame.ts";
import { withoutControls } from "./markdown-spans.ts";
import { layOutMarkdown } from "./terminal-markdown.ts";

export type ShownIssue = Pick<Issue, "number" | "title" | "body" | "state"> & {
  comments: readonly Pick<IssueComment, "body">[];
};

/** Of a long text; the rest is on GitHub. */
const linesMax = 24;

/** @param isKnown its text was shown before: only the newest comment is */
export function showIssue(issue: ShownIssue, options: TextOptions, isKnown = false): string {
  const style: Style = issue.state === "open" ? "yellow" : "green";
  const width = options.width - 4;
  const newest = issue.comments.at(-1)?.body;
  const text = (isKnown ? newest : issue.body) ?? "";
  const shown = layOutMarkdown(withoutComments(text), width);
  const more: Line[] = shown.length > linesMax ? [[], [span("…", "dim")]] : [];
  const body = [
    ...wrapSpans([span(withoutControls(issue.title), "bold")], width),
    [],
    ...shown.slice(0, linesMax),
    ...more,
  ];
  return drawFrame([span(`#${issue.number}  issue`, "bold"), span(`  ${issue.state}`, style)], body, style, options);
}

function withoutComments(markdown: string): string {
  return markdown.replace(/<!--.*?-->/gs, "").trim();
}
