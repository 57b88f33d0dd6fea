import { describe, expect, it } from "vitest";
import { renderCheck } from "../../src/core/report/render-check.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { draftDigest } from "../../src/handlers/publish-judgement.ts";
import { judged } from "../core/report/telling.ts";
import { ago, aReview, aSnapshot } from "../support/builders.ts";

const policy = { checkpoints: { security_review: { when: { base_branch: "main" }, approver: "peer" } } };

/** The digest of a check, judged at a policy commit. */
function digest(snapshot: Partial<Snapshot> = {}, { commit = "c", blob = "1" } = {}) {
  const { verdict, telling } = judged({ policy, snapshot });
  const file = `https://github.com/acme/api/blob/${commit.repeat(40)}/.github/checkpoints.yml`;
  const source = { ...telling.document.source, blobSha: blob.repeat(40) };
  const urls = {
    policyUrl: (line: number | null) => (line === null ? file : `${file}#L${line}`),
    codeUrl: () => null,
    ruleUrl: () => null,
    details: null,
  };
  return (now: Date) =>
    draftDigest(renderCheck({ verdict, ...telling, now, document: { ...telling.document, source }, urls }));
}
const now = ago(0);
const main = (sha: string) => ({ base: { ...aSnapshot().base, sha } });

describe("whether a check says something else", () => {
  const same = digest()(now);
  it.each([
    { name: "a later minute", other: digest()(ago(-1)) },
    { name: "a later commit of the base branch", other: digest(main("d".repeat(40)))(now) },
    { name: "the same policy read at a later commit", other: digest({}, { commit: "e" })(now) },
  ])("$name is the same check", ({ other }) => expect(other).toBe(same));

  it.each([
    { name: "an approval", other: digest({ reviews: [aReview("peer")] })(now) },
    { name: "another policy", other: digest({}, { blob: "2" })(now) },
    { name: "another base branch", other: digest({ base: { ref: "next", sha: aSnapshot().base.sha } })(now) },
  ])("$name is another one", ({ other }) => expect(other).not.toBe(same));
});
