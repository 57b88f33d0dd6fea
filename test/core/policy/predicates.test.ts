import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Condition } from "../../../src/core/policy/condition.ts";
import { conditionSchema, testCondition } from "../../../src/core/policy/condition.ts";
import { type PredicateKey, predicates } from "../../../src/core/policy/predicates/index.ts";
import type { Answer, Facts } from "../../../src/core/policy/predicates/predicate.ts";
import type { Incomplete, Snapshot } from "../../../src/core/snapshot.ts";
import { aClassification, aCommit, aFile, aFinding, aPerson, aSnapshot } from "../../support/builders.ts";

type Given = Partial<Snapshot> & { classification?: Facts["classification"]; roles?: Facts["roles"]; at?: string };

function facts({ classification, roles, at, ...snapshot }: Given = {}): Facts {
  return {
    snapshot: aSnapshot(snapshot),
    classification: classification ?? aClassification(),
    roles: roles ?? {},
    now: new Date(at ?? "2026-11-20T16:00:00Z"),
  };
}

const lacking = (what: Incomplete["what"]): Partial<Snapshot> => ({ incomplete: [{ what, reason: "too many" }] });
const files = (...paths: string[]) => ({ files: paths.map((path) => aFile(path)) });
const renamed = (previousPath: string, path: string) => ({ files: [aFile(path, { previousPath, status: "renamed" })] });
const labelled = (...names: string[]) => ({ labels: names.map((name) => ({ name, addedBy: null, addedAt: null })) });
const by = (...logins: string[]) => ({ commits: logins.map((login) => aCommit({ by: login })) });
const unmapped = { commits: [aCommit({ author: { account: null, name: "Eve", email: "eve@example.com" } })] };
const signed = (signer: string | null, isValid = true) =>
  aCommit({ signature: { isValid, signer: signer === null ? null : aPerson(signer) } });
const check = (name: string, state: "success" | "failure" | "pending", kind: "check" | "status" = "check") =>
  ({ name, kind, app: null, state, completedAt: null }) as const;
const scan = (state: "success" | "pending") =>
  ({ ...check("CodeQL", state), app: { id: 57789, slug: "github-advanced-security" } }) as const;
const run = (event: string, state: "success" | "failure" | "pending") => ({ path: "ci.yml", event, state });
const size = (changed: number) => ({ ...aClassification().size, changed });
const directory = (part: Partial<Snapshot["directory"]>) => ({ directory: { ...aSnapshot().directory, ...part } });
const found = (...list: Parameters<typeof aFinding>[]) =>
  aClassification({ findings: list.map((one) => aFinding(...one)) });
const security = { teams: ["acme/security"] };

