/** Who owes a review, to whom, and who may not give it: worked out while the change is as it was let through. */

import type { BypassState } from "../bypass/bypass.ts";
import { emergencyRules } from "../bypass/emergency-rules.ts";
import type { HandIn, PostReviewData } from "../bypass/post-review-data.ts";
import { emergencyDefaults } from "../policy/emergency-defaults.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import { resolveRole } from "../policy/resolve-role.ts";
import { emptyMemory, type Person, type Snapshot } from "../snapshot.ts";
import { findContributors } from "./contributors.ts";

type Grantable = Pick<Extract<BypassState, { kind: "grantable" }>, "request" | "secondPerson" | "reason">;

/** What let a change through. */
export type LetThrough = { kind: "bypass"; state: Grantable } | { kind: "around" };

/** Everything but the words, which `report` has. */
export type OwedReview = Omit<PostReviewData, "title" | "body">;

/** @param document as it was before the change; `null` where none can be read: a technical lead has a day */
export function owedReview(
  through: LetThrough,
  { snapshot, document, now }: { snapshot: Snapshot; document: PolicyDocument | null; now: Date },
): OwedReview {
  const rules = document === null ? null : emergencyRules(document.policy);
  const { approver, withinMs } = rules?.postReview ?? emergencyDefaults.postReview;
  return {
    cause: through.kind,
    bypassId: through.kind === "bypass" ? through.state.request.id : null,
    headSha: snapshot.head.sha,
    filedAt: now.toISOString(),
    role: approver,
    meaning: meaningOf(approver, document, snapshot),
    withinMs,
    startsAt: document?.policy.bypass?.emergency?.post_review?.escalation ?? defaultStart,
    excluded: excludedFrom(through, snapshot),
    heard: [],
    review: null,
    dropped: null,
    isAssigned: false,
    reopened: 0,
    refiledAt: [],
    unfiledSince: null,
    isVerified: false,
    told: [],
  };
}

const defaultStart = "level_3";

/** Whoever had a hand in it, once each: e-mails and trailers exclude here as everywhere. */
function excludedFrom(through: LetThrough, snapshot: Snapshot): PostReviewData["excluded"] {
  const hands: [Pick<Person, "id" | "login"> | null, HandIn][] = [[snapshot.author, "author"]];
  if (through.kind === "bypass") {
    hands.push([through.state.request.requester, "requester"], [through.state.secondPerson, "second_person"]);
  } else hands.push([snapshot.merged?.by ?? null, "merger"]);
  const options = { ignoreUpdateMerges: false, ignores: () => false as const };
  const { ids, pusherIds } = findContributors(snapshot, emptyMemory, options);
  const names = new Map(accountsIn(snapshot).map(({ id, login }) => [id, login]));
  for (const id of [...ids, ...pusherIds]) hands.push([{ id, login: names.get(id) ?? String(id) }, "contributor"]);
  const excluded = new Map<number, PostReviewData["excluded"][number]>();
  for (const [person, why] of hands) {
    if (person !== null && !excluded.has(person.id)) {
      excluded.set(person.id, { id: person.id, login: person.login, why });
    }
  }
  return [...excluded.values()];
}

function accountsIn({ commits }: Snapshot): Person[] {
  return commits.flatMap(({ author, committer, coAuthors, pushedBy }) =>
    [author.account, committer.account, ...coAuthors.map(({ account }) => account), pushedBy].filter(
      (person) => person !== null,
    ),
  );
}

/** A change that rewrites who reviews cannot choose its own reviewers. */
function touches({ files, incomplete }: Snapshot, { source }: PolicyDocument): boolean {
  if (incomplete.some(({ what }) => what === "files")) return true;
  return files.some(({ path, previousPath }) => path === source.path || previousPath === source.path);
}

function meaningOf(role: string, document: PolicyDocument | null, snapshot: Snapshot): PostReviewData["meaning"] {
  if (document === null) return "unmapped";
  if (!touches(snapshot, document)) return null;
  const meaning = resolveRole(document.policy, role, snapshot.repository.owner);
  if (meaning.how !== "policy") return "unmapped";
  return Object.fromEntries(Object.entries(meaning.people).filter(([, value]) => value !== undefined));
}
