/** One difference of two policies as a sentence. What the new policy says is a stranger's text. */

import type { PolicyDifference } from "../policy/comparison/policy-difference.ts";
import { dotted } from "../policy/policy-text.ts";
import { durationWords } from "./post-review-facts.ts";
import { code, cut, enumerate, oneLine, say, strong, toPlain, type Words } from "./words.ts";

/** `**Loosens** checkpoints.security_review.approvals: 1 instead of 2 (line 9)`. */
export function differenceWords(one: PolicyDifference): Words {
  const line = one.line === null ? [] : say` (line ${one.line})`;
  return say`${strong(say`${mark(one)}`)}: ${whatChanges(one)}${line}`;
}

function mark({ effect, isLooser }: PolicyDifference): string {
  if (effect === "loosens") return "Loosens";
  if (effect === "tightens") return "Tightens";
  return isLooser ? "May loosen, nobody can tell" : "Changes";
}

export function whatChanges({ path, before, after }: PolicyDifference): Words {
  const [block, name, key] = path.map(String);
  const at = code(dotted(path));
  if (path.length === 0) return say`the policy is taken away; the gate stays shut until it is taken off on purpose`;
  if (path.length === 1 && block === "mode")
    return after === "observe" ? say`${at}: nothing is held any more, it only observes` : say`${at}: it holds now`;
  if (path.length === 1 && block === "approval_workflows")
    return say`${at}: tried in another order, ${listWords(after)} instead of ${listWords(before)}`;
  const kind = path.length === 2 ? kinds[block ?? ""] : undefined;
  if (kind !== undefined && before === undefined) return say`the ${kind} ${code(name ?? "")} is new`;
  if (kind !== undefined && after === undefined) return say`the ${kind} ${code(name ?? "")} is gone`;
  if (Array.isArray(before ?? after) && Array.isArray(after ?? before)) return say`${at}: ${movedWords(before, after)}`;
  if (key === "when" || key === "trigger")
    return say`${at}: it stops for other changes, ${fromTo(path, before, after)}`;
  return say`${at}: ${fromTo(path, before, after)}`;
}

const kinds: Readonly<Record<string, string>> = {
  checkpoints: "checkpoint",
  approval_workflows: "workflow",
  roles: "mapping of the role",
  deployments: "environment",
  escalation_levels: "escalation level",
  bypass: "bypass",
};

function fromTo(path: PolicyDifference["path"], before: unknown, after: unknown): Words {
  if (before === undefined) return say`${valueWords(path, after)}, where nothing stood`;
  if (after === undefined) return say`nothing, where ${valueWords(path, before)} stood`;
  return say`${valueWords(path, after)} instead of ${valueWords(path, before)}`;
}

function movedWords(before: unknown, after: unknown): Words {
  const [old, later] = [before, after].map((list) => (Array.isArray(list) ? list.map(textOf) : []));
  const added = (later ?? []).filter((one) => !old?.includes(one));
  const gone = (old ?? []).filter((one) => !later?.includes(one));
  const parts = [
    ...(added.length > 0 ? [say`${enumerate(added.map(codeWords), 4)} added`] : []),
    ...(gone.length > 0 ? [say`${enumerate(gone.map(codeWords), 4)} taken out`] : []),
  ];
  const [first, second] = parts;
  if (first === undefined) return say`the same in another order`;
  return second === undefined ? first : say`${first}, ${second}`;
}

const durationKeys = /^(timeout|within|expires_after|period|duration|announce|validation_within)$/;

function valueWords(path: PolicyDifference["path"], value: unknown): Words {
  const isDuration = typeof value === "number" && durationKeys.test(String(path.at(-1)));
  return isDuration ? say`${code(toPlain(durationWords(value)))}` : codeWords(textOf(value));
}

function listWords(value: unknown): Words {
  return enumerate(Array.isArray(value) ? value.map((one) => codeWords(textOf(one))) : [], 6);
}

function codeWords(text: string): Words {
  return [code(text)];
}

const valueMax = 120;

function textOf(value: unknown): string {
  return cut(oneLine(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")), valueMax);
}
