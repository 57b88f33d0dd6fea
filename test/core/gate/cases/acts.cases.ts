import { at, type Case, comment, objection, review, withOptions } from "./case.ts";

const slash = (more = "") => withOptions(`methods: { comments: ["/approve"] }${more}`);

/** Supersession, dismissal, edits. */
export const acts: Case[] = [
  {
    name: "approved, then asked for changes",
    pr: { reviews: [review("sam", { submitted_at: at("14:00") }), objection("sam")] },
    state: "must_change",
    drops: { sam: "withdrawn" },
    codes: ["HP-O01"],
    peer: "the earlier approval still counts",
  },
  {
    name: "asked for changes, then approved",
    pr: { reviews: [objection("sam", { submitted_at: at("14:00") }), review("sam")] },
    state: "approved",
    counts: ["sam"],
  },
  {
    name: "approved, then only commented",
    pr: {
      reviews: [
        review("sam", { submitted_at: at("14:00") }),
        review("sam", { state: "commented", body: "and a thought" }),
      ],
    },
    state: "approved",
  },
  {
    name: "approved, and another one objects",
    pr: { reviews: [review("sam"), objection("ida")] },
    state: "must_change",
    counts: ["sam"],
  },
  {
    name: "objected and approved within one second: reviews are told apart by their order",
    pr: { reviews: [objection("sam", { id: 1 }), review("sam", { id: 2 })] },
    state: "approved",
  },
  {
    name: "objected by review and approved by comment within one second: the objection stands",
    policy: slash(),
    pr: { reviews: [objection("sam")], comments: [comment("sam", "/approve")] },
    state: "must_change",
    drops: { sam: "withdrawn" },
  },
  {
    name: "objected by review, then approved by comment",
    policy: slash(),
    pr: { reviews: [objection("sam", { submitted_at: at("14:00") })], comments: [comment("sam", "/approve")] },
    state: "approved",
  },
  {
    name: "the approval was dismissed",
    pr: { reviews: [review("sam", { state: "dismissed" })] },
    state: "waiting",
    counts: [],
  },
  {
    name: "approved, objected, and the objection was dismissed: nothing revives",
    pr: {
      reviews: [
        review("sam", { submitted_at: at("13:00") }),
        objection("sam", { state: "dismissed", submitted_at: at("14:00") }),
      ],
    },
    state: "waiting",
    drops: { sam: "dismissed" },
    peer: "the older approval becomes effective again",
  },
  {
    name: "approved twice and the newer one was dismissed: the older one does not stand in",
    pr: {
      reviews: [
        review("sam", { submitted_at: at("13:00") }),
        review("sam", { state: "dismissed", submitted_at: at("14:00") }),
      ],
    },
    state: "waiting",
    drops: { sam: "dismissed" },
    peer: "the older approval becomes effective again",
  },
  {
    name: "dismissed, then approved again",
    pr: { reviews: [review("sam", { state: "dismissed", submitted_at: at("13:00") }), review("sam")] },
    state: "approved",
  },
  {
    name: "an objection was dismissed, and another person approved",
    pr: { reviews: [objection("sam", { state: "dismissed" }), review("ida")] },
    state: "approved",
  },
  {
    name: "dismissing one person's review leaves another's",
    pr: { reviews: [review("sam", { state: "dismissed" }), review("ida")] },
    state: "approved",
    counts: ["ida"],
  },
  {
    name: "a review that was edited",
    pr: { reviews: [review("sam", { edited: true })] },
    state: "waiting",
    drops: { sam: "edited" },
  },
  {
    name: "a review that was edited, where edits are fine",
    policy: withOptions("ignore_edited_comments: false"),
    pr: { reviews: [review("sam", { edited: true })] },
    state: "approved",
  },
  {
    name: "a comment that was edited",
    policy: slash(),
    pr: { comments: [comment("sam", "/approve", { edited: true })] },
    state: "waiting",
    drops: { sam: "edited" },
  },
  {
    name: "a comment that its author edited, where edits are fine",
    policy: slash(", ignore_edited_comments: false"),
    pr: { comments: [comment("sam", "/approve", { edited: true, edited_by: "sam" })] },
    state: "approved",
  },
  {
    name: "a comment that somebody else edited, where edits are fine",
    policy: slash(", ignore_edited_comments: false"),
    pr: { comments: [comment("sam", "/approve", { edited: true, edited_by: "maria" })] },
    state: "waiting",
    drops: { sam: "edited" },
    says: ["edited by @maria"],
    peer: "counts it unless edits are ignored; only an audit line tells",
  },
  {
    name: "an edited approval does not hide the unedited one before it",
    pr: { reviews: [review("sam", { submitted_at: at("14:00") }), review("sam", { edited: true })] },
    state: "approved",
    peer: "takes the newest first and drops both",
  },
  {
    name: "an edited objection still objects",
    pr: { reviews: [objection("sam", { edited: true }), review("ida")] },
    state: "must_change",
  },
  {
    name: "a checkpoint minds edits where the others do not",
    policy:
      "approvals: { ignore_edited_comments: false }\ncheckpoints: { care: { approver: peer, ignore_edited_comments: true } }\napproval_workflows: { review: { approver: peer } }\n",
    pr: { reviews: [review("sam", { edited: true })] },
    state: "waiting",
    counts: ["sam"],
  },
];
