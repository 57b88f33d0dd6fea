import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Condition,
  conditionSchema,
  depthOf,
  nextChange,
  testCondition,
} from "../../../src/core/policy/condition.ts";
import type { Facts } from "../../../src/core/policy/predicates/predicate.ts";
import { aClassification, aSnapshot } from "../../support/builders.ts";

/** Facts in which `draft: true` holds, `fork: true` does not, and `labels: [x]` cannot be told. */
const facts: Facts = {
  snapshot: aSnapshot({ isDraft: true, isFork: false, incomplete: [{ what: "labels", reason: "too many" }] }),
  classification: aClassification(),
  roles: {},
  now: new Date("2026-11-20T16:00:00Z"),
};
const yes = { draft: true };
const no = { fork: true };
const unsure = { labels: ["x"] };

function holds(written: unknown) {
  return testCondition(conditionSchema.parse(written), facts).holds;
}

describe("three-valued logic", () => {
  it.each([
    [yes, true],
    [no, false],
    [unsure, "unknown"],
    [{ ...yes, ...no }, false],
    [{ ...yes, ...unsure }, "unknown"],
    [{ ...no, ...unsure }, false],
    [[yes, yes], true],
    [[yes, no], false],
    [{ all: [yes, unsure] }, "unknown"],
    [{ all: [no, unsure] }, false],
    [{ any: [no, unsure] }, "unknown"],
    [{ any: [yes, unsure] }, true],
    [{ any: [no, no] }, false],
    [{ none: [no, no] }, true],
    [{ none: [no, yes] }, false],
    [{ none: [unsure, yes] }, false],
    [{ none: [unsure, no] }, "unknown"],
    [{ all: [yes], none: [no] }, true],
    [{ all: [{ any: [no, { none: [no] }] }] }, true],
  ])("%j → %s", (written, expected) => {
    expect(holds(written)).toBe(expected);
  });

  const leaf = fc.constantFrom(yes, no, unsure);
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      ...["all", "any", "none"].map((joint) =>
        fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((parts) => ({ [joint]: parts })),
      ),
    ),
  })).node;

  it("`none` is the denial of `any`, and twice denied is the thing itself", () => {
    const denied = { true: false, false: true, unknown: "unknown" } as const;
    fc.assert(
      fc.property(tree, (written) => {
        const plain = holds(written);
        expect(holds({ none: [written] })).toBe(denied[String(plain) as keyof typeof denied]);
        expect(holds({ none: [{ none: [written] }] })).toBe(plain);
      }),
    );
  });

  it("the order of parts never matters, and `all` of a thing and itself is the thing", () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(holds({ all: [a, b] })).toBe(holds({ all: [b, a] }));
        expect(holds({ any: [a, b] })).toBe(holds({ any: [b, a] }));
        expect(holds({ all: [a, a] })).toBe(holds(a));
      }),
    );
  });

  it("learning what was unknown never turns an answer round", () => {
    const known = (labels: string[]): Facts => ({
      ...facts,
      snapshot: {
        ...facts.snapshot,
        incomplete: [],
        labels: labels.map((name) => ({ name, addedBy: null, addedAt: null })),
      },
    });
    fc.assert(
      fc.property(tree, fc.boolean(), (written, isLabelled) => {
        const before = holds(written);
        const after = testCondition(conditionSchema.parse(written), known(isLabelled ? ["x"] : [])).holds;
        expect(after).not.toBe("unknown");
        if (before !== "unknown") expect(after).toBe(before);
      }),
    );
  });
});

it("a trace says what was wanted and what was seen, part by part", () => {
  const trace = testCondition(conditionSchema.parse({ all: [yes, { none: [no] }] }), facts);
  expect(trace).toMatchObject({
    what: "all",
    parts: [
      { what: "draft", wanted: true, saw: "a draft", holds: true },
      { what: "none", parts: [{ what: "fork", saw: "from this repository", holds: false }] },
    ],
  });
});

it.each([
  [yes, 0],
  [{ all: [yes] }, 1],
  [{ any: [{ all: [{ none: [no] }] }, yes] }, 3],
])("%j nests %d levels", (written, depth) => {
  expect(depthOf(conditionSchema.parse(written) as Condition)).toBe(depth);
});

describe("the next moment at which the clock may change the answer", () => {
  const hours = { time: { hours: "09:00-17:00", days: ["mon", "tue", "wed", "thu", "fri"] } };
  it.each([
    { name: "no clock", written: yes, at: "2026-11-20T16:00:00Z", next: null },
    { name: "inside hours", written: hours, at: "2026-11-20T16:00:00Z", next: "2026-11-20T17:00:00.000Z" },
    { name: "after hours on Friday", written: hours, at: "2026-11-20T17:00:00Z", next: "2026-11-23T09:00:00.000Z" },
    { name: "seconds before", written: hours, at: "2026-11-20T16:59:59Z", next: "2026-11-20T17:00:00.000Z" },
    {
      name: "nested",
      written: { none: [{ any: [hours, yes] }] },
      at: "2026-11-20T16:00:00Z",
      next: "2026-11-20T17:00:00.000Z",
    },
    {
      name: "another zone, over a clock change",
      written: { time: { hours: "09:00-10:00", zone: "Europe/Berlin" } },
      at: "2026-10-24T20:00:00Z",
      next: "2026-10-25T08:00:00.000Z",
    },
    { name: "always", written: { time: { hours: "00:00-24:00" } }, at: "2026-11-20T16:00:00Z", next: null },
  ])("$name → $next", ({ written, at, next }) => {
    expect(nextChange(conditionSchema.parse(written), new Date(at))?.toISOString() ?? null).toBe(next);
  });
});