const rows: [PredicateKey, unknown, string, Given, Answer["holds"]][] = [
  ["changed_files", ["src/**"], "a file matches", files("src/a.ts", "b"), true],
  ["changed_files", ["lib/**"], "none matches", files("src/a.ts"), false],
  ["changed_files", ["src/**", "!src/docs/**"], "only an excluded file", files("src/docs/a.md"), false],
  [
    "changed_files",
    ["src/**", "!src/docs/**"],
    "a file moved out of an excluded folder",
    renamed("src/docs/a", "src/a"),
    true,
  ],
  ["changed_files", ["infra/**"], "a file moved away from it", renamed("infra/x", "docs/x"), true],
  ["changed_files", "infra/**", "a file moved into it", renamed("docs/x", "infra/x"), true],
  ["changed_files", ["lib/**"], "the list is cut", { ...files("a"), ...lacking("files") }, "unknown"],
  ["changed_files", ["a"], "the list is cut but a file matches", { ...files("a"), ...lacking("files") }, true],
  ["changed_files", ["lib/**"], "a name pretends to be another", files("src/\u202ebil"), "unknown"],
  ["only_changed_files", ["docs/**"], "all match", files("docs/a", "docs/b"), true],
  ["only_changed_files", ["docs/**"], "one does not", files("docs/a", "src/b"), false],
  ["only_changed_files", ["docs/**"], "one came from elsewhere", renamed("src/a", "docs/a"), false],
  ["only_changed_files", ["docs/**"], "no file changed", files(), false],
  ["only_changed_files", ["docs/**"], "the list is cut", { ...files("docs/a"), ...lacking("files") }, "unknown"],
  ["only_changed_files", ["docs/**"], "cut, but one does not match", { ...files("a"), ...lacking("files") }, false],
  ["no_changed_files", ["src/**"], "none matches", files("docs/a"), true],
  ["no_changed_files", ["src/**"], "one matches", files("src/a"), false],
  ["no_changed_files", ["src/**"], "no file changed", files(), true],
  ["no_changed_files", ["src/**"], "the list is cut", { ...files("a"), ...lacking("files") }, "unknown"],
  ["file_status", { removed: ["m/**"] }, "a file was removed", { files: [aFile("m/1", { status: "removed" })] }, true],
  ["file_status", { removed: ["m/**"] }, "a file was modified", files("m/1"), false],
  ["file_status", { removed: ["m/**"] }, "a file was moved away", renamed("m/1", "old/1"), true],
  ["file_status", { added: ["m/**"] }, "a file was added", { files: [aFile("m/1", { status: "added" })] }, true],
  ["file_status", { added: ["m/**"] }, "a file was moved in", renamed("x/1", "m/1"), true],
  ["file_status", { renamed: ["m/**"] }, "a file was moved in", renamed("x/1", "m/1"), true],
  ["file_status", { renamed: ["m/**"] }, "a file was added", { files: [aFile("m/1", { status: "added" })] }, false],
  [
    "file_status",
    { added: ["m/**"], removed: ["n/**"] },
    "only one of two",
    { files: [aFile("m/1", { status: "added" })] },
    false,
  ],
  ["file_status", { removed: ["m/**"] }, "the list is cut", lacking("files"), "unknown"],
  ["lines", { added: { over: 4 } }, "one more", { files: [aFile("a", { additions: 5 })] }, true],
  ["lines", { added: { over: 4 } }, "exactly as many", { files: [aFile("a", { additions: 4 })] }, false],
  [
    "lines",
    { removed: { equals: 2 } },
    "in two files",
    { files: [aFile("a", { deletions: 1 }), aFile("b", { deletions: 1 })] },
    true,
  ],
  [
    "lines",
    { changed: { under: 5 } },
    "added and removed",
    { files: [aFile("a", { additions: 3, deletions: 2 })] },
    false,
  ],
  ["lines", { net: { under: 200 } }, "one under", { classification: aClassification({ size: size(199) }) }, true],
  ["lines", { net: { under: 200 } }, "exactly", { classification: aClassification({ size: size(200) }) }, false],
  [
    "lines",
    { added: { over: 4 } },
    "cut and reached",
    { files: [aFile("a", { additions: 5 })], ...lacking("files") },
    true,
  ],
  [
    "lines",
    { added: { under: 9 } },
    "cut and under",
    { files: [aFile("a", { additions: 5 })], ...lacking("files") },
    "unknown",
  ],
  [
    "lines",
    { added: { under: 5 } },
    "cut and over",
    { files: [aFile("a", { additions: 5 })], ...lacking("files") },
    false,
  ],
  ["files_count", { over: 1 }, "two", files("a", "b"), true],
  ["files_count", { over: 2 }, "two", files("a", "b"), false],
  ["files_count", { equals: 2 }, "two of a cut list", { ...files("a", "b"), ...lacking("files") }, "unknown"],
  ["commits_count", { under: 2 }, "one", by("author"), true],
  ["commits_count", { under: 1 }, "one", by("author"), false],
  ["commits_count", { over: 5 }, "one of a cut list", { ...by("author"), ...lacking("commits") }, "unknown"],
  ["author", security, "a member", { author: aPerson("sam") }, true],
  ["author", security, "not a member", {}, false],
  ["author", { users: ["SAM"] }, "by login, whatever the case", { author: aPerson("sam") }, true],
  ["author", { teams: ["acme/gone"] }, "a team nobody can find", {}, "unknown"],
  ["author", { teams: ["acme/gone"], users: ["author"] }, "a lost team, but named", {}, true],
  ["author", { organizations: ["acme"] }, "an organisation that was not read", {}, "unknown"],
  [
    "author",
    { organizations: ["acme"] },
    "a member of it",
    directory({ organizations: { acme: { kind: "read", value: [aPerson("author")] } } }),
    true,
  ],
  ["author", { permission: "write" }, "exactly that permission", {}, true],
  ["author", { permission: "maintain" }, "one step less", {}, false],
  ["author", { permission: "read" }, "nobody asked", { author: aPerson("somebody") }, "unknown"],
  [
    "author",
    { roles: ["guard"] },
    "a role of the policy",
    { author: aPerson("ida"), roles: { guard: security } },
    true,
  ],
  ["author", { roles: ["security_team"] }, "a role that falls back to a team", { author: aPerson("ida") }, true],
  ["author", { users: ["ghost"] }, "a deleted account", { author: { id: 9, login: "ghost", kind: "ghost" } }, false],
  ["contributors", security, "one of two", by("author", "sam"), true],
  ["contributors", security, "none", by("author"), false],
  ["contributors", { users: ["author"] }, "the author without a commit", by("sam"), true],
  [
    "contributors",
    security,
    "a co-author",
    { commits: [aCommit({ coAuthors: [{ account: aPerson("ida"), name: "", email: "" }] })] },
    true,
  ],
  ["contributors", security, "a pusher", { commits: [aCommit({ pushedBy: aPerson("ida") })] }, true],
  ["contributors", security, "an e-mail of no account", unmapped, "unknown"],
  ["contributors", security, "commits missing", { ...by("author"), ...lacking("commits") }, "unknown"],
  ["only_contributors", { users: ["author", "sam"] }, "all of them", by("author", "sam"), true],
  ["only_contributors", { users: ["sam"] }, "not the author", by("sam"), false],
  ["only_contributors", { users: ["author"] }, "one more", by("author", "sam"), false],
  ["only_contributors", { users: ["author"] }, "an e-mail of no account", unmapped, "unknown"],
  [
    "only_contributors",
    { users: ["author"] },
    "commits missing",
    { ...by("author"), ...lacking("commits") },
    "unknown",
  ],
  ["author_is_only_contributor", true, "alone", by("author"), true],
  ["author_is_only_contributor", true, "with another", by("author", "sam"), false],
  ["author_is_only_contributor", false, "with another", by("author", "sam"), true],
  [
    "author_is_only_contributor",
    true,
    "committed by GitHub's page",
    { commits: [aCommit({ isViaWeb: true, committer: { account: aPerson("web-flow"), name: "", email: "" } })] },
    true,
  ],
  ["author_is_only_contributor", true, "an e-mail of no account", unmapped, "unknown"],
  ["base_branch", ["main"], "that one", {}, true],
  ["base_branch", ["release/*"], "another", {}, false],
  ["base_branch", ["release/*"], "one level down", { base: { ref: "release/1", sha: "" } }, true],
  ["base_branch", ["release/*"], "two levels down", { base: { ref: "release/1/2", sha: "" } }, false],
  ["head_branch", "/^hotfix/", "it begins so", { head: { ref: "hotfix/x", sha: "" } }, true],
  ["head_branch", "hotfix/**", "it does not", {}, false],
  ["labels", ["a", "B"], "all, whatever the case", labelled("A", "b", "c"), true],
  ["labels", ["a", "b"], "one of two", labelled("a"), false],
  ["labels", ["a"], "labels missing", lacking("labels"), "unknown"],
  ["any_label", ["a", "b"], "one of two", labelled("b"), true],
  ["any_label", ["a", "b"], "none of them", labelled("c"), false],
  ["any_label", ["a"], "labels missing", { ...labelled("c"), ...lacking("labels") }, "unknown"],
  ["title", ["fix: *"], "it fits", { title: "fix: a/b" }, true],
  ["title", ["fix: *"], "it does not", { title: "my fix: a" }, false],
  ["title", "/^fix(\\(.+\\))?: /", "a regular expression", { title: "fix(core): it" }, true],
  ["title", "/(a|b|c|d){50}e/", "too long for the expression", { title: "a".repeat(200_000) }, "unknown"],
  ["body", ["*ticket*"], "over lines", { body: "a\nticket 1\nb" }, true],
  ["body", ["*ticket*"], "without it", { body: "" }, false],
  ["commit_messages", ["/^WIP/"], "one of two", { commits: [aCommit(), aCommit({ message: "WIP x" })] }, true],
  ["commit_messages", ["/^WIP/"], "none", {}, false],
  ["commit_messages", ["/^WIP/"], "commits missing", lacking("commits"), "unknown"],
  ["draft", true, "a draft", { isDraft: true }, true],
  ["draft", false, "a draft", { isDraft: true }, false],
  ["fork", true, "from a fork", { isFork: true }, true],
  ["fork", true, "from the repository", {}, false],
  ["repository", ["acme/*"], "of that owner", {}, true],
  ["repository", ["other/*"], "of another", {}, false],
  ["signed", true, "all verified", { commits: [signed("author")] }, true],
  ["signed", true, "one without", { commits: [signed("author"), aCommit()] }, false],
  ["signed", true, "one not valid", { commits: [signed("author", false)] }, false],
  ["signed", false, "one without", by("author"), true],
  ["signed", true, "no commits", { commits: [] }, "unknown"],
  ["signed", true, "commits missing", { commits: [signed("author")], ...lacking("commits") }, "unknown"],
  ["signed_by", security, "by a member", { commits: [signed("sam")] }, true],
  ["signed_by", security, "one by somebody else", { commits: [signed("sam"), signed("author")] }, false],
  ["signed_by", security, "by nobody known", { commits: [signed(null)] }, false],
  ["signed_by", { teams: ["acme/gone"] }, "a team nobody can find", { commits: [signed("sam")] }, "unknown"],
  ["statuses", { ci: ["success"] }, "it succeeded", { checks: [check("ci", "success")] }, true],
  ["statuses", { ci: ["success"] }, "it is pending", { checks: [check("ci", "pending")] }, false],
  ["statuses", { ci: ["success"] }, "it is missing", {}, false],
  ["statuses", { ci: ["success"] }, "checks missing", lacking("checks"), "unknown"],
  [
    "statuses",
    { ci: "success" },
    "two of that name, one failed",
    { checks: [check("ci", "success"), check("ci", "failure")] },
    false,
  ],
  [
    "statuses",
    { ci: "success" },
    "a forged status beside a failed check",
    { checks: [check("ci", "failure"), check("ci", "success", "status")] },
    false,
  ],
  ["statuses", { ci: ["success"], lint: ["success"] }, "only one of two", { checks: [check("ci", "success")] }, false],
  ["workflows", { "ci.yml": ["success"] }, "it succeeded", { workflowRuns: [run("push", "success")] }, true],
  [
    "workflows",
    { "ci.yml": ["success"] },
    "for one event it failed",
    { workflowRuns: [run("push", "success"), run("pull_request", "failure")] },
    false,
  ],
  ["workflows", { "ci.yml": ["success"] }, "it still runs", { workflowRuns: [run("push", "pending")] }, false],
  ["workflows", { "ci.yml": ["success"] }, "it is missing", {}, false],
  ["workflows", { "ci.yml": ["success"] }, "runs missing", lacking("workflow_runs"), "unknown"],
  [
    "property",
    { tier: ["gold"] },
    "that value",
    { repository: { ...aSnapshot().repository, properties: { tier: ["gold"] } } },
    true,
  ],
  [
    "property",
    { tier: ["gold"] },
    "another value",
    { repository: { ...aSnapshot().repository, properties: { tier: ["tin"] } } },
    false,
  ],
  ["property", { tier: ["gold"] }, "not set", {}, false],
  ["time", { hours: "09:00-17:00" }, "inside", {}, true],
  ["time", { hours: "09:00-16:00" }, "at the end", {}, false],
  ["time", { hours: "16:00-17:00" }, "at the beginning", {}, true],
  ["time", { hours: "22:00-06:00" }, "over midnight", { at: "2026-11-20T05:59:59Z" }, true],
  ["time", { days: ["fri"] }, "that day", {}, true],
  ["time", { days: ["sat"], zone: "Asia/Tokyo" }, "already the next day there", {}, true],
  ["time", { hours: "18:00-19:00", zone: "Europe/Berlin" }, "summer time", { at: "2026-07-01T16:30:00Z" }, true],
  ["time", { hours: "17:00-18:00", zone: "Europe/Berlin" }, "winter time", { at: "2026-12-01T16:30:00Z" }, true],
  [
    "class",
    { security: "likely" },
    "exactly that strength",
    { classification: found(["security", { strength: "likely" }]) },
    true,
  ],
  [
    "class",
    { security: "proven" },
    "one weaker",
    { classification: found(["security", { strength: "likely" }]) },
    false,
  ],
  ["class", { security: "hint", performance: "hint" }, "one of two", { classification: found(["security"]) }, false],
  ["class", { security: "hint" }, "files missing", lacking("files"), "unknown"],
  ["class", { security: "hint" }, "contents missing", lacking("contents"), "unknown"],
  [
    "class",
    { security: "hint" },
    "found, files missing",
    { classification: found(["security"]), ...lacking("files") },
    true,
  ],
  [
    "finding",
    ["secret_detected"],
    "it is there",
    { classification: found(["security", { rule: "secret_detected" }]) },
    true,
  ],
  [
    "finding",
    ["secret_detected"],
    "a rule that it stands for",
    { classification: found(["security", { rule: "secret_added" }]) },
    true,
  ],
  [
    "finding",
    ["dependency_vulnerable"],
    "no dependency review in this repository",
    { classification: found(["security", { rule: "dependency_review_unread" }]) },
    "unknown",
  ],
  [
    "finding",
    "code_scanning_alert",
    "an alert of one severity",
    { classification: found(["security", { rule: "code_scanning_alert_low" }]) },
    true,
  ],
  [
    "finding",
    "code_scanning_alert_high",
    "an alert of another severity",
    { classification: found(["security", { rule: "code_scanning_alert_low" }]) },
    false,
  ],
  [
    "finding",
    "code_scanning_alert_high",
    "alerts nobody could read",
    { classification: found(["security", { rule: "code_scanning_unread" }]) },
    "unknown",
  ],
  ["finding", "code_scanning_alert", "a scan under way", { checks: [scan("pending")] }, "unknown"],
  ["finding", "code_scanning_alert", "a scan that ended", { checks: [scan("success")] }, false],
  ["finding", "code_scanning_alert", "checks missing", lacking("checks"), "unknown"],
  [
    "finding",
    ["secret_detected"],
    "a scan under way, which another rule waits for",
    { checks: [scan("pending")] },
    false,
  ],
  ["finding", ["secret_detected"], "another", { classification: found(["security"]) }, false],
  ["finding", ["secret_detected"], "contents missing", lacking("contents"), "unknown"],
  ["kind", ["tests_only", "revert"], "one of them", { classification: aClassification({ kinds: ["revert"] }) }, true],
  ["kind", "revert", "no kind", {}, false],
  [
    "kind",
    "documentation_only",
    "files missing",
    { classification: aClassification({ kinds: ["documentation_only"] }), ...lacking("files") },
    "unknown",
  ],
  [
    "risk",
    { at_least: "medium" },
    "exactly",
    { classification: aClassification({ risk: { level: "medium", reasons: [] } }) },
    true,
  ],
  [
    "risk",
    { at_least: "high" },
    "one less",
    { classification: aClassification({ risk: { level: "medium", reasons: [] } }) },
    false,
  ],
  ["risk", { at_most: "low" }, "exactly", {}, true],
  ["risk", { at_most: "low" }, "one more", { classification: found(["security"]) }, false],
  ["risk", { at_most: "medium" }, "files missing", lacking("files"), "unknown"],
  ["risk", { at_least: "medium" }, "files missing", lacking("files"), "unknown"],
  [
    "risk",
    { at_least: "medium" },
    "reached, files missing",
    { classification: found(["security"]), ...lacking("files") },
    true,
  ],
  ["languages", ["typescript"], "it changed", {}, true],
  ["languages", ["Go"], "another", {}, false],
  ["languages", ["Go"], "files missing", lacking("files"), "unknown"],
];

