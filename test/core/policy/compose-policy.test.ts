import { describe, expect, it } from "vitest";
import { type Composition, composePolicy } from "../../../src/core/policy/compose-policy.ts";
import type { PolicyFileText } from "../../../src/core/policy/extend-policy.ts";
import type { Read } from "../../../src/core/snapshot.ts";
import { brief } from "./load.ts";

function file(repository: string, path: string, text: string): Read<PolicyFileText> {
  return { kind: "read", value: { text, source: { repository, path, commit: "c0ffee", blobSha: null } } };
}

const own = (text: string) => file("acme/api", ".github/checkpoints.yml", text);
const shared = (text: string) => file("acme/.github", "checkpoints.yml", text);
const missing: Read<PolicyFileText> = { kind: "missing" };

function compose(
  repository: Read<PolicyFileText>,
  organization: Read<PolicyFileText> = missing,
  included: Record<string, Read<PolicyFileText>> = {},
): Composition {
  return composePolicy({ owner: "acme", repository, organization, included: new Map(Object.entries(included)) });
}

function loaded(composition: Composition) {
  if (composition.kind !== "loaded") throw new Error(JSON.stringify(composition, null, 1));
  return composition.document;
}

function errors(composition: Composition): string[] {
  return composition.kind === "broken"
    ? composition.problems
        .filter(({ severity }) => severity === "error")
        .map((found) => `${found.where.file} ${brief(found)}`)
    : [];
}

describe("where the policy comes from", () => {
  it("there is none when neither the repository nor the organisation has one", () => {
    expect(compose(missing).kind).toBe("absent");
  });

  it("the organisation's policy stands in for a repository without one", () => {
    const document = loaded(compose(missing, shared("checkpoints: { a: { approver: peer } }")));
    expect(Object.keys(document.policy.checkpoints)).toEqual(["a"]);
    expect(document.source.repository).toBe("acme/.github");
    expect(document.lineOf(["checkpoints", "a"])).toBe(1);
  });

  it("the repository's policy wins over an organisation's that enforces nothing", () => {
    const document = loaded(compose(own("mode: observe"), shared("checkpoints: { a: { approver: peer } }")));
    expect(document.policy.checkpoints).toEqual({});
    expect(document.source.repository).toBe("acme/api");
  });

  it.each([
    { name: "the repository's", input: [{ kind: "unreadable", reason: "timeout" }, missing] as const },
    { name: "the organisation's", input: [own("mode: observe"), { kind: "unreadable", reason: "timeout" }] as const },
  ])("$name policy that cannot be read is a problem, not an absence", ({ input: [repository, organization] }) => {
    expect(errors(compose(repository, organization))[0]).toContain("HP-P01");
  });
});

