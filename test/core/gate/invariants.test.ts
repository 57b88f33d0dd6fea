import fc from "fast-check";
import { expect, it } from "vitest";
import { type Finding, findingClasses, strengths } from "../../../src/core/findings/finding.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import type { DecideInput } from "../../../src/core/gate/facts.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Comment, Read, Review } from "../../../src/core/snapshot.ts";
import { emptyMemory } from "../../../src/core/snapshot.ts";
import {
  aClassification,
  aComment,
  aCommit,
  aFinding,
  ago,
  aMemory,
  anInput,
  aReview,
  headSha,
} from "../../support/builders.ts";

const older = "c".repeat(40);
const logins = ["author", "peer", "sam", "ida", "lena", "mona", "nils", "reader", "unknown-person", "helper[bot]"];

const aReviewOfAnybody: fc.Arbitrary<Review> = fc
  .record({
    login: fc.constantFrom(...logins),
    state: fc.constantFrom(
      "approved" as const,
      "approved" as const,
      "changes_requested" as const,
      "commented" as const,
      "dismissed" as const,
    ),
    hours: fc.integer({ min: 0, max: 12 }),
    head: fc.constantFrom(headSha, older, null),
    isEdited: fc.boolean(),
  })
  .map(({ login, state, hours, head, isEdited }) =>
    aReview(login, { state, submittedAt: ago(hours), headAtSubmission: head, isEdited }),
  );

const aCommentOfAnybody: fc.Arbitrary<Comment> = fc
  .record({
    login: fc.constantFrom(...logins),
    body: fc.constantFrom("/holdpoint attest rollback_plan", "/approve", "/object", "nice"),
  })
  .map(({ login, body }) => aComment(login, body));

const findings: fc.Arbitrary<Finding[]> = fc.array(
  fc
    .record({ findingClass: fc.constantFrom(...findingClasses), strength: fc.constantFrom(...strengths) })
    .map(({ findingClass, strength }) => aFinding(findingClass, { strength })),
  { maxLength: 4 },
);

/** Policies of the usual shape: the later workflow never asks for less than the one before it. */
const policies: fc.Arbitrary<PolicyInput> = fc.record(
  {
    on_error: fc.constantFrom("block" as const, "ask" as const),
    approvals: fc.record(
      {
        freshness: fc.constantFrom(
          "exact" as const,
          "same_change" as const,
          "affected_paths" as const,
          "sticky" as const,
        ),
        allow_author: fc.boolean(),
        allow_contributor: fc.boolean(),
        distinct_people: fc.boolean(),
        unknown_contributor: fc.constantFrom("extra_approver" as const, "block" as const, "ignore" as const),
        methods: fc.constantFrom({}, { comments: ["/approve"] }),
      },
      { requiredKeys: [] },
    ),
    checkpoints: fc.constantFrom<NonNullable<PolicyInput["checkpoints"]>>(
      {},
      { security_review: { approver: "security_team" } },
      {
        breaking_change: { approver: "technical_lead", criteria: ["rollback_plan"] },
        security_review: { approver: "security_team", approvals: 2, criteria: ["best_practices"] },
        performance_impact: { required: false },
      },
      { release: { approvals: { technical_lead: 1, peer: 1 }, criteria: ["rollback_plan"] } },
    ),
  },
  { requiredKeys: [] },
);

const inputs: fc.Arbitrary<DecideInput> = fc
  .record({
    policy: policies,
    reviews: fc.array(aReviewOfAnybody, { maxLength: 6 }),
    comments: fc.array(aCommentOfAnybody, { maxLength: 3 }),
    findings,
    commitBy: fc.constantFrom("author", "peer", "sam"),
    isUnknown: fc.boolean(),
    body: fc.constantFrom("", "## Rollback\nRevert it."),
    digests: fc.constantFrom(["d", "d"], ["d", "e"], [null, null]),
    changed: fc.constantFrom(10, 500),
  })
  .map(({ policy, reviews, comments, findings: found, commitBy, isUnknown, body, digests, changed }) =>
    anInput({
      policy,
      classification: aClassification({
        findings: found,
        size: { added: changed, removed: 0, changed, files: 1, byLanguage: {}, leftOut: [] },
      }),
      snapshot: {
        body,
        reviews,
        comments,
        commits: [
          aCommit({ by: commitBy, ...(isUnknown ? { author: { account: null, name: "X", email: "x@x" } } : {}) }),
        ],
      },
      memory: aMemory({
        heads: {
          [older]: { patchDigest: digests[0] ?? null, pathDigests: {}, firstSeenAt: ago(11) },
          [headSha]: { patchDigest: digests[1] ?? null, pathDigests: {}, firstSeenAt: ago(6) },
        },
      }),
    }),
  );

