/** The pages of the codes of bypasses, windows and test branches. */

import type { ReasonCode } from "../../gate/codes.ts";
import type { CodePage } from "./code-page.ts";

export type BypassReasonCode = Extract<ReasonCode, `HP-B${string}`>;

const ask = {
  language: "markdown",
  text: '/holdpoint bypass all --reason "checkout fails for every customer since 02:10" --cause production_issue',
} as const;

const authorised = "Anyone who holds one of the roles of `bypass.emergency.authorised`.";
const maintainer = "A maintainer of the repository.";

export const bypassCodePages: Record<BypassReasonCode, CodePage> = {
  "HP-B01": {
    means:
      "What is not met is passed by an emergency bypass: granted to the person named, for this head alone, until the time named. What could not be read, and what the policy lists under `never`, stays closed. The review that was skipped is owed afterwards, in the issue that is named.",
    who: "Whoever asked, or anyone authorised, ends it early by taking the label off or with `/holdpoint bypass cancel`.",
    example: { language: "markdown", text: "/holdpoint bypass cancel" },
  },
  "HP-B02": {
    means:
      "The policy on the base branch had planned a maintenance window before it began, and this change is within its scope. What is not met is passed until the window ends.",
    who: "",
  },
  "HP-B03": {
    means: "The policy lists the base branch as a test environment, so that nothing is held there.",
    who: "",
  },
  "HP-B04": {
    means:
      "Somebody authorised asked for a bypass and has not yet written why, or wrote too little. Until the time named a reason can be given; then the request is refused. A comment counts as long as nobody edits it.",
    who: "Whoever put the label on or gave the command.",
    example: { language: "markdown", text: "Bypass reason: checkout fails for every customer since 02:10" },
  },
  "HP-B05": {
    means:
      "The policy, or a spent budget, asks that a second person agrees: not whoever asked, not the author, nobody who wrote, committed or pushed a part of the change. It counts on this head and after the request.",
    who: "Anyone who holds the role that the check names.",
    example: { language: "markdown", text: "/holdpoint bypass agree" },
  },
  "HP-B06": {
    means:
      "The request stands, but there is nothing to grant: the pull request is a draft, or all that the bypass would open is met already. No issue is opened for it and nothing is owed.",
    who: "",
  },
  "HP-B07": {
    means:
      "All that a bypass needs is there. The gate opens as soon as the issue for the review that it owes has been opened, in a moment.",
    who: "",
  },
  "HP-B08": {
    means:
      "A fact that decides about a bypass could not be read, such as the members of a team. What is not known opens nothing, and refuses nothing either.",
    who: "Whoever re-checks; if the fact stays out of reach, an administrator of the repository or of Holdpoint.",
    example: { language: "markdown", text: "/holdpoint recheck" },
  },
  "HP-B09": {
    means:
      "A bypass that was in force ends: something was pushed, its label was taken off, its time is over, it was taken back, its owner lost the role, or the policy offers none any more.",
    who: authorised,
    example: ask,
  },
  "HP-B11": {
    means: "A bypass was asked for by command, and the policy in force knows none.",
    who: maintainer,
    example: { language: "yaml", text: "bypass:\n  emergency:\n    authorised: [on_call, technical_lead]" },
  },
  "HP-B12": {
    means:
      "The label is on the pull request although nobody put it there, as after another label was renamed. Its presence alone grants nothing.",
    who: authorised,
    example: ask,
  },
  "HP-B13": {
    means: "An app, a bot or a workflow's token put the label on. Nothing of the kind can answer for a bypass.",
    who: authorised,
    example: ask,
  },
  "HP-B14": {
    means:
      "Whoever put the label on, or gave the command, holds none of the roles that may ask. A role that is not mapped to people or a team entitles nobody who can merely write.",
    who: authorised,
    example: ask,
  },
  "HP-B15": {
    means:
      "The request was made before the head that stands now was pushed, or within the second of the push. A bypass is for what whoever asked had before their eyes.",
    who: authorised,
    example: ask,
  },
  "HP-B16": {
    means: "No reason was written within the time that the policy gives for it.",
    who: authorised,
    example: ask,
  },
  "HP-B17": {
    means: "What was written is shorter than the policy asks for, or is one word.",
    who: authorised,
    example: ask,
  },
  "HP-B18": {
    means:
      "The policy lists under `never` what no bypass and no window opens: a checkpoint by name, or everything while a rule of findings has found something, such as a committed secret.",
    who: "The author, who takes out what was found; or whoever may approve the checkpoint.",
  },
  "HP-B19": {
    means:
      "So many merges of the period were bypassed that the policy grants no more. Where it was not counted how many there were, the budget is taken as spent.",
    who: maintainer,
    example: {
      language: "yaml",
      text: "bypass:\n  emergency:\n    budget: { limit: 10%, over_budget: second_person }",
    },
  },
  "HP-B20": {
    means: "The command names only checkpoints that the policy does not have, or that do not apply to this change.",
    who: authorised,
    example: {
      language: "markdown",
      text: '/holdpoint bypass security_review --reason "the fix was tested on staging"',
    },
  },
  "HP-B21": {
    means:
      "Every bypass owes a review, which is written down as an issue before the gate opens. The issue could not be opened, so the gate stayed shut.",
    who: "An administrator of the repository.",
  },
  "HP-B22": {
    means: "The request was taken back with `/holdpoint bypass cancel` before it was granted.",
    who: "",
  },
  "HP-B23": {
    means:
      "The request is older than a bypass may last. One that waits for long does not open the gate on a day when nobody thinks of it.",
    who: authorised,
    example: ask,
  },
};