describe("extends", () => {
  it("asks for the files it needs, all at once, and is called again", () => {
    const text = "extends: ['acme/a:x.yml@v1', 'acme/b:y.yml']";
    expect(compose(own(text))).toEqual({
      kind: "needs",
      files: [
        { reference: "acme/a:x.yml@v1", owner: "acme", name: "a", path: "x.yml", ref: "v1" },
        { reference: "acme/b:y.yml", owner: "acme", name: "b", path: "y.yml", ref: null },
      ],
    });
  });

  it("what stands in the file wins over what it builds on, later entries over earlier ones, key by key", () => {
    const document = loaded(
      compose(own("extends: ['acme/a:x.yml', 'acme/b:y.yml']\ncheckpoints:\n  k: { timeout: 3h }"), missing, {
        "acme/a:x.yml": file("acme/a", "x.yml", "checkpoints:\n  k: { approver: peer, approvals: 1, timeout: 1h }"),
        "acme/b:y.yml": file("acme/b", "y.yml", "checkpoints:\n  k: { approvals: 2, timeout: 2h }"),
      }),
    );
    expect(document.policy.checkpoints.k).toMatchObject({ approver: ["peer"], approvals: 2, timeout: 3 * 3_600_000 });
    expect(document.lineOf(["checkpoints", "k", "timeout"])).toBe(3);
    expect(document.lineOf(["checkpoints", "k", "approvals"])).toBeNull();
    expect(document.includes?.map((source) => source.repository)).toEqual(["acme/b", "acme/a"]);
  });

  it("a condition is replaced as a whole, and so are a role's people", () => {
    const document = loaded(
      compose(
        own("extends: ['acme/a:x.yml']\nroles: { r: { users: [b] } }\ncheckpoints: { k: { when: { draft: true } } }"),
        missing,
        {
          "acme/a:x.yml": file(
            "acme/a",
            "x.yml",
            "roles: { r: { teams: [acme/t] } }\ncheckpoints: { k: { when: { fork: true } } }",
          ),
        },
      ),
    );
    expect(document.policy.checkpoints.k?.when).toEqual({ draft: true });
    expect(document.policy.roles.r).toEqual({ users: ["b"] });
  });

  it.each(["startup", "regulated", "open-source"])("preset:%s loads with notes at most", (name) => {
    const document = loaded(compose(own(`extends: [preset:${name}]`)));
    expect(document.problems.filter(({ severity }) => severity !== "note")).toEqual([]);
    expect(Object.keys(document.policy.checkpoints).length).toBeGreaterThan(1);
  });

  it.each([
    { name: "another owner's file", text: "extends: ['evil/a:x.yml']", code: "HP-P25" },
    { name: "an unknown preset", text: "extends: [preset:startap]", code: "HP-P25" },
    { name: "a path that climbs", text: "extends: ['acme/a:../x.yml']", code: "HP-P25" },
    { name: "a missing file", text: "extends: ['acme/gone:x.yml']", code: "HP-P01" },
    { name: "a file that builds on itself", text: "extends: ['acme/loop:x.yml']", code: "HP-P26" },
    { name: "too many files", text: `extends: [${"preset:startup, ".repeat(11)}]`, code: "HP-P26" },
    { name: "a chain that is too long", text: "extends: ['acme/1:x.yml']", code: "HP-P26" },
    { name: "a broken file", text: "extends: ['acme/broken:x.yml']", code: "HP-P05" },
  ])("$name is refused with $code", ({ text, code }) => {
    const included: Record<string, Read<PolicyFileText>> = {
      "acme/gone:x.yml": missing,
      "acme/loop:x.yml": file("acme/loop", "x.yml", "extends: ['acme/loop:x.yml']"),
      "acme/broken:x.yml": file("acme/broken", "x.yml", "checkpointz: {}"),
    };
    for (let n = 1; n < 9; n++) {
      included[`acme/${n}:x.yml`] = file(`acme/${n}`, "x.yml", `extends: ['acme/${n + 1}:x.yml']`);
    }
    const found = errors(compose(own(text), missing, included));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(code);
  });

  it("a mistake in an included file is told at its place in that file", () => {
    const found = errors(
      compose(own("extends: ['acme/a:x.yml']"), missing, { "acme/a:x.yml": file("acme/a", "x.yml", "\nmode: observ") }),
    );
    expect(found).toEqual([
      'acme/a:x.yml HP-P08 2:7 mode: "observ" is not allowed here; expected one of `enforce`, `observe`; write `observe`',
    ]);
  });
});