/** A condition as a user writes it, judged. */
function judge(written: unknown, given: Given = {}) {
  return testCondition(conditionSchema.parse(written) as Condition, facts(given));
}

describe("predicates", () => {
  it.each(rows)("%s: %j with %s", (key, value, _name, given, expected) => {
    const trace = judge({ [key]: value }, given);
    expect(trace.what).toBe(key);
    expect(trace.holds).toBe(expected);
  });

  it.each(predicates.map((predicate) => ({ predicate })))(
    "$predicate.key is described, has an example that is valid, says what it saw, and stands in the rows above",
    ({ predicate }) => {
      expect(predicate.schema.description).toMatch(/\.$/);
      const value = (predicate.schema as z.ZodType).safeParse(predicate.example);
      expect(value.success).toBe(true);
      expect(judge({ [predicate.key]: predicate.example }).saw).not.toBe("");
      const own = rows.filter(([key]) => key === predicate.key).map(([, , , , expected]) => expected);
      expect(own).toEqual(expect.arrayContaining([true, false]));
    },
  );

  it.each([
    { author: {} },
    { author: { users: [] } },
    { lines: {} },
    { lines: { added: {} } },
    { file_status: {} },
    { statuses: {} },
    { statuses: { ci: ["succes"] } },
    { class: {} },
    { time: { zone: "UTC" } },
    { time: { hours: "25:00-26:00" } },
    { time: { days: ["mon"], zone: "Mars/Phobos" } },
    { risk: {} },
    { property: {} },
    { finding: ["Bad Rule"] },
    { title: "/(?=a)/" },
    { changed_files: ["a{"] },
    {},
    [],
    { all: [] },
    { none: [{}] },
  ])("%j says nothing that could be tested, and is refused", (written) => {
    expect(conditionSchema.safeParse(written).success).toBe(false);
  });
});
