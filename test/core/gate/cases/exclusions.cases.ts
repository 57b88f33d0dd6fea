import { at, type Case, commit, review, withOptions } from "./case.ts";

const unmapped = { name: "X", email: "x@nowhere.example" };

export const exclusions: Case[] = [
  {
    name: "the author's own approval",
    pr: { reviews: [review("maria")] },
    state: "waiting",
    drops: { maria: "author" },
  },
  {
    name: "the author's own approval where the policy allows it",
    policy: withOptions("allow_author: true"),
    pr: { reviews: [review("maria")] },
    state: "approved",
    counts: ["maria"],
  },
  {
    name: "the author of a commit",
    pr: { commits: [commit("sam")], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "contributor" },
  },
  {
    name: "the committer of a commit",
    pr: { commits: [commit("maria", { committer: "sam" })], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "contributor" },
  },
  {
    name: "a co-author",
    pr: { commits: [commit("maria", { co_authors: ["sam"] })], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "contributor" },
    peer: "does not read Co-authored-by",
  },
  {
    name: "a co-author of no account excludes nobody and costs nothing",
    pr: { commits: [commit("maria", { co_authors: [unmapped] })], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "the author of an earlier commit",
    pr: { commits: [commit("sam", { sha: "c1" }), commit("maria")], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "contributor" },
  },
  {
    name: "whose commits came in by a merge's second parent",
    pr: {
      commits: [
        commit("maria", { sha: "c1", parents: ["base1"] }),
        commit("sam", { sha: "side", parents: ["base1"] }),
        commit("maria", { parents: ["c1", "side"] }),
      ],
      reviews: [review("sam")],
    },
    state: "waiting",
    drops: { sam: "contributor" },
    peer: "looks at first parents only, and counts sam",
  },
  {
    name: "whoever pushed last",
    pr: { commits: [commit("maria", { pushed_by: "sam" })], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "last_pusher" },
    peer: "does not look at pushers",
  },
  {
    name: "whoever pushed an earlier commit",
    pr: {
      commits: [commit("maria", { sha: "c1", pushed_by: "sam" }), commit("maria", { pushed_by: "maria" })],
      reviews: [review("sam")],
    },
    state: "waiting",
    drops: { sam: "pusher" },
    peer: "does not look at pushers",
  },
  {
    name: "a person who pushed to a bot's pull request and approves it",
    pr: { author: "renovate[bot]", commits: [commit("renovate[bot]", { pushed_by: "sam" })], reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "last_pusher" },
  },
  {
    name: "a bot's pull request approved by a peer",
    pr: { author: "renovate[bot]", commits: [commit("renovate[bot]")], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "contributors are allowed: a committer counts",
    policy: withOptions("allow_contributor: true"),
    pr: { commits: [commit("sam")], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "contributors are allowed: so is the author, whatever allow_author says",
    policy: withOptions("allow_contributor: true, allow_author: false"),
    pr: { reviews: [review("maria")] },
    state: "approved",
  },
  {
    name: "contributors but the author are allowed: a committer counts",
    policy: withOptions("allow_non_author_contributor: true"),
    pr: { commits: [commit("sam")], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "contributors but the author are allowed: the author does not count",
    policy: withOptions("allow_non_author_contributor: true"),
    pr: { reviews: [review("maria")] },
    state: "waiting",
    drops: { maria: "author" },
  },
  {
    name: "contributors but the author are allowed: who pushed last counts",
    policy: withOptions("allow_non_author_contributor: true"),
    pr: { commits: [commit("maria", { pushed_by: "sam" })], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a bot's approval",
    pr: { reviews: [review("helper[bot]")], permissions: { "helper[bot]": "admin" } },
    state: "waiting",
    drops: { "helper[bot]": "bot" },
  },
  {
    name: "a bot that the policy names",
    policy: 'roles: { reviewer: { users: ["helper[bot]"] } }\napproval_workflows: { review: { approver: reviewer } }\n',
    pr: { reviews: [review("helper[bot]")] },
    state: "approved",
  },
  {
    name: "a bot in a team that the policy names is not named itself",
    policy: "roles: { reviewer: { teams: [acme/tools] } }\napproval_workflows: { review: { approver: reviewer } }\n",
    pr: { teams: { "acme/tools": ["helper[bot]", "sam"] }, reviews: [review("helper[bot]")] },
    state: "waiting",
    drops: { "helper[bot]": "bot" },
  },
  {
    name: "a deleted account",
    pr: { reviews: [review({ login: "gone", type: "ghost" })], permissions: { gone: "admin" } },
    state: "waiting",
    drops: { gone: "ghost" },
  },
  {
    name: "an approval of the checkpoint's own options: the author where that one allows it",
    policy:
      "checkpoints: { care: { approver: peer, allow_author: true } }\napproval_workflows: { none: { process: automated_approval } }\n",
    pr: { reviews: [review("maria")] },
    state: "approved",
  },
  {
    name: "ignored commits make nobody a contributor",
    policy: withOptions("ignore_commits_by: { users: [sam] }"),
    pr: { commits: [commit("sam", { sha: "c1" }), commit("maria")], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a commit is ignored only where its committer is ignored as well",
    policy: withOptions("ignore_commits_by: { users: [sam] }"),
    pr: { commits: [commit("sam", { sha: "c1", committer: "ida" }), commit("maria")], reviews: [review("ida")] },
    state: "waiting",
    drops: { ida: "contributor" },
  },
  {
    name: "whoever pushes a commit in the name of somebody who is ignored is not ignored with it",
    policy: withOptions('ignore_commits_by: { users: ["renovate[bot]"] }'),
    pr: {
      commits: [commit("maria", { sha: "c1" }), commit("renovate[bot]", { pushed_by: "sam" })],
      reviews: [review("sam")],
    },
    state: "waiting",
    drops: { sam: "last_pusher" },
    peer: "ignores the commit by its e-mail, and counts sam",
  },
  {
    name: "a peer who only commented is no contributor",
    pr: { comments: [{ user: "sam", body: "nice", created_at: at("14:00") }], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "an unmapped commit costs one more approval",
    pr: { commits: [commit("maria", { author: unmapped, committer: "maria" })], reviews: [review("sam")] },
    state: "waiting",
    counts: ["sam"],
    peer: "ignores commits of unmapped e-mails",
  },
  {
    name: "an unmapped commit and two approvals",
    pr: { commits: [commit("maria", { author: unmapped })], reviews: [review("sam"), review("ida")] },
    state: "approved",
  },
  {
    name: "an unmapped committer costs one more as well",
    pr: { commits: [commit("maria", { committer: unmapped })], reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "a commit of a deleted account is one of an unknown author",
    pr: { commits: [commit("maria", { author: { login: "gone", type: "ghost" } })], reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "several unmapped commits cost one more approval, not several",
    pr: {
      commits: [commit("maria", { sha: "c1", author: unmapped }), commit("maria", { author: unmapped })],
      reviews: [review("sam"), review("ida")],
    },
    state: "approved",
  },
  {
    name: "unknown_contributor: block wants them pushed again",
    policy: withOptions("unknown_contributor: block"),
    pr: { commits: [commit("maria", { author: unmapped })], reviews: [review("sam"), review("ida")] },
    state: "must_change",
    codes: ["HP-W12"],
  },
  {
    name: "unknown_contributor: ignore costs nothing",
    policy: withOptions("unknown_contributor: ignore"),
    pr: { commits: [commit("maria", { author: unmapped })], reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a commit made on GitHub's web page has no unknown committer",
    pr: {
      commits: [commit("maria", { committer: { name: "GitHub", email: "noreply@github.com" }, via_web: true })],
      reviews: [review("sam")],
    },
    state: "approved",
  },
];
