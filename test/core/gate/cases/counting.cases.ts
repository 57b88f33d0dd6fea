import { type Case, comment, onePeer, review } from "./case.ts";

const two = "approval_workflows: { review: { approver: peer, approvals: 2 } }\n";
const named = (people: string, count = 1) =>
  `roles: { reviewer: ${people} }\napproval_workflows: { review: { approver: reviewer, approvals: ${count} } }\n`;

export const counting: Case[] = [
  { name: "nobody has approved", state: "waiting", counts: [], codes: ["HP-W01"] },
  { name: "one peer has approved", pr: { reviews: [review("sam")] }, state: "approved", counts: ["sam"] },
  {
    name: "two approvals are asked and one is there",
    policy: two,
    pr: { reviews: [review("sam")] },
    state: "waiting",
    counts: ["sam"],
  },
  {
    name: "two approvals are asked and two are there",
    policy: two,
    pr: { reviews: [review("sam"), review("ida")] },
    state: "approved",
    counts: ["sam", "ida"],
  },
  {
    name: "the same person approves twice and counts once",
    policy: two,
    pr: { reviews: [review("sam"), review("sam", { submitted_at: "2026-11-20T15:30:00Z" })] },
    state: "waiting",
    counts: ["sam"],
  },
  {
    name: "the same person approves by review and by comment and counts once",
    policy: `approvals: { methods: { comments: ["/approve"] } }\n${two}`,
    pr: { reviews: [review("sam")], comments: [comment("sam", "/approve", { created_at: "2026-11-20T15:30:00Z" })] },
    state: "waiting",
    counts: ["sam"],
  },
  {
    name: "no approval is asked where the workflow approves by itself",
    policy: "approval_workflows: { automatic: { process: automated_approval } }\n",
    state: "approved",
    counts: [],
    codes: [],
    peer: "count 0: no approval needed",
  },
  {
    name: "approvals: 0 is said outright",
    policy: "approval_workflows: { none: { approver: peer, approvals: 0 } }\n",
    state: "approved",
  },
  {
    name: "a user named by the policy",
    policy: named("{ users: [rita] }"),
    pr: { reviews: [review("rita")] },
    state: "approved",
  },
  {
    name: "a user named in another case: logins are the same account",
    policy: named("{ users: [RITA] }"),
    pr: { reviews: [review("rita")] },
    state: "approved",
    peer: "compares logins with their case",
  },
  {
    name: "a peer who is not the user named",
    policy: named("{ users: [ida] }"),
    pr: { reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "not_eligible" },
  },
  {
    name: "users, teams and permissions are a union",
    policy: named("{ users: [ida], teams: [acme/leads], permission: admin }", 3),
    pr: { teams: { "acme/leads": ["otto"] }, reviews: [review("ida"), review("otto"), review("lena")] },
    state: "approved",
    counts: ["ida", "otto", "lena"],
  },
  {
    name: "any role of a list will do",
    policy:
      "roles: { one: { users: [sam] }, other: { users: [ida] } }\napproval_workflows: { review: { approver: [one, other] } }\n",
    pr: { reviews: [review("ida")] },
    state: "approved",
  },
  {
    name: "counts per role: one of each is asked",
    policy:
      "roles: { one: { users: [sam] }, other: { users: [ida] } }\napproval_workflows: { review: { approvals: { one: 1, other: 1 } } }\n",
    pr: { reviews: [review("ida")] },
    state: "waiting",
    counts: ["ida"],
    fastest: ["sam"],
  },
  {
    name: "counts per role: both are there",
    policy:
      "roles: { one: { users: [sam] }, other: { users: [ida] } }\napproval_workflows: { review: { approvals: { one: 1, other: 1 } } }\n",
    pr: { reviews: [review("ida"), review("sam")] },
    state: "approved",
  },
  {
    name: "the only person named is the author: nobody can approve, and it is said at once",
    policy: named("{ users: [maria] }"),
    state: "must_change",
    codes: ["HP-W04"],
    peer: "pending for ever",
  },
  {
    name: "a group smaller than the count is said at once",
    policy: named("{ users: [sam, maria] }", 2),
    state: "must_change",
    codes: ["HP-W04"],
    peer: "pending for ever",
  },
  {
    name: "a checkpoint and the workflow are both met by one person",
    policy: `checkpoints: { care: { approver: peer } }\n${onePeer}`,
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a checkpoint waits although the workflow is met",
    policy: `roles: { lead: { users: [lena] } }\ncheckpoints: { care: { approver: lead } }\n${onePeer}`,
    pr: { reviews: [review("sam")] },
    state: "waiting",
    counts: ["sam"],
    fastest: ["lena"],
  },
  {
    name: "a checkpoint that is not required waits and does not hold",
    policy: `roles: { lead: { users: [lena] } }\ncheckpoints: { care: { approver: lead, required: false } }\n${onePeer}`,
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "whoever is busy is asked last",
    policy: named("{ teams: [acme/all] }"),
    pr: { teams: { "acme/all": ["ida", "sam"] }, busy: ["ida"] },
    state: "waiting",
    fastest: ["sam"],
  },
  {
    name: "whoever is asked already is asked first",
    policy: named("{ users: [ida, sam] }"),
    pr: { requested_reviewers: ["sam"] },
    state: "waiting",
    fastest: ["sam"],
  },
  {
    name: "one person who serves two rules is the fastest way",
    policy:
      "roles: { one: { users: [ida, sam] }, other: { users: [otto, sam] } }\ncheckpoints: { care: { approver: one } }\napproval_workflows: { review: { approver: other } }\n",
    state: "waiting",
    fastest: ["sam"],
  },
  {
    name: "files that could not be read whole hold whatever was approved",
    pr: { reviews: [review("sam")], incomplete: ["files"] },
    state: "error",
    codes: ["HP-R01"],
    peer: "fails at 3,000 file entries as well",
  },
  {
    name: "commits that could not be read whole hold whatever was approved",
    pr: { reviews: [review("sam")], incomplete: ["commits"] },
    state: "error",
    peer: "fails at 250 commits as well",
  },
  {
    name: "reviews that could not be read whole hold whatever was approved",
    pr: { reviews: [review("sam")], incomplete: ["reviews"] },
    state: "error",
  },
];
