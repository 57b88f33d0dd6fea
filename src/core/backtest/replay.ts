/** Judges a change of the past by a policy of today. Pure: the moment of judgement is the moment of the merge. */

import { type Classification, type Finding, findingClasses } from "../findings/finding.ts";
import { countedPeople } from "../gate/approvals-requirement.ts";
import { decide } from "../gate/decide.ts";
import { isOpenState, withParts } from "../gate/requirements.ts";
import type { EvidenceOutcome, Requirement, Verdict } from "../gate/verdict.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import { emptyMemory, type Memory } from "../snapshot.ts";
import { assumptionsOf } from "./assumptions.ts";
import type { HistoricChange } from "./historic-change.ts";
import type { Answer, HoldingRule, Need, Outcome, OutcomeFinding, Seat } from "./outcome.ts";

/** Findings listed of one change; the rest is counted. */
export const findingsMax = 12;

/** @param classification of this change, made with the policy's own `classification:` block */
export function replay(
  document: PolicyDocument,
  change: HistoricChange,
  classification: Classification,
  memory: Memory = emptyMemory,
): Outcome {
  const { snapshot } = change;
  const verdict = decide({ document, snapshot, classification, memory, now: change.mergedAt });
  const open = openLeaves(verdict);
  const needs = needsOf(open, verdict.requirements);
  const asks = open.flatMap(asksOf);
  const unknown = open.flatMap((one) => unknownOf(one, change));
  return {
    ...named(change),
    answer: answerOf(verdict, { needs, asks }),
    workflow: verdict.workflow,
    heldBy: heldBy(open),
    needs,
    ...seatsOf(needs, document.policy.approvals.distinct_people === true),
    asks: [...new Set(asks)],
    unknown: [...new Set(unknown)],
    risk: classification.risk.level,
    lines: classification.size.changed,
    files: snapshot.files.length,
    ...foundIn(verdict.classification),
    assumed: [...assumptionsOf(document.policy, change.source), ...change.assumed],
    waits: change.waits,
  };
}

function named(change: HistoricChange) {
  const { id, commitSha, title, author, isBot, mergedAt, source } = change;
  return { id, commitSha, title, author, isBot, mergedAt, source };
}

/** A requirement that keeps the gate shut, and the rule of the policy that it belongs to. */
interface OpenLeaf {
  rule: Requirement;
  leaf: Requirement;
}

function openLeaves({ requirements }: Verdict): OpenLeaf[] {
  const open = (one: Requirement) => one.holds && isOpenState(one.state);
  return requirements.filter(open).flatMap((rule): OpenLeaf[] => {
    if (!("parts" in rule)) return [{ rule, leaf: rule }];
    const leaves = rule.parts.filter((part) => open(part)).map((leaf) => ({ rule, leaf }));
    // A rule whose own condition could not be judged is open on its own account.
    return leaves.length === 0 || rule.code === "HP-C03" ? [...leaves, { rule, leaf: rule }] : leaves;
  });
}

function needsOf(open: readonly OpenLeaf[], requirements: readonly Requirement[]): Need[] {
  const needs = open.flatMap(({ rule, leaf }): Need[] => {
    // Whoever decides has looked at it: where approvals are missing too, theirs is one of them.
    if (leaf.kind === "decision" && open.some((one) => one.rule === rule && one.leaf.kind === "approvals")) return [];
    if (leaf.kind === "decision") return [{ roles: leaf.roles, count: 1, by: rule.name }];
    if (leaf.kind === "objection" || leaf.kind === "hold") return [{ roles: [leaf.kind], count: 1, by: rule.name }];
    if (leaf.kind !== "approvals") return [];
    const missing = Math.max(1, leaf.needed - countedPeople(leaf).length);
    return [{ roles: leaf.roles.map(({ role }) => role), count: missing, by: rule.name }];
  });
  // A criterion that only an approver can attest asks for that person, where nothing else of its checkpoint does.
  const asked = new Set(needs.map(({ by }) => by));
  for (const { rule, leaf } of open) {
    if (leaf.kind !== "criterion" || leaf.state !== "waiting" || asked.has(rule.name) || waitsForCheck(leaf.evidence))
      continue;
    asked.add(rule.name);
    needs.push({ roles: rolesOf(rule, requirements), count: 1, by: rule.name });
  }
  return needs;
}

function rolesOf(rule: Requirement, requirements: readonly Requirement[]): string[] {
  const whole = requirements.find(({ id }) => id === rule.id);
  const parts = whole && "parts" in whole ? whole.parts : [];
  return [...new Set(parts.flatMap((part) => (part.kind === "approvals" ? part.roles.map(({ role }) => role) : [])))];
}

