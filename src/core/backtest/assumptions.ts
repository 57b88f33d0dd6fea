/** What a history cannot tell, said only where the policy looks at it. */

import { evidenceIn } from "../policy/criteria.ts";
import type { PredicateKey } from "../policy/predicates/index.ts";
import type { Policy } from "../policy/schema.ts";
import type { HistorySource } from "./historic-change.ts";

interface Assumption {
  /** Keys of predicates and of evidence for which it matters; `always` where every policy may. */
  matters: readonly (PredicateKey | EvidenceKey)[] | "always";
  in: readonly HistorySource[];
  says: string;
}

type EvidenceKey = "section" | "checkbox" | "check" | "label" | "linked_issue" | "comment";

const assumptions: readonly Assumption[] = [
  {
    matters: "always",
    in: ["clone"],
    says: "A clone knows no reviews: whoever is asked for counts as still needed, whether or not they approved it then.",
  },
  {
    matters: "always",
    in: ["clone"],
    says: "A clone knows no teams and no permissions: a role that nobody is mapped to by login is shown by its name.",
  },
  {
    matters: "always",
    in: ["github"],
    says: "Teams and permissions are those of today; whoever joined or left since is counted as they stand now.",
  },
  {
    matters: "always",
    in: ["github"],
    says: "An approval counts for the commit that GitHub names for it today, since nobody noted the head it was given on.",
  },
  {
    matters: ["section", "checkbox", "linked_issue", "body"],
    in: ["clone"],
    says: "The description is the commit's message: sections and boxes of the pull request may have said more.",
  },
  {
    matters: ["section", "checkbox", "linked_issue", "body", "title"],
    in: ["github"],
    says: "Title and description are as they stand today; they may have been edited after the merge.",
  },
  {
    matters: ["label", "labels", "any_label"],
    in: ["clone"],
    says: "A clone knows no labels: none was taken to be set.",
  },
  {
    matters: ["label", "labels", "any_label"],
    in: ["github"],
    says: "Labels are those of today; some may have been put on or taken off after the merge.",
  },
  {
    matters: ["check", "statuses", "workflows"],
    in: ["clone"],
    says: "A clone knows no checks: what asks for one could not be judged.",
  },
  {
    matters: ["comment"],
    in: ["clone"],
    says: "A clone knows no comments: evidence given by comment is not seen.",
  },
  {
    matters: ["author", "contributors", "only_contributors", "author_is_only_contributor"],
    in: ["clone"],
    says: "An account is known where the e-mail names it, as GitHub's noreply addresses do; anybody else could not be told.",
  },
  {
    matters: ["draft", "fork", "head_branch"],
    in: ["clone"],
    says: "Of a squashed change the branch and the fork are gone: it counts as a branch of this repository that is no draft.",
  },
  {
    matters: ["commits_count", "commit_messages", "signed", "signed_by"],
    in: ["clone"],
    says: "A squashed change has one commit; those that were squashed are gone, with their messages and signatures.",
  },
  {
    matters: ["property"],
    in: ["clone"],
    says: "A clone knows no custom properties of the repository: none was taken to be set.",
  },
];

/** @returns sentences, in the table's order */
export function assumptionsOf(policy: Policy, source: HistorySource): string[] {
  const used = keysOf(policy);
  return assumptions
    .filter(({ in: sources, matters }) => sources.includes(source) && (matters === "always" || usesAny(used, matters)))
    .map(({ says }) => says);
}

function usesAny(used: ReadonlySet<string>, keys: readonly string[]): boolean {
  return keys.some((key) => used.has(key));
}

/** Every key of the policy's conditions and of the evidence it takes, that of built-in criteria included. */
function keysOf(policy: Policy): Set<string> {
  const keys = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      keys.add(key);
      walk(inner);
    }
  };
  for (const { when, conditions } of Object.values(policy.checkpoints)) walk([when, conditions]);
  for (const { evidence } of evidenceIn(policy)) walk(evidence);
  return keys;
}
