import { describe, expect, it } from "vitest";
import { needsCodeowners, organizationsOf, teamsOf } from "../../../src/core/policy/policy-people.ts";
import { holdsRole, resolveRole, settleRole } from "../../../src/core/policy/resolve-role.ts";
import { policySchema } from "../../../src/core/policy/schema.ts";
import type { Person, Read, Snapshot } from "../../../src/core/snapshot.ts";
import { aPerson, aSnapshot } from "../../support/builders.ts";

const roles = { lead: { users: ["Lena"], teams: ["acme/Security"] }, owner: { codeowners: true } };

function facts(directory: Partial<Snapshot["directory"]> = {}, snapshot: Partial<Snapshot> = {}) {
  return { roles, snapshot: aSnapshot({ ...snapshot, directory: { ...aSnapshot().directory, ...directory } }) };
}

describe("what a role means", () => {
  it.each([
    ["lead", { how: "policy", people: roles.lead }],
    ["peer", { how: "built_in", people: { permission: "write" } }],
    ["code_owner", { how: "built_in", people: { codeowners: true } }],
    ["security_team", { how: "fallback", teams: ["acme/security-team", "acme/security"], permission: "write" }],
    ["technical_lead", { how: "fallback", teams: ["acme/technical-lead"], permission: "admin" }],
    ["senior_developer", { how: "fallback", teams: ["acme/senior-developer"], permission: "maintain" }],
    ["on_call", { how: "fallback", teams: ["acme/on-call"], permission: "write" }],
    ["Release.Team", { how: "fallback", teams: ["acme/release-team", "acme/release"], permission: "write" }],
    ["toString", { how: "fallback", teams: ["acme/tostring"], permission: "write" }],
  ])("%s", (role, expected) => {
    expect(resolveRole({ roles }, role, "Acme")).toEqual({ role, ...expected });
  });

  it("a mapping takes the place of what a name means by itself", () => {
    expect(resolveRole({ roles: { peer: { users: ["lena"] } } }, "peer", "acme")).toMatchObject({ how: "policy" });
  });
});

describe("who holds it", () => {
  const withTeams = (teams: Snapshot["directory"]["teams"]) => facts({ teams });
  type Members = Read<Person[]>;
  const members: Members = { kind: "read", value: [aPerson("sam")] };
  const others: Members = { kind: "read", value: [aPerson("ida")] };
  const gone: Members = { kind: "missing" };
  const hidden: Members = { kind: "unreadable", reason: "403" };

  it.each([
    ["a named account, whatever the case", "lena", "lead", facts(), true],
    ["a member of its team", "sam", "lead", facts(), true],
    ["neither", "otto", "lead", facts(), false],
    ["its team cannot be found", "otto", "lead", withTeams({ "acme/security": gone }), "unknown"],
    ["its team was not read", "otto", "lead", withTeams({}), "unknown"],
    ["its team cannot be read, but named", "lena", "lead", withTeams({ "acme/security": hidden }), true],
    ["write permission", "peer", "peer", facts(), true],
    ["read permission", "reader", "peer", facts(), false],
    ["a permission nobody asked for", "somebody", "peer", facts(), "unknown"],
    ["the first team exists", "sam", "security_team", withTeams({ "acme/security-team": members }), true],
    [
      "the first exists without the person, the second with",
      "ida",
      "security_team",
      withTeams({ "acme/security-team": members, "acme/security": others }),
      false,
    ],
    [
      "only the second exists",
      "sam",
      "security_team",
      withTeams({ "acme/security-team": gone, "acme/security": members }),
      true,
    ],
    [
      "the first cannot be read",
      "sam",
      "security_team",
      withTeams({ "acme/security-team": hidden, "acme/security": members }),
      "unknown",
    ],
    [
      "neither exists: write permission",
      "peer",
      "security_team",
      withTeams({ "acme/security-team": gone, "acme/security": gone }),
      true,
    ],
    ["no team: admin permission", "lena", "technical_lead", facts(), true],
    ["no team: less than admin", "mona", "technical_lead", facts(), false],
    ["no team: maintain permission", "mona", "senior_developer", facts(), true],
  ] as const)("%s", (_name, login, role, given, expected) => {
    expect(holdsRole(aPerson(login), role, given)).toBe(expected);
  });

  it("a deleted account holds nothing, even by name", () => {
    expect(holdsRole({ id: 5, login: "lena", kind: "ghost" }, "lead", facts())).toBe(false);
    expect(holdsRole({ id: 5, login: "x", kind: "ghost" }, "security_team", withTeams({}))).toBe(false);
  });

  it("another account under a member's login is not the member", () => {
    expect(holdsRole({ id: 999, login: "sam", kind: "user" }, "security_team", facts())).toBe(false);
  });

  it.each([
    ["an owner of a changed file", { kind: "read", value: { "src/a.ts": [aPerson("sam")] } }, {}, true],
    ["an owner of another file", { kind: "read", value: { "src/b.ts": [aPerson("sam")] } }, {}, false],
    ["no CODEOWNERS", { kind: "missing" }, {}, false],
    ["CODEOWNERS unreadable", { kind: "unreadable", reason: "" }, {}, "unknown"],
    ["files missing", { kind: "read", value: {} }, { incomplete: [{ what: "files", reason: "" }] }, "unknown"],
  ] as const)("code owner: %s", (_name, codeowners, snapshot, expected) => {
    const given = facts({ codeowners: codeowners as never }, snapshot as Partial<Snapshot>);
    expect(holdsRole(aPerson("sam"), "owner", given)).toBe(expected);
  });

  it("says what the role came to mean", () => {
    const settle = (role: string) => settleRole(resolveRole({ roles }, role, "acme"), facts());
    expect(settle("security_team")).toMatchObject({ how: "team", teams: ["acme/security"], permission: null });
    expect(settle("technical_lead")).toMatchObject({ how: "permission", teams: [], permission: "admin" });
    expect(settle("lead")).toMatchObject({ how: "policy", users: ["Lena"] });
    expect(settle("on_call")).toEqual({ how: "unknown", reason: "the team acme/on-call was not read" });
  });
});

describe("whom the reader has to look up", () => {
  const policy = policySchema.parse({
    roles: { lead: { teams: ["Acme/Leads"], organizations: ["partner"] }, unused: { teams: ["acme/unused"] } },
    approvals: { veto: { by: ["objectors"] }, ignore_commits_by: { teams: ["acme/bots"] } },
    checkpoints: {
      a: {
        approver: "lead",
        when: { any: [{ author: { teams: ["acme/core"] } }, { none: [{ signed_by: { roles: ["signer"] } }] }] },
        criteria: [{ id: "x", evidence: { any: [{ all: [{ attested_by: "attester" }] }] } }],
      },
      b: { approvals: { counted: 1, code_owner: 1 } },
      security_review: {},
    },
    approval_workflows: { w: { approver: "reviewer" }, expert_review: {} },
    bypass: { emergency: { authorised: ["on_call"] } },
  });

  it("teams of every role and block of people that the gate looks at, with what roles may fall back to", () => {
    expect(teamsOf(policy, "Acme")).toEqual(
      [
        "attester",
        "bots",
        "core",
        "counted",
        "leads",
        "objectors",
        "reviewer",
        "security",
        "security-team",
        "senior-developer",
        "signer",
      ].map((slug) => `acme/${slug}`),
    );
  });

  it("organisations, and whether CODEOWNERS", () => {
    expect(organizationsOf(policy)).toEqual(["partner"]);
    expect(needsCodeowners(policy)).toBe(true);
    expect(needsCodeowners(policySchema.parse({}))).toBe(false);
  });
});
