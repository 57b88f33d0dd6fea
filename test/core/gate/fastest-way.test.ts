import fc from "fast-check";
import { expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import type { DecideInput } from "../../../src/core/gate/facts.ts";
import { withParts } from "../../../src/core/gate/requirements.ts";
import { ago, anInput, aPerson, aReview, aSnapshot, headSha } from "../../support/builders.ts";

const logins = ["sam", "ida", "lena", "otto", "mona"];
const people = fc.uniqueArray(fc.constantFrom(...logins, "author"), { minLength: 1, maxLength: 5 });
const seat = fc.record({
  people,
  needed: fc.integer({ min: 1, max: 2 }),
  distinct: fc.constantFrom(undefined, true, false),
});

/** Up to three rules whose roles are teams, with approvals, people who are asked and people who are busy. */
const inputs = fc
  .record({
    seats: fc.array(seat, { minLength: 1, maxLength: 3 }),
    isDistinct: fc.boolean(),
    approved: fc.uniqueArray(fc.constantFrom(...logins), { maxLength: 2 }),
    busy: fc.uniqueArray(fc.constantFrom(...logins), { maxLength: 2 }),
    asked: fc.uniqueArray(fc.constantFrom(...logins), { maxLength: 2 }),
  })
  .map(({ seats, isDistinct, approved, busy, asked }) => {
    const { directory } = aSnapshot();
    const teams = Object.fromEntries(
      seats.map(({ people: members }, index) => [
        `acme/team${index}`,
        { kind: "read" as const, value: members.map((login) => aPerson(login)) },
      ]),
    );
    return anInput({
      policy: {
        approvals: { distinct_people: isDistinct },
        roles: Object.fromEntries(seats.map((_, index) => [`role${index}`, { teams: [`acme/team${index}`] }])),
        checkpoints: Object.fromEntries(
          seats.map(({ needed, distinct }, index) => [
            `rule${index}`,
            {
              approver: `role${index}`,
              approvals: needed,
              ...(distinct === undefined ? {} : { distinct_people: distinct }),
            },
          ]),
        ),
        approval_workflows: { none: { process: ["automated_approval"] } },
      },
      snapshot: {
        reviews: approved.map((login) => aReview(login)),
        requestedReviewers: asked.map((login) => aPerson(login)),
        directory: {
          ...directory,
          teams: { ...directory.teams, ...teams },
          busy: busy.map((login) => aPerson(login).id),
        },
      },
    });
  });

function opensWith(input: DecideInput, approving: readonly string[]): boolean {
  const more = approving.map((login) => aReview(login, { submittedAt: ago(-1), headAtSubmission: headSha }));
  return decide({ ...input, snapshot: { ...input.snapshot, reviews: [...input.snapshot.reviews, ...more] } }).isOpen;
}

function subsets([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others, ...others.map((set) => [first, ...set])];
}

it("the fastest way opens the gate, and no smaller set of people does", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const verdict = decide(input);
      const opening = subsets(logins).filter((set) => opensWith(input, set));
      const fewest = Math.min(...opening.map((set) => set.length));
      if (verdict.isOpen || opening.length === 0) return;
      const way = verdict.fastestWay.map(({ login }) => login);
      expect(opensWith(input, way)).toBe(true);
      expect(way).toHaveLength(fewest);
      // Nobody who is busy, where as few others would do whom a row that waits names.
      const named = [...withParts(verdict.requirements)].flatMap((one) =>
        one.kind === "approvals" && one.state === "waiting" ? one.candidates.map(({ login }) => login) : [],
      );
      const busy = input.snapshot.directory.busy;
      const isFree = (set: readonly string[]) => set.every((login) => !busy.includes(aPerson(login).id));
      if (opening.some((set) => set.length === fewest && isFree(set) && set.every((login) => named.includes(login))))
        expect(isFree(way)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it("what no set of people can open is said at once, and what one can is never called impossible", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const verdict = decide(input);
      const canOpen = subsets(logins).some((set) => opensWith(input, set));
      expect(verdict.state === "must_change").toBe(!canOpen);
    }),
    { numRuns: 300 },
  );
});
