/** Whether there is evidence for a criterion: sections, ticked boxes, changed files, checks, labels, links, attestations, approvals. */

import { assertNever } from "../assert-never.ts";
import type { Evidence, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { matchesAny } from "../policy/patterns.ts";
import type { Snapshot } from "../snapshot.ts";
import { findSection, findTickedBox } from "./description-evidence.ts";
import { linksIssue } from "./linked-issue.ts";
import type { EvidenceOutcome } from "./verdict.ts";

export interface EvidenceFacts {
  snapshot: Snapshot;
  /** Whether the checkpoint's own approvals are all there. */
  isApproved: boolean;
  /** Whether somebody of these roles attested the criterion. */
  attested: (roles: readonly string[]) => { holds: boolean | "unknown"; saw: string };
}

export function judgeEvidence(wanted: EvidenceTree, facts: EvidenceFacts): EvidenceOutcome {
  if ("any" in wanted || "all" in wanted) {
    const parts = ("any" in wanted ? wanted.any : wanted.all).map((part) => judgeEvidence(part, facts));
    const decisive = "any" in wanted;
    const settled = parts.find((part) => part.holds === decisive);
    const holds = settled ? decisive : parts.some((part) => part.holds === "unknown") ? "unknown" : !decisive;
    return { wanted, holds, saw: settled?.saw ?? "", parts };
  }
  return { wanted, ...judgeLeaf(wanted, facts), parts: [] };
}

function judgeLeaf(
  wanted: Evidence,
  { snapshot, isApproved, attested }: EvidenceFacts,
): Pick<EvidenceOutcome, "holds" | "saw"> {
  if ("section" in wanted) {
    const holds = findSection(snapshot.body, wanted.section) !== null;
    return {
      holds,
      saw: holds ? `section "${wanted.section}" in the description` : `no section "${wanted.section}" with content`,
    };
  }
  if ("checkbox" in wanted) {
    const holds = findTickedBox(snapshot.body, wanted.checkbox);
    return { holds, saw: holds ? `"${wanted.checkbox}" is ticked` : `"${wanted.checkbox}" is not ticked` };
  }
  if ("changed_files" in wanted) return judgeChangedFiles(wanted.changed_files, snapshot);
  if ("check" in wanted) return judgeCheck(wanted.check, snapshot);
  if ("label" in wanted) {
    const holds = snapshot.labels.some((label) => label.name.toLowerCase() === wanted.label.toLowerCase());
    return { holds, saw: holds ? `label "${wanted.label}"` : `no label "${wanted.label}"` };
  }
  if ("linked_issue" in wanted) {
    const holds = linksIssue(snapshot.body);
    return { holds, saw: holds ? "an issue is linked" : "no issue is linked" };
  }
  if ("attested_by" in wanted) return attested(wanted.attested_by);
  if ("approval" in wanted)
    return { holds: isApproved, saw: isApproved ? "covered by the approval" : "comes with the approval" };
  return assertNever(wanted);
}

function judgeChangedFiles(globs: string[], snapshot: Snapshot): Pick<EvidenceOutcome, "holds" | "saw"> {
  // A removed file is no evidence: what it said is gone.
  const file = snapshot.files.find((candidate) => candidate.status !== "removed" && matchesAny(globs, candidate.path));
  if (file) return { holds: true, saw: `\`${file.path}\` changed` };
  const unread = snapshot.incomplete.some((part) => part.what === "files");
  return {
    holds: unread ? "unknown" : false,
    saw: unread ? "the list of files is not whole" : `no file of ${globs.join(", ")} changed`,
  };
}

function judgeCheck(name: string, snapshot: Snapshot): Pick<EvidenceOutcome, "holds" | "saw"> {
  const found = snapshot.checks.filter((check) => check.name === name);
  if (found.length === 0) return { holds: false, saw: `check "${name}" has not reported` };
  // Two sources under one name: both must have succeeded, as on GitHub itself.
  const open = found.find((check) => check.state !== "success");
  return open
    ? { holds: false, saw: `check "${name}": ${open.state}` }
    : { holds: true, saw: `check "${name}" succeeded` };
}

/** Holds when what is missing can only come from other people or from checks that still run: nothing for the author to write. */
export function comesFromOthers(outcome: EvidenceOutcome, snapshot: Snapshot): boolean {
  if (outcome.holds === true) return true;
  const { wanted } = outcome;
  if ("any" in wanted || "all" in wanted) return outcome.parts.every((part) => comesFromOthers(part, snapshot));
  if ("attested_by" in wanted || "approval" in wanted) return true;
  return "check" in wanted && snapshot.checks.some((check) => check.name === wanted.check && check.state === "pending");
}
