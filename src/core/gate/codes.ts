/** Stable reason codes of the gate: what stands behind each, and what to do. Policy mistakes have their own, `HP-P…`. */

export const codes = {
  "HP-W01": {
    title: "Waiting for approvals",
    fix: "Ask one of the people named; each approval counts by the rules of the policy in force.",
  },
  "HP-W02": { title: "Approved", fix: "" },
  "HP-W03": { title: "No approval needed", fix: "" },
  "HP-W04": {
    title: "Nobody can give this approval",
    fix: "Everybody the rule names is excluded from this change, or it names nobody. A maintainer has to widen the role or the rule.",
  },
  "HP-W05": {
    title: "Rules compete for the same people",
    fix: "With `distinct_people` one person fills one seat only, and there are too few people for all of these rules. A maintainer has to name more people, or ask for fewer.",
  },
  "HP-W06": {
    title: "A team cannot be found",
    fix: "The policy names a team that does not exist, or that Holdpoint may not see. Mend its name under `roles:`, or let Holdpoint see it.",
  },
  "HP-W10": { title: "This workflow fits the change", fix: "" },
  "HP-W11": {
    title: "No workflow fits, so the strictest was taken",
    fix: "Split the change so that it fits a lighter workflow, or meet the strictest.",
  },
  "HP-W12": {
    title: "Commits of an unknown author",
    fix: "Push the commits again with an e-mail that belongs to a GitHub account.",
  },
  "HP-C01": { title: "The checkpoint applies", fix: "" },
  "HP-C02": { title: "The checkpoint does not apply", fix: "" },
  "HP-C03": {
    title: "The checkpoint applies because its condition could not be judged",
    fix: "Re-check once the fact can be read.",
  },
  "HP-C04": { title: "The checkpoint is asked for and does not hold", fix: "" },
  "HP-E01": { title: "Evidence found", fix: "" },
  "HP-E02": {
    title: "Evidence missing",
    fix: "Add what the row names: a section, a ticked box, a changed file, a comment, or an attestation.",
  },
  "HP-E03": {
    title: "Evidence is still to come",
    fix: "It comes with a review, an attestation or a check; nothing for the author to write.",
  },
  "HP-E04": { title: "Evidence could not be judged", fix: "Re-check once the fact can be read." },
  "HP-K01": { title: "The conditions hold", fix: "" },
  "HP-K02": { title: "The conditions do not hold yet", fix: "The row says which condition is open." },
  "HP-K03": { title: "The conditions could not be judged", fix: "Re-check once the fact can be read." },
  "HP-O01": {
    title: "Somebody objects",
    fix: "The person who objected lifts it by approving, it is dismissed, or somebody who may overrules it with `/holdpoint overrule @login <reason>`.",
  },
  "HP-O02": { title: "An objection was overruled", fix: "" },
  "HP-H01": {
    title: "On hold",
    fix: "Whoever asked for the hold, or a maintainer, lifts it with `/holdpoint unhold`.",
  },
  "HP-A01": {
    title: "Conditions of an approval are open",
    fix: "The reviewer ticks them, or agrees that they become issues with `/holdpoint conditions track`.",
  },
  "HP-A02": { title: "The conditions of an approval are settled", fix: "" },
  "HP-D01": {
    title: "A decision is awaited",
    fix: "Somebody of the roles named decides with `/holdpoint decide proceed|partial|abort <rationale>`.",
  },
  "HP-D02": { title: "Decided", fix: "" },
  "HP-D03": { title: "Decided against", fix: "Whoever decided may decide anew; until then the change stays out." },
  "HP-R01": {
    title: "A fact could not be read whole",
    fix: "Make the change smaller where a limit of GitHub is the cause; else re-check later.",
  },
  "HP-B01": {
    title: "Let through by an emergency bypass",
    fix: "Nothing to do before the merge; the review that it owes is in the issue that is named.",
  },
  "HP-B02": {
    title: "Let through by a maintenance window",
    fix: "",
  },
  "HP-B03": {
    title: "The gate stands aside on this branch",
    fix: "",
  },
  "HP-B04": {
    title: "A bypass waits for its reason",
    fix: 'Whoever asked writes the reason in a comment that starts with `Bypass reason:`, or into a section "Emergency" of the description.',
  },
  "HP-B05": {
    title: "A bypass waits for a second person",
    fix: "Somebody of the roles named, with no hand in the change, comments `/holdpoint bypass agree`.",
  },
  "HP-B06": {
    title: "A bypass is asked for and has nothing to open yet",
    fix: "Nothing to do: it is granted once the pull request is ready and something that it covers is open.",
  },
  "HP-B07": {
    title: "A bypass is about to be granted",
    fix: "Wait: the review that it owes is being written down.",
  },
  "HP-B08": {
    title: "A bypass could not be judged",
    fix: "Re-check once the fact can be read.",
  },
  "HP-B09": {
    title: "A bypass ended",
    fix: "Ask again if it is still needed, for the head that stands now.",
  },
  "HP-B11": {
    title: "No bypass: the policy has none",
    fix: "A maintainer adds `bypass: { emergency: {} }` to the policy on the base branch.",
  },
  "HP-B12": {
    title: "No bypass: nobody put the label on",
    fix: "Take the label off and let somebody who may put it on.",
  },
  "HP-B13": {
    title: "No bypass: an app or a bot asked",
    fix: "Let a person of the authorised roles ask.",
  },
  "HP-B14": {
    title: "No bypass: not authorised",
    fix: "Ask somebody who holds one of the authorised roles.",
  },
  "HP-B15": {
    title: "No bypass: asked for before the last push",
    fix: "Ask again for the head that stands now.",
  },
  "HP-B16": {
    title: "No bypass: no reason in time",
    fix: "Ask again, with the reason in the command.",
  },
  "HP-B17": {
    title: "No bypass: the reason says too little",
    fix: "Ask again, with a reason that somebody who was not there understands.",
  },
  "HP-B18": {
    title: "No bypass: this stays closed in every case",
    fix: "Take out what was found, or have the checkpoint approved.",
  },
  "HP-B19": {
    title: "No bypass: the budget is spent",
    fix: "Have the change reviewed as usual; a maintainer may raise the budget.",
  },
  "HP-B20": {
    title: "No bypass: no such checkpoint applies",
    fix: "Name a checkpoint that applies, or `all`.",
  },
  "HP-B21": {
    title: "No bypass: its review cannot be written down",
    fix: "Switch issues on for the repository, and let Holdpoint write them.",
  },
  "HP-B22": {
    title: "A bypass was taken back",
    fix: "",
  },
  "HP-B23": {
    title: "No bypass: asked for too long ago",
    fix: "Ask again if it is still needed.",
  },
} as const satisfies Record<string, { title: string; fix: string }>;

export type ReasonCode = keyof typeof codes;
