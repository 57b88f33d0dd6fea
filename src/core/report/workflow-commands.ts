/**
 * Problems as the commands by which a step of a workflow annotates files.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */

import type { Problem } from "../problem.ts";
import { oneLine } from "./words.ts";

const levels = { error: "error", warning: "warning", note: "notice" } as const;

export function workflowCommand({ severity, where, code, found, expected, fix }: Problem): string {
  const properties = [
    `file=${property(where.file)}`,
    ...(where.line === undefined ? [] : [`line=${where.line}`]),
    ...(where.line === undefined || where.column === undefined ? [] : [`col=${where.column}`]),
    `title=${property(code)}`,
  ];
  const parts = [found, expected === "" ? "" : `expected ${expected}`, fix].filter((text) => text !== "");
  return `::${levels[severity]} ${properties.join(",")}::${data(parts.map(oneLine).join("; "))}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
