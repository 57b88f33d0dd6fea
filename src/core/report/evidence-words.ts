/** Words about criteria: what to write, tick or change so that there is evidence. */

import { assertNever } from "../assert-never.ts";
import { evidenceCharactersMin } from "../gate/evidence-command.ts";
import type { EvidenceOutcome, RefusedClaim } from "../gate/verdict.ts";
import type { Evidence, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { personPiece } from "./telling.ts";
import { code, join, joinList, say, type Words } from "./words.ts";

/** What would satisfy a criterion, and why what was said for it already does not. */
export function whatIsMissing(criterion: string, evidence: EvidenceOutcome, max = 1): Words {
  const clauses = [howToSatisfy(criterion, evidence, max), refusalWords(evidence)];
  return join(
    clauses.filter((words) => words.length > 0),
    "; ",
  );
}

/**
 * What would satisfy a criterion: `add a section "Rollback" to the description, or tick "Rollback tested", or …`.
 *
 * @param max alternatives of one kind that are named; the details name all
 */
function howToSatisfy(criterion: string, { wanted, parts }: EvidenceOutcome, max = 1): Words {
  const part = (one: EvidenceOutcome) => howToSatisfy(criterion, one, max);
  if ("all" in wanted) return join(parts.filter((one) => one.holds !== true).map(part), "; and ");
  if (!("any" in wanted)) return alternatives(criterion, [wanted], max);
  const leaves = alternatives(criterion, wanted.any.filter(isLeaf), max);
  const joints = parts.filter((one) => !isLeaf(one.wanted)).map(part);
  const clauses = [leaves, ...joints].filter((words) => words.length > 0);
  return join(clauses, ", or ");
}

function isLeaf(tree: EvidenceTree): tree is Evidence {
  return !("any" in tree) && !("all" in tree);
}

/** Alternatives of one kind share a clause, so that five of them stay one readable sentence. */
function alternatives(criterion: string, leaves: readonly Evidence[], max: number): Words {
  const kinds = new Map<string, Evidence[]>();
  for (const leaf of leaves) {
    const kind = Object.keys(leaf)[0] ?? "";
    kinds.set(kind, [...(kinds.get(kind) ?? []), leaf]);
  }
  return join(
    [...kinds.values()].map((group) => clause(criterion, group, max)),
    ", or ",
  );
}

function clause(criterion: string, group: readonly Evidence[], max: number): Words {
  const first = group[0];
  if (!first) return [];
  const named = (read: (leaf: Evidence) => string[]) => [...new Set(group.flatMap(read))].slice(0, max);
  if ("section" in first) {
    const sections = named((leaf) => ("section" in leaf ? [leaf.section] : []));
    return say`add a section ${quoted(sections)} to the description`;
  }
  if ("checkbox" in first) return say`tick ${quoted(named((leaf) => ("checkbox" in leaf ? [leaf.checkbox] : [])))}`;
  if ("changed_files" in first) {
    return say`change ${coded(named((leaf) => ("changed_files" in leaf ? leaf.changed_files : [])))}`;
  }
  if ("check" in first) return checkClause(group, max);
  if ("label" in first) return say`add the label ${coded(named((leaf) => ("label" in leaf ? [leaf.label] : [])))}`;
  if ("linked_issue" in first) return say`link an issue in the description`;
  if ("comment" in first) return say`comment ${code(`/holdpoint evidence ${criterion} <link or text>`)}`;
  if ("attested_by" in first) {
    const roles = [...new Set(group.flatMap((leaf) => ("attested_by" in leaf ? leaf.attested_by : [])))];
    const names = roles.map((role) => say`${role}`);
    return say`${joinList(names, "or")} comments ${code(`/holdpoint attest ${criterion}`)}`;
  }
  if ("approval" in first) return say`comes with the approval`;
  return assertNever(first);
}

function checkClause(group: readonly Evidence[], max: number): Words {
  const matchers = group.flatMap((leaf) => ("check" in leaf ? leaf.check : []));
  const names = matchers
    .slice(0, max)
    .map(({ name, app }) =>
      app === null ? [code(name)] : name === "*" ? say`any check of ${code(app)}` : say`${code(name)} of ${code(app)}`,
    );
  return say`let ${joinList(names, "or", 20)} succeed`;
}

function quoted(names: readonly string[]): Words {
  return joinList(
    names.map((name) => say`"${name}"`),
    "or",
    20,
  );
}

function coded(names: readonly string[]): Words {
  return joinList(
    names.map((name) => [code(name)]),
    "or",
    20,
  );
}

/** What somebody said and why it does not count; the reason that can most easily be mended. */
function refusalWords(evidence: EvidenceOutcome): Words {
  const claims = leavesOf(evidence).flatMap(({ wanted, refused = [] }) =>
    refused.map((claim) => ({ ...claim, isAttestation: "attested_by" in wanted })),
  );
  const [claim] = claims.sort((a, b) => mendable.indexOf(a.why) - mendable.indexOf(b.why));
  if (!claim) return [];
  const said = claim.isAttestation ? say`the attestation` : say`the evidence`;
  return say`${said} of ${personPiece(claim.person)} does not count: ${refusalReason(claim.why, claim.isAttestation)}`;
}

const mendable: readonly RefusedClaim["why"][] = ["stale", "edited", "empty", "excluded", "not_entitled"];

function leavesOf(evidence: EvidenceOutcome): EvidenceOutcome[] {
  return evidence.parts.length > 0 ? evidence.parts.flatMap(leavesOf) : [evidence];
}

function refusalReason(why: RefusedClaim["why"], isAttestation: boolean): Words {
  switch (why) {
    case "stale":
      return say`the change is another one since; if it still holds, it can be said again`;
    case "edited":
      return say`its comment was edited; a new one would count`;
    case "empty":
      return say`it takes a link, or a sentence of at least ${evidenceCharactersMin} characters`;
    case "excluded":
      return say`whoever takes part in a change cannot attest it`;
    case "not_entitled":
      return isAttestation ? say`none of their roles may` : say`it takes write permission`;
    default:
      return assertNever(why);
  }
}

/** Holds when the checkpoint's own approval would satisfy the criterion. */
export function comesWithApproval(wanted: EvidenceTree): boolean {
  if ("any" in wanted) return wanted.any.some(comesWithApproval);
  if ("all" in wanted) return wanted.all.every(comesWithApproval);
  return "approval" in wanted;
}