describe("enforce", () => {
  const organization = `
enforce: [checkpoints.security_review]
roles: { security_team: { teams: [acme/security] } }
approvals: { freshness: same_change }
classification: { security: { hold_at: likely, paths: ["src/auth/**"] } }
checkpoints:
  security_review:
    trigger: security_related_change
    approver: security_team
    approvals: 2
    criteria: [vulnerability_analysis, rollback_plan]
    timeout: 24h
`;
  const checkpoint = (body: string) => `checkpoints: { security_review: { ${body} } }`;

  it("adds to the repository's policy what the organisation enforces, with all it rests on, and nothing else", () => {
    const extra = `${organization}  other: { approver: peer }\n`;
    const { policy } = loaded(compose(own("checkpoints: { mine: { approver: peer } }"), shared(extra)));
    expect(Object.keys(policy.checkpoints)).toEqual(["security_review", "mine"]);
    expect(policy.roles.security_team).toEqual({ teams: ["acme/security"] });
    expect(policy.classification.security?.hold_at).toBe("likely");
  });

  it.each([
    ["more approvals", checkpoint("approvals: 3")],
    ["a shorter timeout", checkpoint("timeout: 2h")],
    ["one more criterion", checkpoint("criteria: [vulnerability_analysis, rollback_plan, maintainability]")],
    ["stricter freshness", checkpoint("freshness: exact")],
    ["stricter freshness everywhere", "approvals: { freshness: exact }"],
    ["a description", checkpoint("description: ours")],
    ["a condition besides", checkpoint("conditions: { draft: false }")],
    ["weaker evidence that holds already", "classification: { security: { hold_at: hint } }"],
    ["more sensitive paths", 'classification: { security: { paths: ["src/auth/**", "lib/**"] } }'],
    ["the same again", checkpoint("required: true, approver: security_team")],
    ["a checkpoint of its own", "checkpoints: { mine: { approver: peer } }"],
    ["a role of its own", "roles: { mine: { users: [lena] } }"],
  ])("%s may be asked for", (_, text) => {
    expect(errors(compose(own(text), shared(organization)))).toEqual([]);
  });

  it.each([
    ["fewer approvals", checkpoint("approvals: 1"), "checkpoints.security_review.approvals"],
    ["approvals per role", checkpoint("approvals: { peer: 2 }"), "checkpoints.security_review.approvals"],
    ["not required", checkpoint("required: false"), "checkpoints.security_review.required"],
    ["only observed", checkpoint("mode: observe"), "checkpoints.security_review.mode"],
    ["everything only observed", "mode: observe", "mode"],
    ["other approvers", checkpoint("approver: [security_team, peer]"), "checkpoints.security_review.approver"],
    ["fewer criteria", checkpoint("criteria: [rollback_plan]"), "checkpoints.security_review.criteria"],
    [
      "easier evidence",
      checkpoint("criteria: [vulnerability_analysis, { id: rollback_plan, evidence: { label: x } }]"),
      "checkpoints.security_review.criteria",
    ],
    ["a longer timeout", checkpoint("timeout: 3 days"), "checkpoints.security_review.timeout"],
    ["another trigger", checkpoint("trigger: rollback_activated"), "checkpoints.security_review.trigger"],
    ["a condition for it to apply", checkpoint("when: { fork: true }"), "checkpoints.security_review.when"],
    ["looser freshness", checkpoint("freshness: sticky"), "checkpoints.security_review.freshness"],
    ["the author's own approval", checkpoint("allow_author: true"), "checkpoints.security_review.allow_author"],
    ["the author's approval everywhere", "approvals: { allow_author: true }", "approvals.allow_author"],
    ["other ways to approve", 'approvals: { methods: { comments: ["ok"] } }', "approvals.methods"],
    ["its role mapped to others", "roles: { security_team: { users: [mallory] } }", "roles.security_team.users[0]"],
    [
      "stronger evidence before it holds",
      "classification: { security: { hold_at: proven } }",
      "classification.security.hold_at",
    ],
    ["ignored files", 'classification: { security: { ignore: ["**"] } }', "classification.security.ignore"],
    [
      "paths taken out",
      'classification: { security: { paths: ["src/auth/**", "!src/auth/x"] } }',
      "classification.security.paths",
    ],
    ["a bypass", "bypass: { emergency: { authorised: [peer] } }", "bypass"],
  ])("%s is refused at the repository's line", (_, text, key) => {
    const composition = compose(own(text), shared(organization));
    const found = composition.kind === "broken" ? composition.problems : [];
    expect(found.map(({ code, where }) => [code, where.file, where.line])).toEqual([
      ["HP-P27", ".github/checkpoints.yml", 1],
    ]);
    expect(key.startsWith(found[0]?.where.key ?? "?")).toBe(true);
  });

  it("no workflow may be put before an enforced one", () => {
    const org = "enforce: [approval_workflows.peer_review]\napproval_workflows: { peer_review: { approvals: 2 } }";
    const text = "approval_workflows: { quick: { process: automated_approval } }";
    expect(errors(compose(own(text), shared(org)))[0]).toContain("HP-P27 1:23 approval_workflows.quick");
    expect(errors(compose(own("approval_workflows: { peer_review: { approvals: 3 } }"), shared(org)))).toEqual([]);
  });

  it("a checkpoint called like a key that may be changed freely is compared all the same", () => {
    const org = "enforce: [checkpoints]\ncheckpoints: { description: { approver: peer, approvals: 2 } }";
    expect(errors(compose(own("checkpoints: { description: { approvals: 1 } }"), shared(org)))).toHaveLength(1);
  });

  it("enforced roles may be held by fewer, not by more", () => {
    const org = "enforce: [roles]\nroles: { security_team: { teams: [acme/security, acme/leads] } }";
    expect(errors(compose(own("roles: { security_team: { teams: [acme/all] } }"), shared(org)))).toHaveLength(1);
    expect(errors(compose(own("roles: { security_team: { teams: [acme/leads] } }"), shared(org)))).toEqual([]);
  });

  it("an organisation's policy that enforces keys and is broken keeps the gate shut", () => {
    expect(errors(compose(own("mode: observe"), shared("enforce: [mode]\nmod: 1")))[0]).toContain("HP-P05");
    expect(errors(compose(own("mode: observe"), shared("enforce: [")))[0]).toContain("HP-P03");
    expect(errors(compose(own("version: 1"), shared("enforce: [checkpoints.a.approvr]")))[0]).toContain(
      "write `checkpoints.a.approver`",
    );
  });

  it("has no effect in a repository's own policy, and says so", () => {
    const { problems } = loaded(compose(own("enforce: [mode]")));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["HP-P28", "note"]]);
  });
});