const isOpen = (input: DecideInput) => decide(input).isOpen;

it("taking an approval away never opens the gate", () => {
  fc.assert(
    fc.property(inputs, fc.nat(), (input, pick) => {
      const { reviews } = input.snapshot;
      const victim = reviews.filter((review) => review.state === "approved")[pick % Math.max(1, reviews.length)];
      fc.pre(victim !== undefined && !isOpen(input));
      // An approval that lifted its author's own objection is left out: taking it away brings the objection back, which only shuts.
      const without = {
        ...input,
        snapshot: { ...input.snapshot, reviews: reviews.filter((review) => review !== victim) },
      };
      expect(isOpen(without)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

it("adding a finding never opens the gate", () => {
  fc.assert(
    fc.property(
      inputs,
      fc.constantFrom(...findingClasses),
      fc.constantFrom(...strengths),
      (input, findingClass, strength) => {
        fc.pre(!isOpen(input));
        const all = Object.values(input.classification.classes).flatMap((one) => one.findings);
        const { size, tests, kinds } = input.classification;
        const more = aClassification({ size, tests, kinds, findings: [...all, aFinding(findingClass, { strength })] });
        expect(isOpen({ ...input, classification: more })).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

const unread: Read<never> = { kind: "unreadable", reason: "GitHub answered 502" };
const losses: Record<string, (input: DecideInput) => DecideInput> = {
  "a team": (input) => withDirectory(input, { teams: { ...input.snapshot.directory.teams, "acme/security": unread } }),
  "the team a role falls back to": (input) =>
    withDirectory(input, { teams: { ...input.snapshot.directory.teams, "acme/technical-lead": unread } }),
  "everybody's permission": (input) => withDirectory(input, { permissions: {} }),
  "the list of files": (input) => incomplete(input, "files"),
  "the list of reviews": (input) => incomplete(input, "reviews"),
  "the list of commits": (input) => incomplete(input, "commits"),
  "all memory": (input) => ({ ...input, memory: emptyMemory }),
  "the comments": (input) => incomplete({ ...input, snapshot: { ...input.snapshot, comments: [] } }, "comments"),
};

function withDirectory(input: DecideInput, part: Partial<DecideInput["snapshot"]["directory"]>): DecideInput {
  return { ...input, snapshot: { ...input.snapshot, directory: { ...input.snapshot.directory, ...part } } };
}

function incomplete(input: DecideInput, what: DecideInput["snapshot"]["incomplete"][number]["what"]): DecideInput {
  return { ...input, snapshot: { ...input.snapshot, incomplete: [{ what, reason: "not read" }] } };
}

it.each(Object.entries(losses))("losing %s never opens the gate", (_, lose) => {
  fc.assert(
    fc.property(inputs, (input) => {
      fc.pre(!isOpen(input));
      // An answer to "on_error: ask" may take people who are not asked otherwise: the strictest workflow is still what it asks.
      fc.pre(input.document.policy.on_error === "block");
      expect(isOpen(lose(input))).toBe(false);
    }),
    { numRuns: 150 },
  );
});

it("judging twice gives the same verdict and the same effects", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const verdict = decide(input);
      expect(decide(input)).toEqual(verdict);
      const asked = verdict.effects.flatMap((effect) => (effect.kind === "request_reviewers" ? effect.people : []));
      const after = { ...input, snapshot: { ...input.snapshot, requestedReviewers: asked } };
      expect(decide(after).effects).toEqual([]);
    }),
  );
});

it("the fastest way, taken, leaves nobody to wait for whom it could name", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const way = decide(input).fastestWay.filter((person) => person.id > 0);
      fc.pre(way.length > 0);
      const reviews = [
        ...input.snapshot.reviews,
        ...way.map((person) => aReview(person.login, { submittedAt: ago(-1), headAtSubmission: headSha })),
      ];
      const after = decide({ ...input, snapshot: { ...input.snapshot, reviews } });
      expect(after.fastestWay.filter((person) => way.includes(person))).toEqual([]);
    }),
  );
});
