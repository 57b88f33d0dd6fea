import { at, type Case, comment, commit, onFirst, pushed, review, withOptions } from "./case.ts";

const mode = (freshness: string) => withOptions(`freshness: ${freshness}`);
const earlier = [review("sam", onFirst)];
/** The first head, then one more commit. */
const then = (more: Parameters<typeof commit>[1] & { by?: string } = {}) => {
  const { by = "renovate[bot]", ...rest } = more;
  return [commit("maria", { sha: "h1", parents: ["base1"] }), commit(by, { parents: ["h1"], ...rest })];
};
const ignoring = (extra = "") => withOptions(`ignore_commits_by: { users: ["renovate[bot]", ci] }${extra}`);
const updateMerge = [
  commit("maria", { sha: "h1", parents: ["base1"] }),
  commit("ida", { parents: ["h1", "base2"], via_web: true }),
];
const two = [
  { path: "src/a.ts", base: "a\n", head: "b\n" },
  { path: "docs/b.md", base: "a\n", head: "b\n" },
];

/** Pushes, rebases, merges of the base branch, and what is kept over them. */
export const freshness: Case[] = [
  {
    name: "exact: given on this head",
    policy: mode("exact"),
    pr: { reviews: [review("sam")] },
    state: "approved",
    kept: { sam: "same_head" },
  },
  {
    name: "exact: given on an older head of the same change",
    policy: mode("exact"),
    pr: { heads: pushed({ same_change: true }), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "invalidate_on_push: true is exact",
    policy: withOptions("invalidate_on_push: true"),
    pr: { heads: pushed({ same_change: true }), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "invalidate_on_push: false is sticky",
    policy: withOptions("invalidate_on_push: false"),
    pr: { heads: pushed(), reviews: earlier },
    state: "approved",
    kept: { sam: "sticky" },
  },
  {
    name: "same_change: a rebase or force-push that left the change as it was keeps the approval and says why",
    pr: { heads: pushed({ same_change: true }), reviews: earlier },
    state: "approved",
    kept: { sam: "same_change" },
    says: ["changed nothing in this change"],
    peer: "invalidate_on_push drops it; without it every push is kept",
  },
  {
    name: "same_change: new commits drop the approval",
    pr: { heads: pushed(), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
    peer: "keeps it unless invalidate_on_push is set",
  },
  {
    name: "same_change: GitHub re-points the review to this head, but it was given on the first",
    pr: { heads: pushed(), reviews: [review("sam", { ...onFirst, commit: "h2" })] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "same_change: not remembered, given before this head was seen: it is of the one before",
    pr: { heads: pushed(), reviews: [{ user: "sam", state: "approved", submitted_at: at("10:00") }] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "same_change: not remembered, given after this head was seen",
    pr: { heads: pushed(), reviews: [{ user: "sam", state: "approved", submitted_at: at("13:00") }] },
    state: "approved",
  },
  {
    name: "same_change: not remembered, given in the very second of the push: nothing proves which came first",
    pr: { heads: pushed(), reviews: [{ user: "sam", state: "approved", submitted_at: at("12:00") }] },
    state: "waiting",
    drops: { sam: "stale" },
    peer: "estimates the time of the push from commit statuses",
  },
  {
    name: "same_change: GitHub itself shows an older commit",
    pr: { heads: pushed(), reviews: [{ user: "sam", state: "approved", submitted_at: at("13:00"), commit: "h1" }] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "same_change: submitted from a stale page, after the push, on the commit before it",
    pr: { heads: pushed(), reviews: [review("sam", { head_at_submission: "h1" })] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "same_change: a review on a commit that no longer exists",
    pr: { reviews: [review("sam", { head_at_submission: "vanished" })] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "sticky: whatever was pushed",
    policy: mode("sticky"),
    pr: { heads: pushed(), reviews: earlier },
    state: "approved",
    kept: { sam: "sticky" },
  },
  {
    name: "a comment has no head: it is remembered by its time, before the push",
    policy: withOptions('methods: { comments: ["/approve"] }'),
    pr: { heads: pushed(), comments: [comment("sam", "/approve", { created_at: at("10:00") })] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "a comment after the push",
    policy: withOptions('methods: { comments: ["/approve"] }'),
    pr: { heads: pushed(), comments: [comment("sam", "/approve", { created_at: at("13:00") })] },
    state: "approved",
  },
  {
    name: "a label is remembered by its time",
    policy: withOptions("methods: { labels: [approved] }"),
    pr: { heads: pushed(), labels: [{ name: "approved", added_by: "sam", added_at: at("10:00") }] },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "a checkpoint may be stricter than the workflow",
    policy:
      "approvals: { freshness: sticky }\ncheckpoints: { care: { approver: peer, freshness: exact } }\napproval_workflows: { review: { approver: peer } }\n",
    pr: { heads: pushed({ same_change: true }), reviews: earlier },
    state: "waiting",
    counts: ["sam"],
  },
  {
    name: "affected_paths: a workflow is about all files, so that any change drops",
    policy: mode("affected_paths"),
    pr: { files: two, heads: pushed({ same_paths: ["src/a.ts"] }), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "affected_paths: a checkpoint's own files did not change",
    policy:
      'approvals: { freshness: affected_paths }\ncheckpoints: { source: { when: { changed_files: ["src/**"] }, approver: peer } }\napproval_workflows: { none: { process: automated_approval } }\n',
    pr: { files: two, heads: pushed({ same_paths: ["src/a.ts"] }), reviews: earlier },
    state: "approved",
    kept: { sam: "same_paths" },
  },
  {
    name: "affected_paths: a checkpoint's own file changed",
    policy:
      'approvals: { freshness: affected_paths }\ncheckpoints: { source: { when: { changed_files: ["src/**"] }, approver: peer } }\napproval_workflows: { none: { process: automated_approval } }\n',
    pr: { files: two, heads: pushed({ same_paths: ["docs/b.md"] }), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "affected_paths: a checkpoint that may apply for another reason is about all files",
    policy:
      'approvals: { freshness: affected_paths }\ncheckpoints: { source: { when: { any: [{ changed_files: ["src/**"] }, { labels: [care] }] }, approver: peer } }\napproval_workflows: { none: { process: automated_approval } }\n',
    pr: { files: two, heads: pushed({ same_paths: ["src/a.ts"] }), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "affected_paths: a head that was never met keeps nothing",
    policy: mode("affected_paths"),
    pr: { reviews: [review("sam", { head_at_submission: "vanished" })] },
    state: "waiting",
  },
  {
    name: "only a signed commit of somebody who is ignored came since",
    policy: ignoring(),
    pr: { heads: pushed(), commits: then({ signature: true }), reviews: earlier },
    state: "approved",
    kept: { sam: "ignored_commits" },
  },
  {
    name: "the same under exact",
    policy: ignoring(", freshness: exact"),
    pr: { heads: pushed(), commits: then({ signature: true }), reviews: earlier },
    state: "approved",
    kept: { sam: "ignored_commits" },
  },
  {
    name: "an unsigned commit in the name of a bot that is ignored drops approvals",
    policy: ignoring(),
    pr: { heads: pushed(), commits: then(), reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
    peer: "ignores the commit by its e-mail: anybody can write that one",
  },
  {
    name: "an unsigned commit of a person who is ignored, pushed by that account",
    policy: ignoring(),
    pr: { heads: pushed(), commits: then({ by: "ci", pushed_by: "ci" }), reviews: earlier },
    state: "approved",
    kept: { sam: "ignored_commits" },
  },
  {
    name: "an unsigned commit of a person who is ignored, pushed by another account",
    policy: ignoring(),
    pr: { heads: pushed(), commits: then({ by: "ci", pushed_by: "maria" }), reviews: earlier },
    state: "waiting",
  },
  {
    name: "a signed commit of a bot, and one of a person on top of it",
    policy: ignoring(),
    pr: {
      heads: pushed(),
      commits: [
        commit("maria", { sha: "h1", parents: ["base1"] }),
        commit("renovate[bot]", { sha: "c2", parents: ["h1"], signature: true }),
        commit("maria", { parents: ["c2"] }),
      ],
      reviews: earlier,
    },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "an ignored bot merges a side branch with somebody's commit, listed before the approved head",
    policy: ignoring(),
    pr: {
      heads: pushed(),
      commits: [
        commit("maria", { sha: "side", parents: ["base1"] }),
        commit("maria", { sha: "h1", parents: ["base1"] }),
        commit("renovate[bot]", { parents: ["h1", "side"], signature: true }),
      ],
      reviews: earlier,
    },
    state: "waiting",
    drops: { sam: "stale" },
    peer: "walks first parents only, and keeps it",
  },
  {
    name: "a signature that is not valid proves nothing",
    policy: ignoring(),
    pr: { heads: pushed(), commits: then({ signature: false }), reviews: earlier },
    state: "waiting",
  },
  {
    name: "a force-push: the approved head is not among the commits any more",
    policy: ignoring(),
    pr: {
      heads: pushed(),
      commits: [commit("renovate[bot]", { parents: ["base1"], signature: true })],
      reviews: earlier,
    },
    state: "waiting",
  },
  {
    name: "a base merge on GitHub that left the change as it was keeps approvals and makes nobody a contributor",
    pr: { heads: pushed({ same_change: true }), commits: updateMerge, reviews: [...earlier, review("ida")] },
    state: "approved",
    counts: ["sam", "ida"],
    kept: { sam: "same_change" },
  },
  {
    name: "a conflict smuggled into a base merge drops what was approved, and its maker is a contributor",
    pr: { heads: pushed(), commits: updateMerge, reviews: [...earlier, review("ida")] },
    state: "waiting",
    drops: { sam: "stale", ida: "contributor" },
    peer: "goes by the merge's shape: both count",
  },
  {
    name: "a base merge from the command line makes its committer a contributor",
    pr: {
      heads: pushed({ same_change: true }),
      commits: [commit("maria", { sha: "h1", parents: ["base1"] }), commit("ida", { parents: ["h1", "base2"] })],
      reviews: [review("ida")],
    },
    state: "waiting",
    drops: { ida: "contributor" },
  },
  {
    name: "ignore_update_merges: false: whoever updates the branch is a contributor",
    policy: withOptions("ignore_update_merges: false"),
    pr: { heads: pushed({ same_change: true }), commits: updateMerge, reviews: [review("ida")] },
    state: "waiting",
    drops: { ida: "contributor" },
  },
  {
    name: "exact: a base merge drops approvals",
    policy: mode("exact"),
    pr: { heads: pushed({ same_change: true }), commits: updateMerge, reviews: earlier },
    state: "waiting",
    drops: { sam: "stale" },
  },
  {
    name: "exact with ignore_update_merges asked for: a base merge that changed nothing keeps them",
    policy: withOptions("freshness: exact, ignore_update_merges: true"),
    pr: { heads: pushed({ same_change: true }), commits: updateMerge, reviews: earlier },
    state: "approved",
    kept: { sam: "ignored_commits" },
  },
  {
    name: "exact with ignore_update_merges asked for: a conflict in the base merge drops them",
    policy: withOptions("freshness: exact, ignore_update_merges: true"),
    pr: { heads: pushed(), commits: updateMerge, reviews: earlier },
    state: "waiting",
    peer: "goes by the merge's shape, and keeps them",
  },
  {
    name: "a merge of three parents is no update merge",
    pr: {
      heads: pushed({ same_change: true }),
      commits: [
        commit("maria", { sha: "h1", parents: ["base1"] }),
        commit("ida", { parents: ["h1", "base2", "base3"], via_web: true }),
      ],
      reviews: [review("ida")],
    },
    state: "waiting",
    drops: { ida: "contributor" },
  },
];
