/** Words about approvals: who can give one, who gave one, and why one does not count. */

import { assertNever } from "../assert-never.ts";
import { codes } from "../gate/codes.ts";
import { ownerless, uncovered } from "../gate/coverage.ts";
import type { ApprovalOutcome, ApprovalsRequirement, CountedApproval, FileCoverage } from "../gate/verdict.ts";
import { personPiece, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { enumerate, join, joinList, say, type Words } from "./words.ts";

/** Who can give what is missing, and by when: `any of @sam, @ida (security_team), by 21 Nov 14:00 UTC`. */
export function whoCanApprove(requirement: ApprovalsRequirement, { now }: Pick<Telling, "now">): Words {
  if (requirement.code === "HP-W04") return say`nobody${ofFiles(ownerless(requirement))}: ${fixOf("HP-W04")}`;
  if (requirement.code === "HP-W05") {
    const rivals = joinList(requirement.competesWith.map((name) => say`${name}`));
    return say`too few people for this and ${rivals} together: ${fixOf("HP-W05")}`;
  }
  if (requirement.code === "HP-W06") {
    const teams = joinList(requirement.missingTeams.map((team) => say`${{ kind: "code", text: team }}`));
    return say`the team ${teams} cannot be found: ${fixOf("HP-W06")}`;
  }
  const due = requirement.dueAt ? say`, by ${when(requirement.dueAt, now)}` : [];
  const files = uncovered(requirement);
  if (files.length > 0) return [...say`an owner of each file: `, ...ownersWords(files), ...due];
  const unknown = requirement.extraForUnknown > 0 ? say`; one of them for commits of an unknown author` : [];
  return [...quantity(requirement), ...people(requirement), ...unknown, ...due];
}

function fixOf(code: "HP-W04" | "HP-W05" | "HP-W06"): Words {
  const { fix } = codes[code];
  return say`${fix.charAt(0).toLowerCase()}${fix.slice(1)}`;
}

function ofFiles(files: readonly FileCoverage[]): Words {
  if (files.length === 0) return [];
  return say` who owns ${enumerate(files.map(({ path }): Words => [{ kind: "code", text: path }]))}`;
}

export function missingApprovals(requirement: ApprovalsRequirement): number {
  const given = new Set(
    requirement.given.filter(({ outcome }) => outcome.kind === "counts").map((one) => one.person.id),
  );
  return Math.max(requirement.state === "satisfied" ? 0 : 1, requirement.needed - given.size);
}

function ownersWords(files: readonly FileCoverage[]): Words {
  return enumerate(
    files.map(({ path, owners }) => {
      const people = enumerate(owners.map((owner): Words => [personPiece(owner)]));
      return say`${{ kind: "code", text: path }} (${people})`;
    }),
    4,
  );
}

function quantity(requirement: ApprovalsRequirement): Words {
  const missing = missingApprovals(requirement);
  if (requirement.needed <= 1) return [];
  return missing < requirement.needed ? say`${missing} more of ${requirement.needed}: ` : say`${missing} people: `;
}

function people({ candidates, anyoneWith, roles, name }: ApprovalsRequirement): Words {
  const anyone = anyoneWith === null ? null : say`anyone with ${anyoneWith} permission`;
  const role = say` (${name})`;
  if (candidates.length === 0) {
    const names = roles.map((one) => one.role);
    return anyone ? [...anyone, ...role] : say`whoever holds the role ${rolesWords(names, name)}`;
  }
  const logins = candidates.map((person): Words => [personPiece(person)]);
  const named = logins.length === 1 ? logins.flat() : say`any of ${enumerate(logins)}`;
  return anyone ? say`${named}${role} or ${anyone}` : say`${named}${role}`;
}

function rolesWords(roles: readonly string[], name: string): Words {
  return roles.length === 0
    ? say`${name}`
    : joinList(
        roles.map((role) => say`${role}`),
        "or",
      );
}

/** Those whose approvals count: `@lena, 20 Nov 16:12 UTC, still valid: …`. */
export function whoApproved(requirement: ApprovalsRequirement, { now }: Pick<Telling, "now">): Words {
  if (requirement.needed === 0) return say`nobody needed`;
  const counted = requirement.given.filter((approval) => approval.outcome.kind === "counts");
  return join(
    counted
      .slice(0, 5)
      .map((approval) => say`${personPiece(approval.person)}, ${when(approval.at, now)}${whyKept(approval.outcome)}`),
    "; ",
  );
}

function whyKept(outcome: ApprovalOutcome): Words {
  if (outcome.kind !== "counts" || outcome.freshness === "same_head") return [];
  return say`, still valid: ${keptWords[outcome.freshness]}`;
}

const keptWords = {
  same_head: "given on this head",
  same_change: "what was pushed since changed nothing in this change",
  same_paths: "what was pushed since changed none of the files this person answers for",
  ignored_commits: "only commits that this policy ignores were pushed since",
  sticky: "this policy keeps approvals after a push",
} as const;

/** Approvals that count nowhere, each person once with the reason. Who merely holds no asked-for role is left to the details. */
export function notCountedWords(approvals: readonly CountedApproval[]): Words {
  const counting = new Set(approvals.filter(({ outcome }) => outcome.kind === "counts").map(({ person }) => person.id));
  const dropped = new Map<number, Words>();
  for (const approval of approvals) {
    const { person, outcome } = approval;
    if (counting.has(person.id) || dropped.has(person.id) || outcome.kind === "not_eligible") continue;
    dropped.set(person.id, say`${personPiece(person)} (${whyApproval(approval)})`);
  }
  if (dropped.size === 0) return [];
  return say`Approvals that do not count: ${enumerate([...dropped.values()], 3)}.`;
}

/** Why an approval counts or does not, after a colon. */
export function whyApproval({ outcome, method }: CountedApproval): Words {
  switch (outcome.kind) {
    case "counts":
      return say`counts: ${keptWords[outcome.freshness]}`;
    case "not_eligible":
      return say`not of ${rolesWords(outcome.roles, "the role asked for")}`;
    case "eligibility_unreadable":
      return say`it could not be read whether this person may: ${outcome.reason}`;
    case "author":
      return say`the author's own`;
    case "contributor":
      return say`of somebody with a commit in the change`;
    case "last_pusher":
      return say`of who pushed last`;
    case "pusher":
      return say`of somebody who pushed commits of the change`;
    case "bot":
      return say`not of a person`;
    case "ghost":
      return say`the account was deleted`;
    case "edited":
      return outcome.by === null
        ? say`the ${method} was edited after it was written`
        : say`the ${method} was edited by ${personPiece(outcome.by)} after it was written`;
    case "dismissed":
      return say`the review was dismissed`;
    case "withdrawn":
      return say`the same person objected later`;
    case "stale":
      return outcome.headSha === null
        ? say`given on an earlier head`
        : say`given on an earlier head, ${{ kind: "code", text: outcome.headSha.slice(0, 7) }}`;
    default:
      return assertNever(outcome);
  }
}
