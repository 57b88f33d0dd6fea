import { type Case, comment, objection, onFirst, pushed, review } from "./case.ts";

const asks = (people: string, count = 1) =>
  `roles: { reviewer: ${people} }\napproval_workflows: { review: { approver: reviewer, approvals: ${count} } }\n`;
const owners = (kind: string, more = "") =>
  `${more}roles: { owner: { codeowners: ${kind} } }\napproval_workflows: { review: { approver: owner } }\n`;
const two = [
  { path: "src/a.ts", base: "a\n", head: "b\n" },
  { path: "docs/b.md", base: "a\n", head: "b\n" },
];
const codeowners = { "src/a.ts": ["sam", "ida"], "docs/b.md": ["otto"] };

/** Teams, organisations, permissions, CODEOWNERS. */
export const people: Case[] = [
  {
    name: "a member of the team",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": ["sam"] }, reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "somebody who is not in the team, whatever they may do in the repository",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": ["sam"] }, reviews: [review("lena")] },
    state: "waiting",
    drops: { lena: "not_eligible" },
  },
  {
    name: "a team's name in another case",
    policy: asks("{ teams: [Acme/Security] }"),
    pr: { teams: { "acme/security": ["sam"] }, reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a team of another organisation",
    policy: asks("{ teams: [partner/reviewers] }"),
    pr: { teams: { "partner/reviewers": ["sam"] }, reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "an empty team: nobody can approve",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": [] } },
    state: "must_change",
    codes: ["HP-W04"],
  },
  {
    name: "a team of which the author is the only member",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": ["maria"] } },
    state: "must_change",
    codes: ["HP-W04"],
  },
  {
    name: "a team that cannot be found is red and named",
    policy: asks("{ teams: [acme/gone] }"),
    state: "error",
    codes: ["HP-W06"],
    says: ["acme/gone"],
  },
  {
    name: "a team that cannot be found, and somebody approved",
    policy: asks("{ teams: [acme/gone] }"),
    pr: { reviews: [review("sam")] },
    state: "error",
    drops: { sam: "eligibility_unreadable" },
  },
  {
    name: "a team that cannot be found beside a user who approved",
    policy: asks("{ teams: [acme/gone], users: [sam] }"),
    pr: { reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "a team that could not be read, and somebody approved",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": null }, reviews: [review("sam")] },
    state: "error",
    codes: ["HP-R01"],
  },
  {
    name: "somebody who left the team after approving",
    policy: asks("{ teams: [acme/security] }"),
    pr: { teams: { "acme/security": ["ida"] }, reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "not_eligible" },
    fastest: ["ida"],
  },
  {
    name: "an unmapped role falls back to the organisation's team of that slug",
    policy: "approval_workflows: { review: { approver: security_team } }\n",
    pr: { teams: { "acme/security-team": ["rita"] }, reviews: [review("rita")] },
    state: "approved",
  },
  {
    name: "the same, without the word team",
    policy: "approval_workflows: { review: { approver: security_team } }\n",
    pr: { teams: { "acme/security": ["rita"] }, reviews: [review("rita")] },
    state: "approved",
  },
  {
    name: "an unmapped technical lead without a team is an administrator",
    policy: "approval_workflows: { review: { approver: technical_lead } }\n",
    pr: { reviews: [review("mona")] },
    state: "waiting",
    drops: { mona: "not_eligible" },
  },
  {
    name: "the same, and an administrator approved",
    policy: "approval_workflows: { review: { approver: technical_lead } }\n",
    pr: { reviews: [review("lena")] },
    state: "approved",
  },
  {
    name: "a member of the organisation",
    policy: asks("{ organizations: [acme] }"),
    pr: { orgs: { acme: ["rita"] }, reviews: [review("rita")] },
    state: "approved",
  },
  {
    name: "nobody of the organisation",
    policy: asks("{ organizations: [acme] }"),
    pr: { orgs: { acme: ["ida"] }, reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "not_eligible" },
  },
  {
    name: "read is less than write",
    pr: { reviews: [review("rita")] },
    state: "waiting",
    drops: { rita: "not_eligible" },
  },
  {
    name: "triage is less than write",
    pr: { reviews: [review("tess")] },
    state: "waiting",
    drops: { tess: "not_eligible" },
  },
  { name: "maintain is more than write", pr: { reviews: [review("mona")] }, state: "approved" },
  {
    name: "write is less than maintain",
    policy: asks("{ permission: maintain }"),
    pr: { reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "admin is enough for everything",
    policy: asks("{ permission: maintain }"),
    pr: { reviews: [review("lena")] },
    state: "approved",
  },
  {
    name: "an outsider who approves on a public repository",
    pr: { reviews: [review("stranger")] },
    state: "waiting",
    drops: { stranger: "not_eligible" },
  },
  {
    name: "a role that asks for triage",
    policy: asks("{ permission: triage }"),
    pr: { reviews: [review("tess")] },
    state: "approved",
  },
  {
    name: "any owner of any changed file",
    policy: owners("true"),
    pr: { files: two, codeowners, reviews: [review("otto")] },
    state: "approved",
  },
  {
    name: "a peer who owns nothing",
    policy: owners("true"),
    pr: { files: two, codeowners, reviews: [review("mona")] },
    state: "waiting",
    drops: { mona: "not_eligible" },
  },
  {
    name: "an owner of a file that did not change",
    policy: owners("true"),
    pr: { files: two, codeowners: { ...codeowners, "lib/c.ts": ["mona"] }, reviews: [review("mona")] },
    state: "waiting",
  },
  {
    name: "an owner of a renamed file's old name",
    policy: owners("true"),
    pr: {
      files: [{ path: "src/b.ts", previous_path: "src/a.ts", patch: "@@ -1 +1 @@\n-a\n+b" }],
      codeowners: { "src/a.ts": ["sam"] },
      reviews: [review("sam")],
    },
    state: "approved",
  },
  {
    name: "code owners asked for, and there is no CODEOWNERS",
    policy: owners("true"),
    pr: { reviews: [review("sam")] },
    state: "waiting",
    drops: { sam: "not_eligible" },
  },
  {
    name: "the only owner is the author: said at once",
    policy: owners("true"),
    pr: { codeowners: { "src/a.ts": ["maria"] } },
    state: "must_change",
    codes: ["HP-W04"],
  },
  {
    name: "codeowners: all with one of two files approved names the other file and who could",
    policy: owners("all"),
    pr: { files: two, codeowners, reviews: [review("sam")] },
    state: "waiting",
    counts: ["sam"],
    fastest: ["otto"],
    says: ["docs/b.md", "an owner of each file"],
    peer: "has no such rule",
  },
  {
    name: "codeowners: all with every file approved",
    policy: owners("all"),
    pr: { files: two, codeowners, reviews: [review("sam"), review("otto")] },
    state: "approved",
  },
  {
    name: "codeowners: all with two owners of the same file",
    policy: owners("all"),
    pr: { files: two, codeowners, reviews: [review("sam"), review("ida")] },
    state: "waiting",
  },
  {
    name: "codeowners: all, and one person owns everything",
    policy: owners("all"),
    pr: { files: two, codeowners: { "src/a.ts": ["sam"], "docs/b.md": ["sam"] }, reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "codeowners: all, and files that nobody owns need nobody",
    policy: owners("all"),
    pr: { files: two, codeowners: { "src/a.ts": ["sam"], "docs/b.md": [] }, reviews: [review("sam")] },
    state: "approved",
  },
  {
    name: "codeowners: all, and no file has an owner: nobody can approve, which is no approval",
    policy: owners("all"),
    pr: { files: two, codeowners: {}, reviews: [review("sam")] },
    state: "must_change",
    codes: ["HP-W04"],
  },
  {
    name: "codeowners: all, and the author is the only owner of one file",
    policy: owners("all"),
    pr: { files: two, codeowners: { "src/a.ts": ["sam"], "docs/b.md": ["maria"] }, reviews: [review("sam")] },
    state: "must_change",
    codes: ["HP-W04"],
    says: ["docs/b.md"],
  },
  {
    name: "codeowners: all or a lead: the lead is enough",
    policy:
      "roles: { owner: { codeowners: all }, lead: { users: [lena] } }\napproval_workflows: { review: { approver: [owner, lead] } }\n",
    pr: { files: two, codeowners, reviews: [review("lena")] },
    state: "approved",
  },
  {
    name: "codeowners: all or a lead: one owner is not enough",
    policy:
      "roles: { owner: { codeowners: all }, lead: { users: [lena] } }\napproval_workflows: { review: { approver: [owner, lead] } }\n",
    pr: { files: two, codeowners, reviews: [review("sam")] },
    state: "waiting",
  },
  {
    name: "one changed line in an owned path drops only that owner",
    policy: owners("all", "approvals: { freshness: affected_paths }\n"),
    pr: {
      files: two,
      codeowners,
      heads: pushed({ same_paths: ["src/a.ts"] }),
      reviews: [review("sam", onFirst), review("otto", onFirst)],
    },
    state: "waiting",
    counts: ["sam"],
    kept: { sam: "same_paths" },
    drops: { otto: "stale" },
    fastest: ["otto"],
    says: ["none of the files this person answers for"],
  },
  {
    name: "affected_paths: an owner who holds the role by name as well keeps it for what they own",
    policy:
      "approvals: { freshness: affected_paths }\nroles: { owner: { codeowners: true }, named: { users: [sam] } }\napproval_workflows: { review: { approver: [named, owner] } }\n",
    pr: { files: two, codeowners, heads: pushed({ same_paths: ["src/a.ts"] }), reviews: [review("sam", onFirst)] },
    state: "approved",
  },
  {
    name: "mistakes in CODEOWNERS are told",
    policy: owners("true"),
    pr: {
      codeowners: { "src/a.ts": ["sam"] },
      codeowners_problems: [{ line: 3, found: "the team @acme/gone cannot be found" }],
      reviews: [review("sam")],
    },
    state: "approved",
    says: ["the team @acme/gone cannot be found"],
  },
];

const lead = "roles: { technical_lead: { users: [lena] } }\n";
const onePeer = "approval_workflows: { review: { approver: peer } }\n";
const overrule = (user: string, text = "@ida agreed on in the design review", created_at = "2026-11-20T15:30:00Z") =>
  comment(user, `/holdpoint overrule ${text}`, { created_at });

export const vetoes: Case[] = [
  {
    name: "a peer objects",
    pr: { reviews: [objection("ida"), review("sam")] },
    state: "must_change",
    codes: ["HP-O01"],
  },
  {
    name: "a reader objects: no right to hold",
    pr: { reviews: [objection("rita"), review("sam")] },
    state: "approved",
  },
  {
    name: "another one's approval does not lift it",
    pr: { reviews: [objection("ida", { submitted_at: "2026-11-20T14:00:00Z" }), review("sam"), review("lena")] },
    state: "must_change",
    peer: "one person's later approval lifts everybody's veto",
  },
  {
    name: "the objector lifts it by approving",
    pr: { reviews: [objection("ida", { submitted_at: "2026-11-20T14:00:00Z" }), review("ida")] },
    state: "approved",
  },
  {
    name: "the author's own request for changes holds too",
    policy: `approvals: { veto: { by: [peer] } }\n${onePeer}`,
    pr: { reviews: [objection("maria"), review("sam")] },
    state: "must_change",
  },
  {
    name: "only the roles named may object",
    policy: `${lead}approvals: { veto: { by: [technical_lead] } }\n${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")] },
    state: "approved",
  },
  {
    name: "an objection by phrase",
    policy: `approvals: { veto: { methods: { comments: ["/object"] } } }\n${onePeer}`,
    pr: { reviews: [review("sam")], comments: [comment("ida", "/object")] },
    state: "must_change",
  },
  {
    name: "an objection by phrase in a review that only comments",
    policy: `approvals: { veto: { methods: { comments: ["/object"] } } }\n${onePeer}`,
    pr: { reviews: [review("sam"), review("ida", { state: "commented", body: "/object" })] },
    state: "must_change",
  },
  {
    name: "an approving review over words that object is an objection",
    policy: `approvals: { veto: { methods: { comments: ["/object"] } } }\n${onePeer}`,
    pr: { reviews: [review("sam", { body: "/object" })] },
    state: "must_change",
  },
  {
    name: "requested changes are no objection where the policy says so",
    policy: `approvals: { veto: { methods: { review: false } } }\n${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")] },
    state: "approved",
  },
  {
    name: "a technical lead overrules it",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("lena")] },
    state: "approved",
    says: ["overruled by @lena"],
    peer: "cannot say whose veto is lifted, and why",
  },
  {
    name: "somebody else tries to overrule it",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("otto")] },
    state: "must_change",
  },
  {
    name: "the author tries to overrule it",
    policy: `${onePeer}roles: { technical_lead: { users: [maria] } }\n`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("maria")] },
    state: "must_change",
  },
  {
    name: "somebody with a commit in the change tries to overrule it",
    policy: `${lead}${onePeer}`,
    pr: {
      commits: [{ sha: "h2", author: "lena" }],
      reviews: [objection("ida"), review("sam")],
      comments: [overrule("lena")],
    },
    state: "must_change",
  },
  {
    name: "overruled without a reason",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("lena", "@ida")] },
    state: "must_change",
  },
  {
    name: "overruled by an edited comment",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [{ ...overrule("lena"), edited: true }] },
    state: "must_change",
  },
  {
    name: "overruled before it was raised",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("lena", undefined, "2026-11-20T14:00:00Z")] },
    state: "must_change",
  },
  {
    name: "another one's objection is overruled",
    policy: `${lead}${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("lena", "@otto it is fine")] },
    state: "must_change",
  },
  {
    name: "overruled on an earlier head of another change",
    policy: `${lead}${onePeer}`,
    pr: {
      heads: pushed(),
      reviews: [objection("ida", onFirst), review("sam")],
      comments: [overrule("lena", undefined, "2026-11-20T11:00:00Z")],
    },
    state: "must_change",
  },
  {
    name: "overruled on an earlier head of the same change",
    policy: `${lead}${onePeer}`,
    pr: {
      heads: pushed({ same_change: true }),
      reviews: [objection("ida", onFirst), review("sam")],
      comments: [overrule("lena", undefined, "2026-11-20T11:00:00Z")],
    },
    state: "approved",
  },
  {
    name: "overruled by a role that the policy names for it",
    policy: `roles: { board: { users: [otto] } }\napprovals: { veto: { overrule_by: [board] } }\n${onePeer}`,
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("otto")] },
    state: "approved",
  },
  {
    name: "no technical lead is mapped: an administrator overrules",
    pr: { reviews: [objection("ida"), review("sam")], comments: [overrule("lena")] },
    state: "approved",
  },
  {
    name: "objected again after it was overruled",
    policy: `${lead}${onePeer}`,
    pr: {
      reviews: [objection("ida"), objection("ida", { submitted_at: "2026-11-20T15:45:00Z" }), review("sam")],
      comments: [overrule("lena")],
    },
    state: "must_change",
  },
  {
    name: "an overruled objection does not turn its author's earlier approval on again",
    policy: `${lead}${onePeer}`,
    pr: {
      reviews: [review("ida", { submitted_at: "2026-11-20T14:00:00Z" }), objection("ida")],
      comments: [overrule("lena")],
    },
    state: "waiting",
    drops: { ida: "withdrawn" },
  },
  {
    name: "the objector left the team since: the objection does not hold any more",
    policy: `roles: { guard: { teams: [acme/guards] } }\napprovals: { veto: { by: [guard] } }\n${onePeer}`,
    pr: { teams: { "acme/guards": ["otto"] }, reviews: [objection("ida"), review("sam")] },
    state: "approved",
  },
  {
    name: "whether the objector is of the team could not be read: heard",
    policy: `roles: { guard: { teams: [acme/guards] } }\napprovals: { veto: { by: [guard] } }\n${onePeer}`,
    pr: { teams: { "acme/guards": null }, reviews: [objection("ida"), review("sam")] },
    state: "must_change",
  },
  {
    name: "an objection outlives a push",
    pr: { heads: pushed(), reviews: [objection("ida", onFirst), review("sam")] },
    state: "must_change",
  },
  {
    name: "a bot objects",
    pr: { reviews: [objection("helper[bot]"), review("sam")] },
    state: "approved",
  },
];
