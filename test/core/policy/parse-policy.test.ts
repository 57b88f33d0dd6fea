import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planned } from "../../../src/core/policy/planned.ts";
import { policyLimits } from "../../../src/core/policy/policy-text.ts";
import { brief, load, loaded, problemsOf } from "./load.ts";

/** `code line:column key` of every problem, errors first. */
function placesOf(text: string): string[] {
  return problemsOf(text).map(({ code, where }) => `${code} ${where.line}:${where.column} ${where.key ?? ""}`.trim());
}

const seeds = ["approval-loop.yml", "approval-workflows.yml", "checkpoints.yml", "escalation-levels.yml"];
const seed = (name: string) => readFileSync(new URL(`../../fixtures/policies/${name}`, import.meta.url), "utf8");

describe("policies people already have", () => {
  it.each([...seeds, "all joined"])("%s loads with notes at most", (name) => {
    const text = name === "all joined" ? seeds.map(seed).join("\n") : seed(name);
    expect(loaded(text).problems.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  it("every key of them means what it says", () => {
    const { policy } = loaded(seeds.map(seed).join("\n"));
    expect(policy.checkpoints.breaking_change).toMatchObject({
      trigger: "api_modification",
      required: true,
      approver: ["technical_lead"],
      timeout: 48 * 3_600_000,
    });
    expect(policy.checkpoints.breaking_change?.criteria.map(({ id }) => id)).toContain("rollback_plan");
    expect(policy.approval_workflows?.automatic?.process).toEqual(["automated_approval"]);
    expect(policy.escalation_levels?.level_1?.timeout).toBe(5 * 60_000);
    expect(policy.approval_loop?.state_timeouts?.generating).toBe(30_000);
  });

  it.each(["", "# nothing yet\n", "---\n", "null", "{}", "version: 1", "\ufeffversion: 1\r\nmode: enforce\r\n"])(
    "%j is a policy of defaults",
    (text) => {
      expect(loaded(text).policy).toEqual(loaded("version: 1").policy);
    },
  );

  it("anchors may be used where they are modest", () => {
    const { policy } = loaded("checkpoints:\n  a: { criteria: &c [rollback_plan] }\n  b: { criteria: *c }");
    expect(policy.checkpoints.b?.criteria).toEqual([{ id: "rollback_plan", evidence: undefined }]);
  });
});

describe("one problem per mistake", () => {
  it.each([
    ["an unknown key", "mod: observe", "HP-P05 1:1 mod: `mod` is not a key of the policy; write `mode`"],
    [
      "an unknown key further in",
      "checkpoints:\n  a:\n    aprover: peer",
      "HP-P05 3:5 checkpoints.a.aprover: `aprover` is not a key of `checkpoints.a`; write `approver`",
    ],
    [
      "a value that is none of those allowed",
      "mode: observ",
      'HP-P08 1:7 mode: "observ" is not allowed here; expected one of `enforce`, `observe`; write `observe`',
    ],
    [
      "no duration",
      "checkpoints:\r\n  a:\r\n    timeout: 2 dayz",
      'HP-P09 3:14 checkpoints.a.timeout: "2 dayz" is not a duration; expected a duration such as `2 days`, `48h` or `PT48H`; write `2 days`',
    ],
    [
      "a duration without its unit",
      "checkpoints: { a: { timeout: 24 } }",
      "HP-P09 1:30 checkpoints.a.timeout: `24` is a number; expected a duration such as `2 days`, `48h` or `PT48H`; add a unit, e.g. `24h`",
    ],
    [
      "a word where a truth value belongs",
      "checkpoints: { a: { required: yes } }",
      'HP-P07 1:31 checkpoints.a.required: "yes" is text; expected `true` or `false`; write `true`',
    ],
    [
      "one where a list belongs",
      "checkpoints: { a: { criteria: rollback_plan } }",
      'HP-P07 1:31 checkpoints.a.criteria: "rollback_plan" is text; expected a list; write `[rollback_plan]`',
    ],
    [
      "a number that is too large",
      "checkpoints: { a: { approvals: 51 } }",
      "HP-P08 1:32 checkpoints.a.approvals: `51` is too much; expected at most 50",
    ],
    [
      "nothing after a key",
      "checkpoints:\n  a:",
      "HP-P07 2:5 checkpoints.a: nothing stands here; expected keys with values",
    ],
    [
      "a name that cannot be one",
      'checkpoints: { "a b": { approver: peer } }',
      'HP-P08 1:16 checkpoints.a b: "a b" cannot be a name here; expected a name of letters, digits, `_`, `-` and `.`, at most 64 characters',
    ],
    [
      "a misspelt kind of evidence",
      "checkpoints: { a: { criteria: [{ id: x, evidence: { any: [{ sectoin: Plan }] } }] } }",
      "HP-P05 1:61 checkpoints.a.criteria[0].evidence.any[0].sectoin: `sectoin` is not a key of `checkpoints.a.criteria[0].evidence.any[0]`; expected one of `section`, `checkbox`, `changed_files`, `check`, `label`, `linked_issue`, `comment`, `attested_by`, `approval`, `any`, `all`; write `section`",
    ],
    [
      "evidence of the wrong kind, deep inside",
      "checkpoints: { a: { criteria: [{ id: x, evidence: { all: [{ section: [Plan] }] } }] } }",
      "HP-P07 1:70 checkpoints.a.criteria[0].evidence.all[0].section: a list stands here; expected text",
    ],
    [
      "a misspelt predicate",
      "checkpoints: { a: { when: [{ any: [{ changed_filez: x }] }] } }",
      "HP-P05 1:38 checkpoints.a.when[0].any[0].changed_filez: `changed_filez` is not a key of `checkpoints.a.when[0].any[0]`; write `changed_files`",
    ],
    [
      "a pattern with look-around",
      'checkpoints: { a: { when: { title: "/(?=x)/" } } }',
      'HP-P10 1:36 checkpoints.a.when.title: "/(?=x)/" cannot be matched: error parsing regexp: invalid or unsupported Perl syntax: `(?=`; expected a glob such as `*urgent*`, or a regular expression such as `/urgent/i`; use RE2 syntax: no look-around and no back-references',
    ],
    [
      "a role that names nobody",
      "roles: { lead: {} }",
      "HP-P08 1:16 roles.lead: this role names nobody; expected at least one of permission, teams, users, organizations, codeowners",
    ],
    [
      "a way of asking that there is not",
      "approvals: { request_reviews: everybody }",
      'HP-P07 1:31 approvals.request_reviews: "everybody" is text; expected one of `fewest`, `all`, `team`, `off`, or keys with values',
    ],
    [
      "a record that would overwrite the last one",
      "records: { to: file, path: docs/record.md }",
      'HP-P08 1:28 records.path: "docs/record.md" does not fit here; expected a path with `{number}` in it that ends in `.md`, e.g. `docs/decisions/pr-{number}.md`',
    ],
    [
      "a record outside the repository",
      "records: { to: file, path: '../{number}.md' }",
      'HP-P08 1:28 records.path: "../{number}.md" does not fit here; expected a path with `{number}` in it that ends in `.md`, e.g. `docs/decisions/pr-{number}.md`',
    ],
    [
      "a branch that cannot be",
      "records: { to: file, branch: 'a..b' }",
      'HP-P08 1:30 records.branch: "a..b" does not fit here; expected the name of a branch, e.g. `holdpoint/records`',
    ],
    ["another version", "version: 2", "HP-P08 1:10 version: `2` is not allowed here; expected `1`"],
    [
      "what may be a secret is not repeated",
      "notifications: { channels: { a: { type: slack, secret: 'https://hooks' } } }",
      "HP-P08 1:56 notifications.channels.a.secret: what stands here does not fit here; expected the name of one of the operator's secrets, e.g. SLACK_LEADS_URL",
    ],
    [
      "a role that looks like a mapped one",
      "roles: { gatekeepers: { users: [lena] } }\ncheckpoints: { a: { approver: gatekeeper } }",
      "HP-P11 2:31 checkpoints.a.approver: the role `gatekeeper` is not mapped, and looks like `gatekeepers`; write `gatekeepers`, or map `gatekeeper` under `roles:`",
    ],
    [
      "a role that looks like a well-known one",
      "checkpoints: { a: { approver: [peer, secuirty_team] } }",
      "HP-P11 1:38 checkpoints.a.approver[1]: the role `secuirty_team` is not mapped, and looks like `security_team`; write `security_team`, or map `secuirty_team` under `roles:`",
    ],
    [
      "an unknown level",
      "checkpoints: { a: { escalation: level_5 } }",
      "HP-P13 1:33 checkpoints.a.escalation: there is no escalation level `level_5`; write `level_1`",
    ],
    [
      "levels that go round",
      "escalation_levels:\n  a: { escalation: b }\n  b: { escalation: a }",
      "HP-P14 2:20 escalation_levels.a.escalation: escalation goes round: a → b → a; let one of them end in `continuous_monitoring`",
    ],
    [
      "an unknown workflow criterion",
      "approval_workflows: { a: { criteria: [code_change_under_50_lines] } }",
      "HP-P15 1:39 approval_workflows.a.criteria[0]: `code_change_under_50_lines` is not a criterion that a workflow can be chosen by; write `code_changes_under_50_lines`",
    ],
    [
      "an unknown step",
      "approval_workflows: { a: { process: peer_reviw_24h } }",
      "HP-P16 1:37 approval_workflows.a.process: `peer_reviw_24h` is not a step of a process; write `peer_review_24h`",
    ],
    [
      "a criterion without evidence",
      "checkpoints: { a: { criteria: [load_test] } }",
      "HP-P17 1:32 checkpoints.a.criteria[0]: `load_test` is not built in, and nothing says what satisfies it; write `{ id: load_test, evidence: { section: … } }`",
    ],
    [
      "a window that ends before it starts",
      "bypass: { maintenance_windows: [{ name: w, start: 2026-12-02 02:00, end: 2026-12-01 22:00 }] }",
      "HP-P20 1:74 bypass.maintenance_windows[0].end: the window ends (2026-12-01 22:00) before it starts (2026-12-02 02:00); swap them, or mend the date",
    ],
    [
      "a window in no time zone",
      "bypass: { maintenance_windows: [{ name: w, cron: 0 22 * * SUN, duration: 2h, zone: Berlin }] }",
      'HP-P20 1:84 bypass.maintenance_windows[0].zone: "Berlin" is no time zone; expected an IANA time zone such as `Europe/Berlin`',
    ],
    [
      "no schedule",
      "bypass: { maintenance_windows: [{ name: w, cron: every day, duration: 2h }] }",
      'HP-P20 1:50 bypass.maintenance_windows[0].cron: "every day" is no schedule; expected five fields such as `0 22 * * SUN`',
    ],
    [
      "approval by nobody and by one",
      "approval_workflows: { a: { process: automated_approval, approvals: 1 } }",
      "HP-P30 1:37 approval_workflows.a.process: `automated_approval` asks nobody, but `approvals` does; keep one of them",
    ],
    [
      "freshness said twice, differently",
      "approvals: { freshness: exact, invalidate_on_push: false }",
      "HP-P30 1:32 approvals.invalidate_on_push: `invalidate_on_push: false` contradicts `freshness: exact`; keep `freshness`",
    ],
    [
      "no way to approve",
      "approvals: { methods: { review: false } }",
      "HP-P29 1:14 approvals.methods: no review, comment, label or description counts as an approval here; leave one way to approve",
    ],
    [
      "a mask that is no expression",
      "failures: { masks: ['('] }",
      'HP-P10 1:21 failures.masks[0]: "(" cannot be matched: error parsing regexp: missing closing ): `(`; use RE2 syntax: no look-around and no back-references',
    ],
    [
      "a rule left out that is none",
      "classification: { suppress: [{ rule: export_remvd, reason: agreed with all }] }",
      "HP-P19 1:38 classification.suppress[0].rule: there is no rule of findings `export_remvd`; write `export_removed`",
    ],
    [
      "a whole class left out",
      "classification: { suppress: [{ rule: security, reason: agreed with all }] }",
      "HP-P19 1:38 classification.suppress[0].rule: `security` is a whole class, and only single rules are left out; name its rules one by one, or set `classification.security.hold_at`",
    ],
    [
      "a finding left out without a reason",
      "classification: { suppress: [{ rule: export_removed }] }",
      "HP-P06 1:30 classification.suppress[0].reason: `reason` is missing; add `reason`",
    ],
    [
      "a finding left out for hardly a reason",
      "classification: { suppress: [{ rule: export_removed, reason: ok }] }",
      "HP-P08 1:62 classification.suppress[0].reason: what stands here is too little; expected at least 10 characters",
    ],
    [
      "a finding left out until no day",
      'classification: { suppress: [{ rule: export_removed, reason: agreed with all, until: "2027-02-30" }] }',
      "HP-P08 1:86 classification.suppress[0].until: this is not a day; expected a day such as `2027-01-31`",
    ],
  ])("%s", (_name, text, expected) => {
    const errors = problemsOf(text).filter(({ severity }) => severity === "error");
    expect(errors.map(brief)).toEqual([expected]);
    expect(load(text).kind).toBe("broken");
  });

  it("all mistakes of a file are told at once, in the order of its lines", () => {
    const text = `
mod: 1
checkpoints:
  a: { approvr: peer, timeout: soon, approver: secuirty_team }
  b: { criteria: [rollback_plam, { id: x, evidence: { sectoin: y } }] }
approval_workflows: { w: { criteria: [nonsense] } }
`;
    expect(placesOf(text)).toEqual([
      "HP-P05 2:1 mod",
      "HP-P05 4:8 checkpoints.a.approvr",
      "HP-P09 4:32 checkpoints.a.timeout",
      "HP-P11 4:48 checkpoints.a.approver",
      "HP-P17 5:19 checkpoints.b.criteria[0]",
      "HP-P05 5:55 checkpoints.b.criteria[1].evidence.sectoin",
      "HP-P15 6:39 approval_workflows.w.criteria[0]",
    ]);
  });

  it.each([
    ["a checkpoint that looks like a built-in one", "checkpoints: { security_reveiw: { approver: peer } }", "HP-P22"],
    ["a checkpoint that asks for nothing", "checkpoints: { a: { approvals: 0 } }", "HP-P31"],
    [
      "more approvals than people",
      "roles: { r: { users: [lena] } }\ncheckpoints: { a: { approver: r, approvals: 2 } }",
      "HP-P29",
    ],
    [
      "distinct people: a checkpoint and a workflow ask for the same person",
      "approvals: { distinct_people: true }\nroles: { r: { users: [lena] } }\ncheckpoints: { a: { approver: r } }\napproval_workflows: { w: { approver: r } }",
      "HP-P29",
    ],
    [
      "distinct people: counts per role that too few people could fill",
      "approvals: { distinct_people: true }\nroles: { r: { users: [lena] }, s: { users: [lena] } }\ncheckpoints: { a: { approvals: { r: 1, s: 1 } } }",
      "HP-P29",
    ],
    [
      "a risky workflow that asks for less",
      "approval_workflows: { a: { criteria: [breaking_changes] }, b: { approvals: 2 } }",
      "HP-P21",
    ],
    ["a channel that is not declared", "escalation_levels: { a: { notify: [slack] } }", "HP-P19"],
    ["a summary for a channel that is not declared", "notifications: { digest: { to: [leads] } }", "HP-P19"],
    ["a channel without the secret that it needs", "notifications: { channels: { a: { type: slack } } }", "HP-P06"],
    ["a mail channel that names nobody", "notifications: { channels: { a: { type: email } } }", "HP-P06"],
    [
      "an e-mail address that is none",
      "notifications: { channels: { a: { type: email, to: ['ida@example.com', ida] } } }",
      "HP-P08",
    ],
    [
      "recipients of a pager",
      "notifications: { channels: { a: { type: pagerduty, secret: KEY, to: [ida@example.com] } } }",
      "HP-P30",
    ],
    [
      "a channel with the name of the summary",
      "notifications: { channels: { digest: { type: slack, secret: A } } }",
      "HP-P30",
    ],
    [
      "a channel with the name of the comment",
      "notifications: { channels: { github: { type: slack, secret: A } } }",
      "HP-P30",
    ],
    [
      "a route for a role that looks misspelt",
      "notifications: { routes: [{ severity: high, roles: technical_laed, to: github }] }",
      "HP-P19",
    ],
    ["quiet hours without an hour", "notifications: { quiet_hours: { from: '20:00', to: '20:00' } }", "HP-P20"],
    ["a criterion that stands twice", "checkpoints: { a: { criteria: [rollback_plan, rollback_plan] } }", "HP-P30"],
  ])("%s is a warning, and the policy loads", (_name, text, code) => {
    const warnings = loaded(text).problems.filter(({ severity }) => severity === "warning");
    expect(warnings.map((found) => found.code)).toEqual([code]);
  });

  it.each([
    ["shared people are asked for", "", "a: { approver: r }"],
    [
      "the checkpoint lets its people sit elsewhere",
      "approvals: { distinct_people: true }\n",
      "a: { approver: r, distinct_people: false }",
    ],
    ["a team may have anybody", "approvals: { distinct_people: true }\n", "a: { approver: [r, t] }"],
  ])("no warning about distinct people where %s", (_name, approvals, checkpoint) => {
    const roles = "roles: { r: { users: [lena] }, t: { teams: [acme/t] } }\n";
    const text = `${approvals}${roles}checkpoints: { ${checkpoint} }\napproval_workflows: { w: { approver: r } }`;
    expect(loaded(text).problems.filter(({ code }) => code === "HP-P29")).toEqual([]);
  });

  it("says how a role that is not mapped is understood, once", () => {
    const { problems } = loaded(
      "checkpoints: { a: { approver: release_team }, b: { approver: [peer, release_team] } }",
    );
    expect(problems.map(brief)).toEqual([
      "HP-P12 1:31 checkpoints.a.approver: the role `release_team` is not mapped: it means the team `acme/release-team`, else `acme/release`, else everybody with write permission; map it under `roles:` to say whom you mean",
    ]);
  });
});

describe("hostile files", () => {
  const deep = (n: number) => `checkpoints: { a: { when: ${"{ all: [".repeat(n)}{ draft: true }${"] }".repeat(n)} } }`;
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`).join("\n")}`;
  it.each([
    ["more than 64 KiB", `# ${"x".repeat(policyLimits.sizeBytes)}`, "HP-P02"],
    ["an alias bomb", bomb, "HP-P04"],
    [
      "a billion laughs in few aliases",
      `checkpoints: {}\nroles: &a {}\n${"x: [".repeat(1)}${"*a,".repeat(60)}*a]`,
      "HP-P04",
    ],
    ["brackets without end", "[".repeat(60_000), "HP-P04"],
    ["dashes without end", `${"- ".repeat(30_000)}a`, "HP-P04"],
    ["question marks without end", `${"? ".repeat(30_000)}a`, "HP-P04"],
    ["nesting beyond the limit", deep(30), "HP-P04"],
    ["conditions beyond the limit", deep(11), "HP-P18"],
    ["a merge key", "checkpoints: { a: { <<: { required: false } } }", "HP-P04"],
    ["a prototype", "checkpoints: { __proto__: { required: false } }", "HP-P05"],
    ["a constructor", "checkpoints: { constructor: { required: false } }", "HP-P05"],
    ["a name that every object answers to", "checkpoints: { toString: { approver: peer } }", "HP-P05"],
    ["a custom tag", "checkpoints: !!js/function 'x'", "HP-P04"],
    ["a duplicate key", "mode: enforce\nmode: observe", "HP-P03"],
    ["a tab", "checkpoints:\n\ta: {}", "HP-P03"],
    ["two documents", "mode: enforce\n---\nmode: observe", "HP-P03"],
    ["a list", "- checkpoints", "HP-P07"],
    ["a word", "checkpoints", "HP-P07"],
    ["a key that is a list", "? [a]\n: b", "HP-P04"],
    ["an unclosed quote", 'mode: "enforce', "HP-P03"],
    ["a null byte", "mode: \u0000", "HP-P08"],
    ["an unknown alias", "mode: *x", "HP-P03"],
  ])("%s is refused", (_name, text, code) => {
    const result = load(text);
    expect(result.kind).toBe("broken");
    expect(new Set(problemsOf(text).map((found) => found.code))).toEqual(new Set([code]));
  });

  it("conditions at the limit load", () => {
    expect(load(deep(10)).kind).toBe("loaded");
  });

  const yamlValue = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, 0, 1, "", "peer", "24h", "**", "!x", "/(/", "rollback_plan", "level_1"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          "checkpoints",
          "a",
          "when",
          "all",
          "any",
          "criteria",
          "id",
          "evidence",
          "approvals",
          "roles",
          "users",
          "extends",
          "bypass",
          "title",
          "lines",
          "over",
        ),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  })).value;

  it("any text at all loads or is refused with a place, and never throws", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            "checkpoints:",
            "\n",
            "  ",
            "- ",
            "a",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "&a",
            "*a",
            "|",
            '"',
            "'",
            "#",
            "!x",
            "\t",
            "?",
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join("")),
      yamlValue.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const result = load(text);
        if (result.kind === "loaded") return;
        expect(result.problems.some(({ severity }) => severity === "error")).toBe(true);
        for (const { where, found, code } of result.problems) {
          expect(where.file).toBe(".github/checkpoints.yml");
          expect(where.line).toBeGreaterThan(0);
          expect(found).not.toContain("Invalid input");
          expect(code).toMatch(/^HP-P\d\d$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

it("keys whose behaviour is still to come are named, each once", () => {
  console.log(`Planned: ${planned.map((row) => `\n  ${row.key}: ${row.arrives}`).join("")}`);
  expect(new Set(planned.map((row) => row.key)).size).toBe(planned.length);
  const { problems } = loaded("feedback: {}\nfailures: {}");
  expect(problems.map((found) => [found.code, found.severity])).toEqual([["HP-P24", "note"]]);
  expect(problems[0]?.found).toContain("`feedback`");
});

it("a line is known for what stands in the file, and for nothing else", () => {
  const document = loaded("version: 1\ncheckpoints:\n  a:\n    criteria:\n      - rollback_plan\n");
  expect(document.lineOf(["checkpoints", "a"])).toBe(3);
  expect(document.lineOf(["checkpoints", "a", "criteria", 0])).toBe(5);
  expect(document.lineOf(["checkpoints", "b"])).toBeNull();
});
