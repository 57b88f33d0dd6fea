/** What every rule of the gate works on: the inputs, with who contributed and who said what, read out once. */

import type { Classification } from "../findings/finding.ts";
import { suppress } from "../findings/suppress.ts";
import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import { withPolicyOwners } from "../policy/policy-owners.ts";
import { isOneOf } from "../policy/resolve-role.ts";
import type { Memory, Person, Snapshot } from "../snapshot.ts";
import { type CountingRules, countingRules, judgeApprovals } from "./approvals.ts";
import { type Contributors, findContributors } from "./contributors.ts";
import type { Answering } from "./freshness.ts";
import { isOnlyIgnoredSince } from "./ignored-commits.ts";
import { intentPhrases } from "./intent-phrases.ts";
import { collectOpinions, type Opinions } from "./opinions.ts";
import type { CountedApproval } from "./verdict.ts";

export interface DecideInput {
  document: PolicyDocument;
  snapshot: Snapshot;
  /** As it was found; what is left out of it by now, {@link prepareFacts} sees to. */
  classification: Classification;
  memory: Memory;
  now: Date;
  /** People are asked in earnest: what they are asked for the first time is due from now on. Else it counts from the opening. */
  isAsking?: boolean;
}

export interface GateFacts extends DecideInput {
  /** When the next finding that is left out counts again; `null` for never. */
  suppressedUntil: Date | null;
  roles: DecideInput["document"]["policy"]["roles"];
  rulesFor(own: ApprovalOptions): CountingRules;
  contributorsFor(own: ApprovalOptions): Contributors;
  opinionsFor(own: ApprovalOptions): Opinions;
  /** Judges the approvals for a set of roles and remembers them for {@link GateFacts.allApprovals}. */
  approvalsFor(roles: readonly string[], own: ApprovalOptions, about: Answering): CountedApproval[];
  /** Every approval met so far, once a person and act: the best outcome it got anywhere. */
  allApprovals(): CountedApproval[];
}

export function prepareFacts(input: DecideInput): GateFacts {
  const { snapshot, memory } = input;
  const policy = withPolicyOwners(input.document.policy, snapshot);
  const document = policy === input.document.policy ? input.document : { ...input.document, policy };
  const met = new Map<string, CountedApproval>();
  const phrases = intentPhrases(policy.approval_loop?.phrases);
  const ignoresFor = (own: ApprovalOptions) => {
    const ignored = own.ignore_commits_by ?? policy.approvals.ignore_commits_by;
    return (person: Person) => (ignored ? isOneOf(person, ignored, { roles: policy.roles, snapshot }) : false);
  };

  const left = suppress(input.classification, policy.classification.suppress ?? [], input.now);
  const facts: GateFacts = {
    ...input,
    document,
    classification: left.classification,
    suppressedUntil: left.wakeAt,
    roles: policy.roles,
    rulesFor: (own) => countingRules(policy, own),
    contributorsFor: (own) =>
      findContributors(snapshot, memory, {
        ignoreUpdateMerges: countingRules(policy, own).ignoreUpdateMerges,
        ignores: ignoresFor(own),
      }),
    opinionsFor: (own) =>
      collectOpinions(snapshot, {
        approve: { ...policy.approvals.methods, ...own.methods },
        object: {
          review: policy.approvals.veto?.methods?.review ?? true,
          comments: policy.approvals.veto?.methods?.comments ?? [],
        },
        ignoreEdited: countingRules(policy, own).ignoreEdited,
        phrases,
      }),
    approvalsFor: (roles, own, about) => {
      const rules = countingRules(policy, own);
      const ignoring = { ignores: ignoresFor(own), ignoreUpdateMerges: rules.keepsOverUpdateMerges };
      const judged = judgeApprovals(facts.opinionsFor(own), roles, rules, {
        policy,
        snapshot,
        memory,
        contributors: facts.contributorsFor(own),
        isOnlyIgnoredSince: (given) => isOnlyIgnoredSince(given, snapshot, memory, ignoring),
        about,
      });
      for (const approval of judged) {
        const key = `${approval.person.id}/${approval.method}/${approval.at.getTime()}`;
        if (met.get(key)?.outcome.kind !== "counts") met.set(key, approval);
      }
      return judged;
    },
    allApprovals: () => [...met.values()].sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
  return facts;
}
