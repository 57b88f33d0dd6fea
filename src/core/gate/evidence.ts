/** Whether there is evidence for a criterion: sections, boxes, changed files, checks, labels, links, comments, attestations, approvals. */

import { assertNever } from "../assert-never.ts";
import type { CheckMatcher, Evidence, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { matchesCheck } from "../policy/check-name.ts";
import { matchesAny } from "../policy/patterns.ts";
import type { CheckFact, Snapshot } from "../snapshot.ts";
import { findSection, findTickedBox } from "./description-evidence.ts";
import { linksIssue } from "./linked-issue.ts";
import type { EvidenceOutcome } from "./verdict.ts";

export type LeafOutcome = Pick<EvidenceOutcome, "holds" | "saw" | "refused">;

export interface EvidenceFacts {
  snapshot: Snapshot;
  /** Whether the checkpoint's own approvals are all there. */
  isApproved: boolean;
  /** Whether somebody of these roles attested the criterion. */
  attested: (roles: readonly string[]) => LeafOutcome;
  /** Whether somebody who may gave evidence for the criterion by comment. */
  given: () => LeafOutcome;
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

function judgeLeaf(wanted: Evidence, { snapshot, isApproved, attested, given }: EvidenceFacts): LeafOutcome {
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
  if ("check" in wanted) return judgeChecks(wanted.check, snapshot);
  if ("label" in wanted) {
    const holds = snapshot.labels.some((label) => label.name.toLowerCase() === wanted.label.toLowerCase());
    return { holds, saw: holds ? `label "${wanted.label}"` : `no label "${wanted.label}"` };
  }
  if ("linked_issue" in wanted) {
    const holds = linksIssue(snapshot.body);
    return { holds, saw: holds ? "an issue is linked" : "no issue is linked" };
  }
  if ("comment" in wanted) return given();
  if ("attested_by" in wanted) return attested(wanted.attested_by);
  if ("approval" in wanted)
    return { holds: isApproved, saw: isApproved ? "covered by the approval" : "comes with the approval" };
  return assertNever(wanted);
}

function judgeChangedFiles(globs: string[], snapshot: Snapshot): LeafOutcome {
  // A removed file is no evidence: what it said is gone.
  const file = snapshot.files.find((candidate) => candidate.status !== "removed" && matchesAny(globs, candidate.path));
  if (file) return { holds: true, saw: `\`${file.path}\` changed` };
  const unread = snapshot.incomplete.some((part) => part.what === "files");
  return {
    holds: unread ? "unknown" : false,
    saw: unread ? "the list of files is not whole" : `no file of ${globs.join(", ")} changed`,
  };
}

function judgeChecks(matchers: readonly CheckMatcher[], snapshot: Snapshot): LeafOutcome {
  const names = matchers.map(({ name, app }) => (app === null ? `"${name}"` : `"${name}" of ${app}`)).join(", ");
  const found = reported(matchers, snapshot);
  // Several sources under one name, or several names: all must have ended well, as on GitHub itself.
  const open = found.find(({ isMet }) => !isMet);
  if (open) return { holds: false, saw: `check "${open.check.name}": ${open.check.state}` };
  // One that was not read may have failed.
  if (snapshot.incomplete.some((part) => part.what === "checks"))
    return { holds: "unknown", saw: "the list of checks is not whole" };
  const [first] = found;
  return first
    ? {
        holds: true,
        saw: `check "${first.check.name}" ${first.check.state === "success" ? "succeeded" : first.check.state}`,
      }
    : { holds: false, saw: `no check ${names} has reported` };
}

function reported(matchers: readonly CheckMatcher[], { checks }: Snapshot): { check: CheckFact; isMet: boolean }[] {
  return checks.flatMap((check) => {
    const matching = matchers.filter((matcher) => matchesCheck(matcher, check));
    return matching.length > 0 ? [{ check, isMet: matching.some(({ states }) => states.includes(check.state)) }] : [];
  });
}

/** Holds when what is missing can only come from other people or from checks that did not end yet: nothing for the author to write. */
export function comesFromOthers(outcome: EvidenceOutcome, snapshot: Snapshot): boolean {
  if (outcome.holds === true) return true;
  const { wanted } = outcome;
  if ("any" in wanted || "all" in wanted) return outcome.parts.every((part) => comesFromOthers(part, snapshot));
  if ("attested_by" in wanted || "approval" in wanted) return true;
  if (!("check" in wanted)) return false;
  return reported(wanted.check, snapshot).every(({ check, isMet }) => isMet || check.state === "pending");
}
