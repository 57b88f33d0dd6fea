import { describe, expect, it } from "vitest";
import { isBypassTried } from "../../../src/core/policy/bypass-tried.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { wantedDirectory } from "../../../src/core/policy/wanted-directory.ts";
import type { Memory, Snapshot } from "../../../src/core/snapshot.ts";
import { aComment, aDocument, ago, aMemory, aPerson, aReview, aSnapshot, headSha } from "../../support/builders.ts";

const emergency: PolicyInput = { bypass: { emergency: {} } };
const label = (name: string) => ({ name, addedBy: aPerson("otto"), addedAt: ago(1) });

const grant = {
  outcome: "granted",
  id: "command:1",
  source: { kind: "command", commentId: 1 },
  scope: "all",
  cause: "unspecified",
  requester: aPerson("otto"),
  at: ago(2),
  headSha,
  reason: "orders are lost",
  secondPerson: null,
  grantedAt: ago(2),
  until: ago(-2),
  issue: { number: 9, url: "https://github.com/acme/api/issues/9" },
  ended: null,
} as const;

interface Row {
  name: string;
  policy?: PolicyInput;
  snapshot?: Partial<Snapshot>;
  memory?: Partial<Memory>;
  is: boolean;
}

const command = { commentId: 1, person: aPerson("otto"), at: ago(1), text: "bypass all", headSha };

describe("a bypass is tried", () => {
  it.each<Row>([
    { name: "nothing was said or put on", is: false },
    { name: "another label is on", snapshot: { labels: [label("urgent")] }, is: false },
    { name: "a label of it is on", snapshot: { labels: [label("emergency-bypass")] }, is: true },
    { name: "a label of it is on, however it is written", snapshot: { labels: [label("Emergency-Bypass")] }, is: true },
    {
      name: "a label of the policy's own is on",
      policy: { bypass: { emergency: { labels: { urgent: "outage" } } } },
      snapshot: { labels: [label("urgent")] },
      is: true,
    },
    {
      name: "a built-in label is on that the policy replaced",
      policy: { bypass: { emergency: { labels: { urgent: "outage" } } } },
      snapshot: { labels: [label("emergency-bypass")] },
      is: false,
    },
    { name: "the command was given", snapshot: { comments: [aComment("otto", "/holdpoint bypass all")] }, is: true },
    {
      name: "it was given in a review",
      snapshot: { reviews: [aReview("otto", { body: "/holdpoint bypass all" })] },
      is: true,
    },
    { name: "somebody wrote of it", snapshot: { comments: [aComment("otto", "see /holdpoint bypass")] }, is: false },
    { name: "its comment was deleted", memory: { commands: [command] }, is: true },
    { name: "one was granted", memory: { bypasses: [grant] }, is: true },
    { name: "one has ended", memory: { bypasses: [{ ...grant, ended: { at: ago(1), why: "push" } }] }, is: false },
    {
      name: "the policy has none",
      policy: {},
      snapshot: { labels: [label("emergency-bypass")] },
      memory: { bypasses: [grant] },
      is: false,
    },
  ])("$name → $is", ({ policy = emergency, snapshot, memory, is }) => {
    expect(isBypassTried(aDocument(policy).policy, aSnapshot(snapshot), aMemory(memory))).toBe(is);
  });
});

describe("who may ask for one is looked up", () => {
  const teamsOf = (snapshot: Partial<Snapshot>, policy: PolicyInput = emergency) =>
    wantedDirectory(aDocument(policy).policy, aSnapshot(snapshot), aMemory())?.teams ?? [];

  it("only where somebody asks", () => {
    expect(teamsOf({})).toEqual([]);
    expect(teamsOf({ labels: [label("emergency-bypass")] })).toEqual(["acme/on-call"]);
  });

  it("with those who have to agree", () => {
    const policy: PolicyInput = {
      roles: { captains: { teams: ["acme/captains"] } },
      bypass: { emergency: { authorised: ["on_call"], second_person: "captains" } },
    };
    expect(teamsOf({ labels: [label("emergency-bypass")] }, policy).sort()).toEqual(["acme/captains", "acme/on-call"]);
  });
});
