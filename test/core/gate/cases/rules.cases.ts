import { type Case, commit, review } from "./case.ts";

const automatic = "approval_workflows: { none: { process: automated_approval } }\n";
const when = (condition: string) =>
  `roles: { lead: { users: [lena] } }\ncheckpoints: { care: { when: ${condition}, approver: lead } }\n${automatic}`;
const waits = (name: string, condition: string, pr: Case["pr"] = {}, peer?: string): Case => ({
  name: `asks: ${name}`,
  policy: when(condition),
  pr,
  state: "waiting",
  fastest: ["lena"],
  ...(peer === undefined ? {} : { peer }),
});
const skips = (name: string, condition: string, pr: Case["pr"] = {}, peer?: string): Case => ({
  name: `does not ask: ${name}`,
  policy: when(condition),
  pr,
  state: "approved",
  ...(peer === undefined ? {} : { peer }),
});
const file = (path: string, more = {}) => ({ path, base: "a\n", head: "b\n", ...more });

/** Predicates, and how `all`, `any` and `none` join them. */
export const predicates: Case[] = [
  waits("a changed file matches", '{ changed_files: ["src/**"] }', {}, "regular expressions instead of globs"),
  skips("no changed file matches", '{ changed_files: ["docs/**"] }'),
  waits("a renamed file's old name matches", '{ changed_files: ["old/**"] }', {
    files: [{ path: "new/a.ts", previous_path: "old/a.ts", patch: "@@ -1 +1 @@\n-a\n+b" }],
  }),
  skips("an excluded path", '{ changed_files: ["src/**", "!src/a.ts"] }'),
  waits("no changed file matches, asked the other way round", '{ no_changed_files: ["docs/**"] }'),
  waits("only such files", '{ only_changed_files: ["src/**"] }'),
  skips("not only such files", '{ only_changed_files: ["src/**"] }', { files: [file("src/a.ts"), file("docs/b.md")] }),
  skips("no file at all is not only such files", '{ only_changed_files: ["src/**"] }', { files: [] }),
  waits("more lines than allowed", "{ lines: { added: { over: 0 } } }"),
  skips("fewer lines", "{ lines: { changed: { over: 100 } } }"),
  skips(
    "of several limits all must hold",
    "{ lines: { added: { over: 0 }, removed: { over: 100 } } }",
    {},
    "additions, deletions and total are joined by or",
  ),
  waits("the author", "{ author: { users: [maria] } }"),
  skips("another author", "{ author: { users: [sam] } }"),
  waits("a contributor", "{ contributors: { users: [sam] } }", { commits: [commit("sam")] }),
  skips("no such contributor", "{ contributors: { users: [sam] } }"),
  waits("only such contributors", "{ only_contributors: { users: [maria, sam] } }", { commits: [commit("sam")] }),
  skips("not only such contributors", "{ only_contributors: { users: [maria] } }", { commits: [commit("sam")] }),
  waits("the author is the only contributor", "{ author_is_only_contributor: true }"),
  skips("the author is not the only contributor", "{ author_is_only_contributor: true }", { commits: [commit("sam")] }),
  waits("the base branch", "{ base_branch: [main] }"),
  skips(
    "another base branch",
    "{ base_branch: [main] }",
    { base: { ref: "develop", sha: "base1" } },
    "unanchored regular expressions",
  ),
  skips(
    "a base branch whose name only contains it",
    "{ base_branch: [main] }",
    { base: { ref: "not-main", sha: "base1" } },
    "an unanchored pattern matches it",
  ),
  waits("the head branch", "{ head_branch: [feat*] }"),
  waits("all labels, whatever their case", "{ labels: [One, two] }", { labels: ["one", "Two"] }),
  skips("one label of two", "{ labels: [one, two] }", { labels: ["one"] }),
  waits("any label", "{ any_label: [one, two] }", { labels: ["two"] }),
  waits("the title", '{ title: ["/^feat/"] }', { title: "feat: x" }),
  skips("another title", '{ title: ["/^feat/"] }', { title: "fix: x" }),
  waits("a check that succeeded", '{ statuses: { "ci/build": [success] } }', { checks: { "ci/build": "success" } }),
  skips("a check that is missing", '{ statuses: { "ci/build": [success] } }'),
  skips("a check that failed", '{ statuses: { "ci/build": [success] } }', { checks: { "ci/build": "failure" } }),
  waits("a workflow's run", '{ workflows: { ".github/workflows/ci.yml": [success] } }', {
    workflow_runs: { ".github/workflows/ci.yml": "success" },
  }),
  skips(
    "an unfinished run",
    '{ workflows: { ".github/workflows/ci.yml": [success] } }',
    {
      workflow_runs: [
        { path: ".github/workflows/ci.yml", event: "push", state: "pending" },
        { path: ".github/workflows/ci.yml", event: "pull_request", state: "success" },
      ],
    },
    "unfinished runs are ignored, so that the older result stands",
  ),
  waits("every commit is signed", "{ signed: true }", { commits: [commit("maria", { signature: true })] }),
  skips("one commit is not signed", "{ signed: true }", {
    commits: [commit("maria", { sha: "c1", signature: true }), commit("maria")],
  }),
  waits("signed by the right people", "{ signed_by: { users: [maria] } }", {
    commits: [commit("maria", { signature: true })],
  }),
  skips("signed by somebody else", "{ signed_by: { users: [sam] } }", {
    commits: [commit("maria", { signature: true })],
  }),
  waits("the repository", "{ repository: [acme/*] }"),
  waits("all: both hold", '{ all: [{ labels: [one] }, { changed_files: ["src/**"] }] }', { labels: ["one"] }),
  skips("all: one does not", '{ all: [{ labels: [one] }, { changed_files: ["src/**"] }] }'),
  waits("any: one holds", '{ any: [{ labels: [one] }, { changed_files: ["src/**"] }] }'),
  skips("any: neither holds", '{ any: [{ labels: [one] }, { changed_files: ["docs/**"] }] }'),
  waits("none: none holds", "{ none: [{ labels: [one] }, { labels: [two] }] }"),
  skips("none: one holds", "{ none: [{ labels: [one] }, { labels: [two] }] }", { labels: ["two"] }),
  waits(
    "nested joints",
    "{ all: [{ any: [{ labels: [one] }, { labels: [two] }] }, { none: [{ labels: [trivial] }] }] }",
    { labels: ["two"] },
  ),
  waits("a bare list means all", '[{ labels: [one] }, { changed_files: ["src/**"] }]', { labels: ["one"] }),
  waits("two keys in one block mean all", '{ labels: [one], changed_files: ["src/**"] }', { labels: ["one"] }),
  skips("two keys in one block, one does not hold", '{ labels: [one], changed_files: ["src/**"] }'),
  {
    name: "a condition that could not be judged holds the change",
    policy: when('{ changed_files: ["docs/**"] }'),
    pr: { incomplete: ["files"] },
    state: "error",
  },
];

