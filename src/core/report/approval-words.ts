/** Words about approvals: who can give one, who gave one, and why one does not count. */

import { assertNever } from "../assert-never.ts";
import { codes } from "../gate/codes.ts";
import type { ApprovalOutcome, ApprovalsRequirement, CountedApproval } from "../gate/verdict.ts";
import { personPiece, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { enumerate, join, joinList, say, type Words } from "./words.ts";

/** Who can give what is missing, and by when: `any of @sam, @ida (security_team), by 21 Nov 14:00 UTC`. */
export function whoCanApprove(requirement: ApprovalsRequirement, { now }: Pick<Telling, "now">): Words {
  if (requirement.code === "HP-W04") return say`nobody: ${nobodyWords()}`;
  const due = requirement.dueAt ? say`, by ${when(requirement.dueAt, now)}` : [];
  const unknown = requirement.extraForUnknown > 0 ? say`; one of them for commits of an unknown author` : [];
  return [...quantity(requirement), ...people(requirement), ...unknown, ...due];
}

function nobodyWords(): Words {
  const fix = codes["HP-W04"].fix;
  return say`${fix.charAt(0).toLowerCase()}${fix.slice(1)}`;
}

export function missingApprovals(requirement: ApprovalsRequirement): number {
  const given = new Set(
    requirement.given.filter(({ outcome }) => outcome.kind === "counts").map((one) => one.person.id),
  );
  return Math.max(requirement.state === "satisfied" ? 0 : 1, requirement.needed - given.size);
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
  return outcome.freshness === "same_change"
    ? say`, still valid: what was pushed since changed nothing in this change`
    : say`, still valid: this policy keeps approvals after a push`;
}

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
      return outcome.freshness === "same_head"
        ? say`counts: given on this head`
        : outcome.freshness === "same_change"
          ? say`counts: what was pushed since changed nothing in this change`
          : say`counts: this policy keeps approvals after a push`;
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
    case "bot":
      return say`not of a person`;
    case "ghost":
      return say`the account was deleted`;
    case "edited":
      return say`the ${method} was edited after it was written`;
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
