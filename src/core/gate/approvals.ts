/** Counts approvals for one requirement: who said yes, whether that person may, and whether it still holds. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Memory, Snapshot } from "../snapshot.ts";
import { answersFor } from "./answering.ts";
import { isNamedIn } from "./candidates.ts";
import type { Contributors } from "./contributors.ts";
import { type Answering, type FreshnessMode, judgeFreshness } from "./freshness.ts";
import type { Opinion, Opinions } from "./opinions.ts";
import type { ApprovalOutcome, CountedApproval } from "./verdict.ts";

/** The options of `approvals:` with those of a checkpoint or workflow laid over them, and every default filled in. */
export interface CountingRules {
  freshness: FreshnessMode;
  allowAuthor: boolean;
  allowContributor: boolean;
  allowNonAuthorContributor: boolean;
  ignoreEdited: boolean;
  ignoreUpdateMerges: boolean;
  /** Asked for by name, merges that left the change as it was do not end an approval even where it holds for one head. */
  keepsOverUpdateMerges: boolean;
  unknownContributor: "extra_approver" | "block" | "ignore";
  distinctPeople: boolean;
}

export function countingRules(policy: Policy, own: ApprovalOptions): CountingRules {
  const options: ApprovalOptions = { ...policy.approvals, ...withoutUndefined(own) };
  // The synonym yields to `freshness`, and what stands nearer to the rule wins over what stands in `approvals:`.
  const freshness =
    own.freshness ?? synonym(own) ?? policy.approvals.freshness ?? synonym(policy.approvals) ?? "same_change";
  return {
    freshness,
    allowAuthor: options.allow_author ?? false,
    allowContributor: options.allow_contributor ?? false,
    allowNonAuthorContributor: options.allow_non_author_contributor ?? false,
    ignoreEdited: options.ignore_edited_comments ?? true,
    ignoreUpdateMerges: options.ignore_update_merges ?? true,
    keepsOverUpdateMerges: options.ignore_update_merges === true,
    unknownContributor: options.unknown_contributor ?? "extra_approver",
    distinctPeople: options.distinct_people ?? false,
  };
}

function synonym(options: ApprovalOptions): FreshnessMode | undefined {
  if (options.invalidate_on_push === undefined) return undefined;
  return options.invalidate_on_push ? "exact" : "sticky";
}

function withoutUndefined(options: ApprovalOptions): ApprovalOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

export interface ApprovalFacts {
  policy: Policy;
  snapshot: Snapshot;
  memory: Memory;
  contributors: Contributors;
  isOnlyIgnoredSince: (headSha: string) => boolean;
  /** The files that the requirement is about. */
  about: Answering;
}

/**
 * @param opinions every decisive act; only approvals are judged here
 * @param roles any of them entitles
 * @returns each approval with the reason why it counts or not
 */
export function judgeApprovals(
  opinions: Opinions,
  roles: readonly string[],
  rules: CountingRules,
  facts: ApprovalFacts,
): CountedApproval[] {
  const approvals: CountedApproval[] = [];
  for (const opinion of opinions.newest) {
    if (opinion.says !== "approve") continue;
    const before = opinions.standing.filter((older) => older.person.id === opinion.person.id);
    const judged = [opinion, ...before].map((one) => withOutcome(one, judgeOne(one, roles, rules, facts)));
    // One approval a person: the newest that counts, else the newest.
    const decisive = judged.find(({ outcome }) => outcome.kind === "counts") ?? judged[0];
    if (decisive) approvals.push(decisive);
  }
  for (const opinion of opinions.superseded) {
    const by = opinions.newest.find((newer) => newer.person.id === opinion.person.id);
    approvals.push(
      withOutcome(
        opinion,
        by?.says === "object" ? { kind: "withdrawn", by: "later_objection" } : { kind: "dismissed" },
      ),
    );
  }
  for (const opinion of opinions.edited) {
    const by = opinion.editedBy?.id === opinion.person.id ? null : opinion.editedBy;
    approvals.push(withOutcome(opinion, { kind: "edited", by }));
  }
  return approvals.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function withOutcome(opinion: Opinion, outcome: ApprovalOutcome): CountedApproval {
  return {
    person: opinion.person,
    at: opinion.at,
    method: opinion.method,
    headSha: opinion.headAtSubmission ?? opinion.commitSha,
    outcome,
  };
}

function judgeOne(
  opinion: Opinion,
  roles: readonly string[],
  rules: CountingRules,
  facts: ApprovalFacts,
): ApprovalOutcome {
  const { person } = opinion;
  if (person.kind === "ghost") return { kind: "ghost" };
  if (person.kind === "bot" && !roles.some((role) => isNamedIn(person, role, facts.policy))) return { kind: "bot" };
  const excluded = exclusion(person.id, rules, facts);
  if (excluded) return excluded;
  const standing = roles.map((role) => ({ role, holds: holdsRole(person, role, roleFacts(facts)) }));
  const held = standing.filter(({ holds }) => holds === true).map(({ role }) => role);
  if (held.length === 0) {
    return standing.some(({ holds }) => holds === "unknown")
      ? { kind: "eligibility_unreadable", reason: "team or permission could not be read" }
      : { kind: "not_eligible", roles: [...roles] };
  }
  const { isOnlyIgnoredSince, snapshot, memory } = facts;
  // Whoever holds several of the roles is heard in the one that has seen enough.
  const judged = held.map((role) => {
    const own = answersFor(person, role, facts);
    return judgeFreshness(opinion, rules.freshness, snapshot, memory, { isOnlyIgnoredSince, answersFor: own });
  });
  const [stale] = judged;
  const fresh = judged.find((one) => one.kind === "fresh");
  if (fresh?.kind === "fresh") return { kind: "counts", freshness: fresh.how };
  return { kind: "stale", headSha: stale?.kind === "stale" ? stale.headSha : null };
}

function roleFacts({ policy, snapshot }: Pick<ApprovalFacts, "policy" | "snapshot">) {
  return { roles: policy.roles, snapshot };
}

/** Why this person may not release the change whatever role they hold; `null` when nothing speaks against it. */
export function exclusion(
  personId: number,
  rules: CountingRules,
  { snapshot, contributors }: Pick<ApprovalFacts, "snapshot" | "contributors">,
): ApprovalOutcome | null {
  const isAuthor = personId === snapshot.author.id;
  if (isAuthor) return rules.allowAuthor || rules.allowContributor ? null : { kind: "author" };
  if (rules.allowContributor || rules.allowNonAuthorContributor) return null;
  if (contributors.ids.has(personId)) return { kind: "contributor" };
  if (contributors.lastPusherId === personId) return { kind: "last_pusher" };
  return contributors.pusherIds.has(personId) ? { kind: "pusher" } : null;
}