/** Rules that do not apply, and conditions that block. */
export const skipped: Case[] = [
  {
    name: "every checkpoint is skipped: the workflow decides alone, and waits",
    policy:
      'checkpoints: { one: { when: { changed_files: ["docs/**"] } }, two: { when: { labels: [care] } } }\napproval_workflows: { review: { approver: peer } }\n',
    state: "waiting",
    peer: "all rules skipped is a status error",
  },
  {
    name: "every checkpoint is skipped and the workflow is met",
    policy:
      'checkpoints: { one: { when: { changed_files: ["docs/**"] } } }\napproval_workflows: { review: { approver: peer } }\n',
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "no workflow fits: the strictest asks, although all the others approve by themselves",
    policy:
      "approval_workflows: { docs: { criteria: [documentation_only], process: automated_approval }, tests: { criteria: [tests_only], process: automated_approval } }\n",
    state: "waiting",
    codes: ["HP-W01"],
  },
  {
    name: "no workflow fits and the strictest is met",
    policy:
      "approval_workflows: { docs: { criteria: [documentation_only], process: automated_approval }, review: { criteria: [documentation_only], approver: peer } }\n",
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "an empty policy still asks a peer",
    policy: "version: 1\n",
    pr: { files: [{ path: "src/a.ts", base: "export const a = 1;\n", head: "export const a = 1; // one\n" }] },
    state: "waiting",
    peer: "an empty approval list is approved",
  },
  {
    name: "everything is skipped, every workflow only observes, and nobody approved: not open by accident",
    policy: "approval_workflows: { docs: { criteria: [documentation_only], approver: peer, mode: observe } }\n",
    state: "waiting",
  },
  {
    name: "conditions that do not hold block, although everybody approved",
    policy:
      "checkpoints: { care: { approver: peer, conditions: { labels: [ready] } } }\napproval_workflows: { none: { process: automated_approval } }\n",
    pr: { reviews: [review("sam")] },
    state: "waiting",
    codes: ["HP-K02"],
  },
  {
    name: "conditions that hold",
    policy:
      "checkpoints: { care: { approver: peer, conditions: { labels: [ready] } } }\napproval_workflows: { none: { process: automated_approval } }\n",
    pr: { reviews: [review("sam")], labels: ["ready"] },
    state: "approved",
  },
  {
    name: "conditions hold and nobody approved",
    policy:
      "checkpoints: { care: { approver: peer, conditions: { labels: [ready] } } }\napproval_workflows: { none: { process: automated_approval } }\n",
    pr: { labels: ["ready"] },
    state: "waiting",
  },
  {
    name: "a skipped checkpoint's conditions do not block",
    policy:
      "checkpoints: { care: { when: { labels: [care] }, approver: peer, conditions: { labels: [ready] } } }\napproval_workflows: { none: { process: automated_approval } }\n",
    state: "approved",
  },
];

