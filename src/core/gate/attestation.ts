/** `/holdpoint attest <criterion>`: somebody of a required role says that a criterion is met. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import { exclusion } from "./approvals.ts";
import { isNamedIn } from "./candidates.ts";
import type { GateFacts } from "./facts.ts";
import { judgeFreshness } from "./freshness.ts";
import { spokenLines } from "./spoken-lines.ts";

/** Start of a line, own line, any case; the criterion's id and nothing else. */
const command = /^\/holdpoint\s+attest\s+([A-Za-z0-9_.-]{1,64})$/i;

export function judgeAttestation(
  criterion: string,
  roles: readonly string[],
  own: ApprovalOptions,
  facts: GateFacts,
): { holds: boolean | "unknown"; saw: string } {
  const { snapshot, memory, document } = facts;
  const rules = facts.rulesFor(own);
  const contributors = facts.contributorsFor(own);
  let isUnknown = false;
  for (const said of attestations(criterion, facts)) {
    if (said.person.kind === "ghost" || said.isEdited) continue;
    if (said.person.kind === "bot" && !roles.some((role) => isNamedIn(said.person, role, document.policy))) continue;
    if (exclusion(said.person.id, rules, { snapshot, contributors }) !== null) continue;
    const answers = roles.map((role) => holdsRole(said.person, role, { roles: document.policy.roles, snapshot }));
    if (!answers.includes(true)) {
      isUnknown ||= answers.includes("unknown");
      continue;
    }
    const opinion = { ...said, says: "approve" as const, id: 0 };
    if (judgeFreshness(opinion, rules.freshness, snapshot, memory).kind === "stale") continue;
    return { holds: true, saw: `attested by ${said.person.login}` };
  }
  return isUnknown
    ? { holds: "unknown", saw: "attested by somebody whose role could not be read" }
    : { holds: false, saw: `not attested by ${roles.join(" or ")}` };
}

/** Commands in comments and in the text of reviews, newest first. */
function attestations(criterion: string, { snapshot }: GateFacts) {
  const fromComments = snapshot.comments.map((comment) => ({
    person: comment.user,
    at: comment.createdAt,
    method: "comment" as const,
    headAtSubmission: null,
    commitSha: null,
    isEdited: comment.isEdited,
    body: comment.body,
  }));
  const fromReviews = snapshot.reviews
    .filter((review) => review.state !== "dismissed")
    .map((review) => ({
      person: review.user,
      at: review.submittedAt,
      method: "review" as const,
      headAtSubmission: review.headAtSubmission,
      commitSha: review.commitSha,
      isEdited: review.isEdited,
      body: review.body,
    }));
  return [...fromComments, ...fromReviews]
    .filter(({ body }) =>
      spokenLines(body).some((line) => command.exec(line)?.[1]?.toLowerCase() === criterion.toLowerCase()),
    )
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}
