/** What the patch alone shows of a workflow, where its texts were not there or are broken. */

import type { Observation, ReadFile } from "../../detector.ts";
import { isPinned } from "./pinning.ts";
import { strangersExpressions } from "./untrusted-input.ts";
import { readUses } from "./workflow-file.ts";

export function fromPatch(file: ReadFile): Observation[] {
  const pinned = new Set<string>();
  for (const { kind, text } of file.lines) {
    const uses = kind === "removed" ? readUses(text) : null;
    if (uses && isPinned(uses.version)) pinned.add(uses.action);
  }
  return file.lines.flatMap(({ kind, text, line }) => {
    if (kind !== "added") return [];
    const rule = ruleOfLine(text, pinned);
    return rule === null
      ? []
      : [
          {
            rule,
            strength: "likely" as const,
            what: `\`${file.path}\` got a line that gives more power`,
            path: file.path,
            line,
            after: text.trim(),
          },
        ];
  });
}

function ruleOfLine(text: string, pinned: ReadonlySet<string>): string | null {
  if (/^\s*[a-z-]{1,40}:\s*["']?write(-all)?\b/.test(text)) return "workflow_permission_raised";
  if (/\b(pull_request_target|workflow_run)\b/.test(text) && !/^\s*#/.test(text)) return "workflow_privileged_trigger";
  if (/^\s*secrets:\s*inherit\b/.test(text)) return "workflow_secrets_inherited";
  if (isScriptLine(text) && strangersExpressions(text.slice(0, 2000)).length > 0) return "workflow_expression_injected";
  const uses = readUses(text);
  return uses && pinned.has(uses.action) && !isPinned(uses.version) ? "workflow_action_unpinned" : null;
}

/** An `env:` entry or an `if:` is the safe place for an expression: there it is a value, not a command. */
function isScriptLine(text: string): boolean {
  return !/^\s*[\w-]+:\s*["']?\$\{\{|^\s*(- )?(if|name|group|ref|with)\s*:/.test(text);
}
