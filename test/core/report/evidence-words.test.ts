import { describe, expect, it } from "vitest";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { rowsOf } from "../../../src/core/report/rows.ts";
import { toPlain } from "../../../src/core/report/words.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aComment, aReview } from "../../support/builders.ts";
import { judged } from "./telling.ts";

type Criterion = NonNullable<NonNullable<PolicyInput["checkpoints"]>[string]["criteria"]>[number];

/** What the check tells whoever has to act, for a criterion of a checkpoint that a peer has approved. */
function told(criterion: Criterion, snapshot: Partial<Snapshot> = {}): string {
  const policy: PolicyInput = { checkpoints: { release: { approver: "peer", criteria: [criterion] } } };
  const { verdict, telling } = judged({ policy, snapshot: { reviews: [aReview("peer")], ...snapshot } });
  const id = `checkpoint:release/${typeof criterion === "string" ? criterion : criterion.id}`;
  return toPlain(rowsOf(verdict, telling).find((row) => row.id === id)?.who ?? []);
}

describe("what the check says of missing evidence (G4)", () => {
  it.each<{ name: string; criterion: Criterion; says: string }>([
    {
      name: "a document",
      criterion: "rollback_plan",
      says: 'add a section "Rollback" to the description, or tick "Rollback tested", or change ROLLBACK.md, or comment /holdpoint evidence rollback_plan <link or text>, or peer comments /holdpoint attest rollback_plan',
    },
    {
      name: "a measurement",
      criterion: "vulnerability_analysis",
      says: "let CodeQL succeed, or peer comments /holdpoint attest vulnerability_analysis",
    },
    {
      name: "any check of an App",
      criterion: { id: "scan", evidence: { check: { name: "*", app: "scanner" } } },
      says: "let any check of scanner succeed",
    },
    {
      name: "a check of an App",
      criterion: { id: "scan", evidence: { check: { name: "scan", app: "scanner" } } },
      says: "let scan of scanner succeed",
    },
    {
      name: "two things at once",
      criterion: { id: "drill", evidence: { all: [{ comment: true }, { label: "drilled" }] } },
      says: "comment /holdpoint evidence drill <link or text>; and add the label drilled",
    },
  ])("$name", ({ criterion, says }) => {
    expect(told(criterion)).toBe(says);
  });

  const own = { id: "drill", evidence: { any: [{ comment: true as const }, { attested_by: "peer" }] } };
  const how = "comment /holdpoint evidence drill <link or text>, or peer comments /holdpoint attest drill";

  it.each<{ name: string; snapshot: Partial<Snapshot>; says: string }>([
    {
      name: "too little was given",
      snapshot: { comments: [aComment("author", "/holdpoint evidence drill done")] },
      says: "the evidence of @author does not count: it takes a link, or a sentence of at least 20 characters",
    },
    {
      name: "a reader gave it",
      snapshot: { comments: [aComment("reader", "/holdpoint evidence drill https://example.com")] },
      says: "the evidence of @reader does not count: it takes write permission",
    },
    {
      name: "the author attested",
      snapshot: { comments: [aComment("author", "/holdpoint attest drill")] },
      says: "the attestation of @author does not count: whoever takes part in a change cannot attest it",
    },
    {
      name: "it was attested for another head",
      snapshot: {
        comments: [aComment("reader", "/holdpoint attest drill")],
        reviews: [
          aReview("peer"),
          aReview("sam", { body: "/holdpoint attest drill", headAtSubmission: "c".repeat(40) }),
        ],
      },
      says: "the attestation of @sam does not count: the change is another one since; if it still holds, it can be said again",
    },
    {
      name: "it was edited",
      snapshot: { comments: [aComment("sam", "/holdpoint attest drill", { isEdited: true })] },
      says: "the attestation of @sam does not count: its comment was edited; a new one would count",
    },
  ])("and why what was said does not count: $name", ({ snapshot, says }) => {
    expect(told(own, snapshot)).toBe(`${how}; ${says}`);
  });

  it("shows what was given as text, whatever it says", () => {
    const comments = [aComment("author", "/holdpoint evidence drill [x](https://example.com) @peer `code`")];
    expect(told(own, { comments })).toBe("");
    const policy: PolicyInput = { checkpoints: { release: { approver: "peer", criteria: [own] } } };
    const { verdict, telling } = judged({ policy, snapshot: { comments, reviews: [aReview("peer")] } });
    const who = rowsOf(verdict, telling).flatMap((row) => toPlain(row.who));
    expect(who.join("\n")).toContain("[x](https://example.com) @peer code, given by author");
  });
});
