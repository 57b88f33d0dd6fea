/** A check run as its author sees it, framed for a terminal. */

import type { CheckRun } from "../../sandbox/state/checks.ts";
import { type Line, type Style, span, type TextOptions, wrapSpans } from "../styled-text.ts";
import { drawFrame } from "./frame.ts";
import { withoutControls } from "./markdown-spans.ts";
import { foldedTitles, layOutMarkdown } from "./terminal-markdown.ts";

interface Look {
  mark: string;
  style: Style;
}

const looks: Readonly<Record<string, Look>> = {
  success: { mark: "✓", style: "green" },
  failure: { mark: "✗", style: "red" },
  neutral: { mark: "◌", style: "dim" },
};
const waiting: Look = { mark: "●", style: "yellow" };

export type ShownCheck = Pick<CheckRun, "name" | "status" | "conclusion" | "output" | "annotations">;

/** @param isKnown its annotations and folded sections were shown before, and are left out */
export function showCheck(run: ShownCheck, pullRequest: number, options: TextOptions, isKnown = false): string {
  const { mark, style } = looks[run.conclusion ?? ""] ?? waiting;
  const width = options.width - 4;
  const state = run.conclusion ?? run.status.replaceAll("_", " ");
  const title: Line = [span(`${mark} ${withoutControls(run.output.title ?? run.name)}`, style, "bold")];
  const body: Line[] = [
    ...wrapSpans(title, width),
    [],
    ...layOutMarkdown(run.output.summary ?? "", width),
    ...(isKnown ? [] : [...annotationLines(run, width), ...foldedLines(run, width)]),
  ];
  return drawFrame([span(`#${pullRequest}  ${run.name}`, "bold"), span(`  ${state}`, style)], body, style, options);
}

function annotationLines({ annotations }: ShownCheck, width: number): Line[] {
  return annotations.flatMap(({ path, start_line: line, message, title, annotation_level: level }) => {
    const style: Style = level === "failure" ? "red" : level === "warning" ? "yellow" : "dim";
    const [first = "", ...rest] = message.split("\n").map(withoutControls);
    const place = span(`${path}:${line}`, "cyan");
    const head: Line = [place, span(" "), span(withoutControls(title ?? level), style)];
    return [
      [],
      ...wrapSpans(head, width),
      ...[first, ...rest].flatMap((each) =>
        wrapSpans([span(each)], width - 2).map((wrapped) => [span("  "), ...wrapped]),
      ),
    ];
  });
}

function foldedLines({ output }: ShownCheck, width: number): Line[] {
  const titles = foldedTitles(output.text ?? "");
  if (titles.length === 0) return [];
  return [[], ...wrapSpans([span(titles.map((title) => `▸\u00a0${title}`).join(" · "), "dim")], width)];
}
