import fc from "fast-check";
import { expect, it } from "vitest";
import type { RememberedBypass } from "../../../src/core/bypass/bypass.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import type { DecideInput } from "../../../src/core/gate/facts.ts";
import { withParts } from "../../../src/core/gate/requirements.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Incomplete, Label } from "../../../src/core/snapshot.ts";
import { aClassification, aFinding, ago, aPerson, aReview, aSnapshot, headSha, now } from "../../support/builders.ts";
import { aBypassCommand, aGrant, aLabel, anEmergency, aReason, emergency, minutesAgo } from "../../support/bypass.ts";

const older = "c".repeat(40);
const logins = ["otto", "lena", "peer", "author", "reader", "helper[bot]"];

const someLabel: fc.Arbitrary<Label> = fc
  .record({
    name: fc.constantFrom("emergency-bypass", "emergency: critical-bug", "documentation"),
    by: fc.constantFrom(...logins, null),
    minutes: fc.integer({ min: 0, max: 700 }),
    head: fc.constantFrom(headSha, older, null),
  })
  .map(({ name, by, minutes, head }) =>
    aLabel({
      name,
      addedBy: by === null ? null : aPerson(by),
      addedAt: by === null ? null : minutesAgo(minutes),
      headAtLabelling: head,
    }),
  );

const someComment = fc
  .record({
    login: fc.constantFrom(...logins),
    what: fc.constantFrom("reason", "short", "ask", "agree", "cancel"),
    minutes: fc.integer({ min: 0, max: 700 }),
    isEdited: fc.boolean(),
  })
  .map(({ login, what, minutes, isEdited }) => {
    const comment = { createdAt: minutesAgo(minutes), isEdited };
    if (what === "reason") return aReason(login, undefined, comment);
    if (what === "short") return aReason(login, "down", comment);
    return aBypassCommand(login, what === "ask" ? undefined : what, comment);
  });

const someBypass: fc.Arbitrary<RememberedBypass> = fc
  .record({
    by: fc.constantFrom("otto", "lena", "peer"),
    head: fc.constantFrom(headSha, older),
    minutes: fc.integer({ min: -60, max: 60 }),
    isEnded: fc.boolean(),
    scope: fc.constantFrom("all" as const, ["security_review"]),
  })
  .map(({ by, head, minutes, isEnded, scope }) =>
    aGrant({
      id: `command:${minutes}`,
      source: { kind: "command", commentId: minutes },
      requester: aPerson(by),
      headSha: head,
      until: minutesAgo(-minutes),
      scope,
      ended: isEnded ? { at: minutesAgo(1), why: "cancelled" } : null,
    }),
  );

const policies: fc.Arbitrary<PolicyInput> = fc
  .record({
    emergency: fc.constantFrom<NonNullable<NonNullable<PolicyInput["bypass"]>["emergency"]>>(
      {},
      { second_person: "technical_lead" },
      { never: ["security_review", "secret_detected"] },
      { budget: { limit: "1%", over_budget: "refuse" } },
    ),
    on_error: fc.constantFrom("block" as const, "ask" as const),
    hasLead: fc.boolean(),
  })
  .map(({ emergency: block, on_error, hasLead }) => ({
    ...emergency,
    on_error,
    roles: { on_call: { users: ["otto"] }, ...(hasLead ? { technical_lead: { users: ["lena"] } } : {}) },
    checkpoints: { security_review: { approver: "security_team" } },
    bypass: { emergency: block },
  }));

const incomplete: fc.Arbitrary<Incomplete[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Incomplete[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("files", "comments", "labels", "checks")
      .map((what) => [{ what, reason: "cut off" } as Incomplete]),
  },
);

