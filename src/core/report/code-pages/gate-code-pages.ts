/** The pages of the gate's reason codes: what each means and who can act on it. */

import type { ReasonCode } from "../../gate/codes.ts";
import { type BypassReasonCode, bypassCodePages } from "./bypass-code-pages.ts";
import type { CodePage } from "./code-page.ts";

const ownPages: Record<Exclude<ReasonCode, BypassReasonCode>, CodePage> = {
  "HP-A01": {
    means:
      "Somebody approved under conditions, and not all of them are met. The row lists the open ones. By itself the approval is good; the gate waits for its conditions.",
    who: "The reviewer who set the conditions.",
    example: { language: "markdown", text: "/holdpoint conditions track" },
  },
  "HP-A02": {
    means: "Every condition of the approval is met, or the reviewer agreed that the open ones become issues.",
    who: "",
  },
  "HP-C01": {
    means: "The change is one that the checkpoint is for. The details name the finding or the condition that says so.",
    who: "",
  },
  "HP-C02": {
    means: "The change is not one that the checkpoint is for. It is listed so that you see it was looked at.",
    who: "",
  },
  "HP-C03": {
    means:
      "Whether the checkpoint applies hangs on a fact that could not be read. What is not known never opens the gate, so it is asked for.",
    who: "Whoever re-checks; if the fact stays out of reach, an administrator of the repository or of Holdpoint.",
    example: { language: "markdown", text: "/holdpoint recheck" },
  },
  "HP-C04": {
    means:
      "The checkpoint applies and is shown, but the gate does not wait for it: the policy only advises or observes here.",
    who: "",
  },
  "HP-D01": {
    means:
      "Somebody has to decide whether to go on, to go on in part, or to stop, and to say why. Nothing opens by waiting.",
    who: "Anyone who holds one of the roles that the row names.",
    example: {
      language: "markdown",
      text: "/holdpoint decide proceed the fault is in the new index, not in this release",
    },
  },
  "HP-D02": { means: "The decision was taken. The row says by whom, when and why.", who: "" },
  "HP-D03": {
    means: "The decision was to stop. The change stays out until the same question is decided anew.",
    who: "Anyone who holds one of the roles that may decide.",
  },
  "HP-E01": {
    means: "What satisfies the criterion was found: the row says where.",
    who: "",
  },
  "HP-E02": {
    means:
      "The policy wants proof of something, such as a rollback plan, and none was found. Headings without text, unticked boxes, placeholders and HTML comments do not count.",
    who: "The author; where the row says so, a reviewer can attest it instead.",
    example: {
      language: "markdown",
      text: "## Rollback\n\nDeploy the release before this one; the new column stays and is not read.",
    },
  },
  "HP-E03": {
    means:
      "The evidence comes with something that is under way: the approval of a checkpoint, or a check that still runs.",
    who: "Nobody has to write anything. It comes by itself with the review or the check.",
  },
  "HP-E04": {
    means: "Whether there is evidence hangs on a fact that could not be read. What is not known never opens the gate.",
    who: "Whoever re-checks; if the fact stays out of reach, an administrator of the repository or of Holdpoint.",
    example: { language: "markdown", text: "/holdpoint recheck" },
  },
  "HP-H01": {
    means: "Somebody asked for this change to wait, whatever else is met. The row says who, when and why.",
    who: "Whoever asked for the hold, or anyone with maintain permission.",
    example: { language: "markdown", text: "/holdpoint unhold" },
  },
  "HP-K01": { means: "The conditions under which the checkpoint may be released hold.", who: "" },
  "HP-K02": {
    means:
      "The checkpoint may only be released under conditions, such as a green check or a time of day, and they do not hold yet.",
    who: "It depends on the condition: the row names what was wanted and what was found.",
  },
  "HP-K03": {
    means:
      "Whether the conditions hold hangs on a fact that could not be read. What is not known never opens the gate.",
    who: "Whoever re-checks; if the fact stays out of reach, an administrator of the repository or of Holdpoint.",
    example: { language: "markdown", text: "/holdpoint recheck" },
  },
  "HP-O01": {
    means:
      "Somebody who may object asked for changes. An objection holds until that person withdraws it, however many others approve.",
    who: "The person who objected; anyone with write permission can dismiss the review on GitHub; whoever holds a role of `approvals.veto.overrule_by` can overrule it.",
    example: {
      language: "markdown",
      text: "/holdpoint overrule @sam the rename was agreed on in the design review",
    },
  },
  "HP-O02": {
    means: "Somebody who may overrule objections set this one aside, with a reason that the check shows.",
    who: "",
  },
  "HP-R01": {
    means:
      "Something the judgement needs could not be read, or GitHub shows only part of it: more than 3,000 files or 250 commits, or a team that cannot be seen. What was not read is never taken for empty.",
    who: "The author, where the change is too large; else an administrator, who can look at the App's permissions.",
  },
  "HP-W01": {
    means:
      "Approvals are missing. The row names who can give them; approvals by the author, by others with commits in the change, and by bots do not count unless the policy says so.",
    who: 'The people in the row\'s last column. The line "Fastest way" names the smallest set of them that would do.',
  },
  "HP-W02": { means: "All the approvals that the rule asks for are there and count for this change.", who: "" },
  "HP-W03": { means: "The workflow that fits this change asks nobody for an approval.", who: "" },
  "HP-W04": {
    means:
      "The rule can never be met as it is: everybody it names is excluded from this change, or it names nobody. Waiting does not help.",
    who: "Whoever may change the policy on the base branch.",
    example: {
      language: "yaml",
      text: "roles:\n  security_team: { teams: [acme/security], users: [lena] }\n",
    },
  },
  "HP-W05": {
    means:
      "The policy wants distinct people, each on one seat only, and these rules name too few people between them: each could be met, but never all of them together.",
    who: "Whoever may change the policy on the base branch.",
    example: {
      language: "yaml",
      text: "roles:\n  security_team: { teams: [acme/security], users: [lena] }\n",
    },
  },
  "HP-W06": {
    means:
      "A role of the policy names a team that does not exist, was renamed, or is hidden from Holdpoint. A team that cannot be found is never taken for an empty one.",
    who: "Whoever may change the policy on the base branch, or an administrator of the organisation.",
    example: { language: "yaml", text: "roles:\n  security_team: { teams: [acme/security] }\n" },
  },
  "HP-W10": {
    means:
      "Of the policy's workflows this is the first whose criteria all fit the change. The details show the ones before it and why they do not fit.",
    who: "",
  },
  "HP-W11": {
    means: "None of the policy's workflows fits the change, so the one that asks for most was taken.",
    who: "The author, by making the change smaller; or whoever may change the policy, by adding a workflow that fits.",
  },
  "HP-W12": {
    means:
      "A commit's e-mail belongs to no GitHub account, so nobody can tell whether its author is also one of the reviewers. The policy wants the author of every commit to be known.",
    who: "The author of the commits.",
    example: {
      language: "markdown",
      text: "git config user.email maria@acme.example\ngit commit --amend --no-edit --reset-author\ngit push --force-with-lease",
    },
  },
};

export const gateCodePages: Record<ReasonCode, CodePage> = { ...ownPages, ...bypassCodePages };