function asksOf({ rule, leaf }: OpenLeaf): string[] {
  switch (leaf.kind) {
    case "criterion":
      return leaf.state === "must_change" ? [leaf.name] : [];
    case "conditions":
      return leaf.state === "waiting" ? [`conditions of ${rule.name}`] : [];
    case "open_conditions":
      return ["conditions of an approval"];
    case "reading":
      return leaf.state === "must_change" ? [leaf.reason] : [];
    default:
      return [];
  }
}

function unknownOf({ rule, leaf }: OpenLeaf, { source }: HistoricChange): string[] {
  const isUnread = leaf.state === "error" || leaf.code === "HP-C03";
  switch (leaf.kind) {
    case "criterion":
      if (isUnread) return [leaf.evidence.saw === "" ? leaf.name : leaf.evidence.saw];
      return source === "clone" && leaf.state === "waiting" && waitsForCheck(leaf.evidence)
        ? [`checks for ${leaf.name}`]
        : [];
    case "reading":
      return isUnread ? [leaf.reason] : [];
    case "checkpoint":
      return isUnread ? [`whether ${leaf.name} applies`] : [];
    case "approvals":
      return isUnread ? [`who holds ${leaf.name}`] : [];
    case "conditions":
      return isUnread ? [`conditions of ${rule.name}`] : [];
    default:
      return isUnread ? [leaf.name] : [];
  }
}

function waitsForCheck({ wanted, parts }: EvidenceOutcome): boolean {
  return "check" in wanted || parts.some((part) => part.holds !== true && waitsForCheck(part));
}

function answerOf(verdict: Verdict, { needs, asks }: { needs: readonly Need[]; asks: readonly string[] }): Answer {
  if (verdict.state === "approved" || verdict.state === "bypassed")
    return verdict.state === "approved" && wasReleased(verdict) ? "released" : "opens";
  if (needs.length > 0) return "waits";
  return asks.length > 0 ? "asks" : "unknown";
}

/** Holds when the gate is open because people approved. */
function wasReleased({ requirements }: Verdict): boolean {
  return [...withParts(requirements)].some(
    (one) => one.kind === "approvals" && one.holds && one.state === "satisfied" && one.needed > 0,
  );
}

function heldBy(open: readonly OpenLeaf[]): HoldingRule[] {
  const rules = new Map<string, HoldingRule & { codes: string[] }>();
  for (const { rule, leaf } of open) {
    const known = rules.get(rule.id);
    if (known) known.codes.push(leaf.code);
    else rules.set(rule.id, { kind: kindOf(rule), name: rule.name, line: rule.line, codes: [leaf.code] });
  }
  return [...rules.values()].map((rule) => ({ ...rule, codes: [...new Set(rule.codes)].sort() }));
}

function kindOf({ kind }: Requirement): HoldingRule["kind"] {
  return kind === "checkpoint" || kind === "workflow" ? kind : "other";
}

function seatsOf(needs: readonly Need[], isDistinct: boolean): Pick<Outcome, "seats" | "people"> {
  const add = (one: number, other: number) => (isDistinct ? one + other : Math.max(one, other));
  const seats = new Map<string, Seat>();
  for (const { roles, count } of needs) {
    const key = roles.toSorted().join("\0");
    seats.set(key, { roles, count: add(seats.get(key)?.count ?? 0, count) });
  }
  const counts = [...seats.values()].map(({ count }) => count);
  return { seats: [...seats.values()], people: counts.reduce(add, 0) };
}

function foundIn({ classes }: Classification): Pick<Outcome, "classes" | "findings" | "findingsLeftOut"> {
  const present = findingClasses.filter((name) => classes[name].present);
  const sure = findingClasses
    .flatMap((name) => classes[name].findings)
    .filter(({ strength }) => strength !== "hint")
    .sort((a, b) => Number(b.strength === "proven") - Number(a.strength === "proven"));
  const first = new Map(sure.toReversed().map((one) => [`${one.rule} ${one.path}`, one]));
  const shown = sure.filter((one) => first.get(`${one.rule} ${one.path}`) === one).slice(0, findingsMax);
  return { classes: present, findings: shown.map(findingOf), findingsLeftOut: sure.length - shown.length };
}

function findingOf({ id, rule, class: findingClass, strength, what, path, line }: Finding): OutcomeFinding {
  return { id, rule, class: findingClass, strength, what, path, line };
}