const inputs: fc.Arbitrary<DecideInput> = fc
  .record({
    policy: policies,
    labels: fc.uniqueArray(someLabel, { maxLength: 3, selector: ({ name }) => name }),
    comments: fc.array(someComment, { maxLength: 4 }),
    bypasses: fc.uniqueArray(someBypass, { maxLength: 2, selector: ({ id }) => id }),
    merges: fc.constantFrom({ all: 300, bypassed: 0 }, { all: 10, bypassed: 1 }, null),
    hasSecret: fc.boolean(),
    isApproved: fc.boolean(),
    isTeamRead: fc.boolean(),
    isDraft: fc.boolean(),
    incomplete,
  })
  .map(({ policy, merges, bypasses, hasSecret, isApproved, isTeamRead, ...snapshot }) => {
    const { directory } = aSnapshot();
    const unread = { kind: "unreadable" as const, reason: "GitHub answered 502" };
    return anEmergency({
      policy,
      memory: { merges, bypasses },
      classification: aClassification({
        findings: [aFinding("security"), ...(hasSecret ? [aFinding("security", { rule: "secret_added" })] : [])],
      }),
      snapshot: {
        ...snapshot,
        reviews: isApproved ? [aReview("peer")] : [],
        directory: isTeamRead
          ? directory
          : { ...directory, teams: { ...directory.teams, "acme/security-team": unread } },
      },
    });
  });

const options = { numRuns: 400 };

it("never opens what could not be read", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const bare = decide({
        ...input,
        memory: { ...input.memory, bypasses: [] },
        snapshot: { ...input.snapshot, labels: [], comments: [] },
      });
      const verdict = decide(input);
      for (const one of bare.requirements.filter(({ state }) => state === "error")) {
        expect(verdict.requirements.find(({ id }) => id === one.id)?.state).toBe("error");
      }
      const reading = verdict.requirements.filter(({ kind }) => kind === "reading");
      expect(reading.every(({ state }) => state === "error")).toBe(true);
      if (input.snapshot.incomplete.length > 0) expect(verdict.openings).toEqual([]);
    }),
    options,
  );
});

it("grants nothing without somebody authorised who asked on this very head", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      for (const state of decide(input).bypasses) {
        if (state.kind !== "grantable" && state.kind !== "in_force") continue;
        const { requester, at } = state.kind === "in_force" ? state.grant : state.request;
        expect(["otto", "lena"]).toContain(requester.login);
        if (state.kind === "in_force") expect(state.grant.headSha).toBe(headSha);
        else if (state.request.source.kind === "label") {
          const { source } = state.request;
          const label = input.snapshot.labels.find(({ name }) => name === source.label);
          expect(label?.addedBy?.id).toBe(requester.id);
          expect(label?.headAtLabelling ?? headSha).toBe(headSha);
        } else expect(at.getTime()).toBeGreaterThan(ago(9).getTime());
      }
    }),
    options,
  );
});

it("lets nothing pass while there is a finding that nothing opens", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const found = input.classification.classes.security.findings.some(({ rule }) => rule === "secret_added");
      const never = input.document.policy.bypass?.emergency?.never ?? ["secret_detected"];
      if (!found || !never.includes("secret_detected")) return;
      const verdict = decide(input);
      expect(verdict.openings).toEqual([]);
      expect([...withParts(verdict.requirements)].some(({ state }) => state === "bypassed")).toBe(false);
      expect(verdict.bypasses.some(({ kind }) => kind === "grantable" || kind === "in_force")).toBe(false);
    }),
    options,
  );
});

it("opens nothing by time passing", () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 1, max: 100_000_000 }), (input, ms) => {
      const before = decide(input);
      const after = decide({ ...input, now: new Date(now.getTime() + ms) });
      expect(after.isOpen && !before.isOpen).toBe(false);
      const grantable = (verdict: typeof before) =>
        verdict.bypasses.flatMap((one) => (one.kind === "grantable" ? [one.request.id] : []));
      // Whoever stood behind another that time has ended may move up; nobody else does.
      const was = before.bypasses.flatMap((one) =>
        one.kind === "grantable" || one.kind === "awaiting" ? [one.request.id] : [],
      );
      for (const id of grantable(after)) expect(was).toContain(id);
      const isAlone = before.bypasses.length === 1;
      if (isAlone) expect(grantable(before)).toEqual(expect.arrayContaining(grantable(after)));
    }),
    options,
  );
});

it("wakes at the moment from which something is over", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { wakeAt, bypasses } = decide(input);
      const ends = bypasses.flatMap((one) =>
        one.kind === "in_force" ? [one.grant.until] : one.kind === "awaiting" && one.until ? [one.until] : [],
      );
      for (const end of ends) expect(wakeAt !== null && wakeAt.getTime() <= end.getTime()).toBe(true);
    }),
    options,
  );
});

it("judges twice alike", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      expect(decide(input)).toEqual(decide(input));
    }),
    { numRuns: 100 },
  );
});
