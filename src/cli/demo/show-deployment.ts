/** A deployment and what the App told of it, framed for a terminal. */

import { type Style, span, type TextOptions, wrapSpans } from "../styled-text.ts";
import { drawFrame } from "./frame.ts";
import { withoutControls } from "./markdown-spans.ts";

export interface ShownDeployment {
  environment: string;
  sha: string;
  state: string;
  /** What the App reported last; empty where it said nothing. */
  report: string;
}

export function showDeployment({ environment, sha, state, report }: ShownDeployment, options: TextOptions): string {
  const style: Style = state === "waiting" ? "yellow" : state === "failure" ? "red" : "green";
  const width = options.width - 4;
  const body = report.split("\n").flatMap((line) => wrapSpans([span(withoutControls(line))], width));
  const head = [span(`${environment}  ${sha.slice(0, 7)}`, "bold"), span(`  ${state.replaceAll("_", " ")}`, style)];
  return drawFrame(head, body, style, options);
}