const seats = (distinct: string, one: string, other: string) =>
  `${distinct}roles: { one: { users: [${one}] }, other: { users: [${other}] } }\ncheckpoints: { care: { approver: one } }\napproval_workflows: { review: { approver: other } }\n`;
const on = "approvals: { distinct_people: true }\n";

export const distinctPeople: Case[] = [
  {
    name: "one person fills two seats by default",
    policy: seats("", "sam, ida", "sam, otto"),
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "with distinct people one approval fills one seat",
    policy: seats(on, "sam, ida", "sam, otto"),
    pr: { reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "with distinct people two approvals find their seats, whoever comes first",
    policy: seats(on, "sam, ida", "sam"),
    pr: { reviews: [review("sam"), review("ida")] },
    state: "approved",
  },
  {
    name: "the same, the other way round",
    policy: seats(on, "sam", "sam, ida"),
    pr: { reviews: [review("sam"), review("ida")] },
    state: "approved",
  },
  {
    name: "with distinct people, rules that each could be met and not both are told as competing",
    policy: seats(on, "sam", "sam"),
    state: "must_change",
    codes: ["HP-W05"],
    says: ["review"],
    peer: "has no distinct people",
  },
  {
    name: "the same, and the one person approved",
    policy: seats(on, "sam", "sam"),
    pr: { reviews: [review("sam")] },
    state: "must_change",
    codes: ["HP-W05"],
  },
  {
    name: "with distinct people the author takes no seat: what is left is too few",
    policy: seats(on, "sam, maria", "sam, maria"),
    state: "must_change",
    codes: ["HP-W05"],
  },
  {
    name: "one checkpoint asks for distinct people of its own",
    policy:
      "roles: { one: { users: [sam, ida] }, other: { users: [sam, otto] } }\ncheckpoints: { care: { approver: one, distinct_people: true } }\napproval_workflows: { review: { approver: other } }\n",
    pr: { reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "one checkpoint lets its people sit elsewhere as well",
    policy:
      "approvals: { distinct_people: true }\nroles: { one: { users: [sam, ida] }, other: { users: [sam, otto] } }\ncheckpoints: { care: { approver: one, distinct_people: false } }\napproval_workflows: { review: { approver: other } }\n",
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "counts per role with distinct people: somebody of both roles counts once",
    policy:
      "approvals: { distinct_people: true }\nroles: { one: { users: [sam] }, other: { users: [sam, ida] } }\napproval_workflows: { review: { approvals: { one: 1, other: 1 } } }\n",
    pr: { reviews: [review("sam")] },
    state: "waiting",
    fastest: ["ida"],
  },
  {
    name: "the smallest set with distinct people takes whoever leaves the other seat free",
    policy: seats(on, "sam", "sam, ida"),
    state: "waiting",
    fastest: ["ida", "sam"],
  },
  {
    name: "what is only advised takes no seat from what holds",
    policy:
      "approvals: { distinct_people: true }\nroles: { one: { users: [sam] } }\ncheckpoints: { care: { approver: one, required: false } }\napproval_workflows: { review: { approver: one } }\n",
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
];
