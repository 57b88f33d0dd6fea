/** The commands that a comment may give, once: the parser, the help, refusals and the documentation are made from this table. */

/**
 * Who may give a command: any of these is enough.
 *
 * - `author`: who opened the pull request
 * - a permission: at least that, in this repository
 * - `role`: whoever holds the role that the policy asks for; the command itself looks
 * - `holder`: whoever asked for what it takes back; the command itself looks
 */
export type Right = "anyone" | "author" | "triage" | "write" | "maintain" | "role" | "holder";

export interface CommandSpec {
  /** As written after `/holdpoint`. */
  verb: string;
  /** Other ways to write it, in lower case; those of several words count only where nothing follows them. */
  aliases?: readonly string[];
  /** What follows the verb: `<required>`, `[optional]`; empty where nothing does. */
  usage: string;
  /** A whole line that would be understood. */
  example: string;
  /** What it does, after "it": a phrase for the help. */
  does: string;
  may: readonly Right[];
  /** Who may give it: a phrase for the help and for refusals. */
  who: string;
  /** Where it is understood; left out: on pull requests. */
  on?: readonly Place[];
}

/** Where people speak: on a pull request, or on an issue that Holdpoint keeps. */
export type Place = "pull_request" | "issue";

export const commandTable = [
  {
    verb: "help",
    on: ["pull_request", "issue"],
    usage: "",
    example: "/holdpoint help",
    does: "shows the commands",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "recheck",
    usage: "",
    example: "/holdpoint recheck",
    does: "reads everything again and judges anew",
    may: ["anyone"],
    who: "anyone",
  },
  {
    verb: "explain",
    usage: "[checkpoint | criterion | @login | finding | rule]",
    example: "/holdpoint explain security_review",
    does: "answers with the reasons: of the whole verdict, of one checkpoint or criterion, of a finding or its rule, or why somebody's approval does not count",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "disagree",
    usage: "<finding> <reason>",
    example: "/holdpoint disagree F-1a2b3c the function was never exported from the package",
    does: "says that a finding is wrong, for the scorecard of its rule; the finding still counts",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "attest",
    usage: "<criterion>",
    example: "/holdpoint attest rollback_plan",
    does: "says, as somebody of the role that the criterion asks for, that it is met",
    may: ["role"],
    who: "whoever holds a role that the criterion names",
  },
  {
    verb: "evidence",
    usage: "<criterion> <link or text>",
    example: "/holdpoint evidence rollback_plan https://example.com/runbook",
    does: "gives evidence for a criterion that takes it by comment: a link, or a sentence of at least 20 characters",
    may: ["author", "write"],
    who: "the author and anyone with write permission",
  },
  {
    verb: "hold",
    usage: "[reason]",
    example: "/holdpoint hold waiting for the legal review",
    does: "holds the change, whatever else is met, until it is lifted",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "unhold",
    aliases: ["hold cancel", "cancel-hold", "remove-hold"],
    usage: "",
    example: "/holdpoint unhold",
    does: "lifts a hold",
    may: ["holder", "maintain"],
    who: "whoever asked for the hold, and anyone with maintain permission",
  },
  {
    verb: "conditions",
    usage: "<list on the next lines> | met [@reviewer] <numbers | all> | track",
    example: "/holdpoint conditions met 1 3",
    does: "lists the conditions of an approval, says which are met, or lets those still open become issues at the merge",
    may: ["role"],
    who: "whoever may approve the change",
  },
  {
    verb: "decide",
    on: ["pull_request", "issue"],
    usage: "<proceed | partial | abort> <rationale>",
    example: "/holdpoint decide proceed the migration cannot be reverted without losing orders",
    does: "decides about taking a change back, with a rationale of at least 20 characters",
    may: ["role"],
    who: "whoever holds a role that the decision names",
  },
  {
    verb: "rounds",
    usage: "",
    example: "/holdpoint rounds",
    does: "shows the versions of the change and what was asked in each round",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "restore",
    usage: "v<number>",
    example: "/holdpoint restore v3",
    does: "prepares a branch with an earlier version, and says how to go back to it; the pull request stays as it is",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "schedule",
    usage: "<when>",
    example: "/holdpoint schedule 3d",
    does: "puts the review aside without reminders: for `3d`, until `tomorrow` or `2026-12-01 10:00` (UTC)",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "split",
    usage: "",
    example: "/holdpoint split",
    does: "proposes how to split the change",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "pair",
    usage: "@<login>",
    example: "/holdpoint pair @lena",
    does: "asks somebody to look at the change together with the author",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "escalate",
    on: ["pull_request", "issue"],
    usage: "",
    example: "/holdpoint escalate",
    does: "asks an expert for a review who was not asked yet, and takes what is being escalated to its next level",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "ack",
    on: ["pull_request", "issue"],
    usage: "[note]",
    example: "/holdpoint ack looking at it now",
    does: "says that somebody is at what is being escalated: its level's time starts anew, once for a person and level",
    may: ["role"],
    who: "whoever holds a role of the escalation's level or can settle it, and anyone with maintain permission; not the author of a change about its own reviews",
  },
  {
    verb: "snooze",
    on: ["pull_request", "issue"],
    usage: "<duration> <reason>",
    example: "/holdpoint snooze 2d the vendor answers on Monday",
    does: "puts the next level of an escalation off, for at most 7 days",
    may: ["role"],
    who: "whoever may acknowledge it",
  },
  {
    verb: "hand-over",
    aliases: ["handover"],
    on: ["pull_request", "issue"],
    usage: "<@login | role> [note]",
    example: "/holdpoint hand-over @lena she knows the parser",
    does: "makes what is being escalated somebody else's: they are assigned and told",
    may: ["role"],
    who: "whoever may acknowledge it",
  },
  {
    verb: "continue",
    usage: "",
    example: "/holdpoint continue",
    does: "goes on as before: no ways out are offered for as many rounds more, and nothing is put aside",
    may: ["author", "triage"],
    who: "the author and anyone with triage permission",
  },
  {
    verb: "overrule",
    usage: "<@login> <reason>",
    example: "/holdpoint overrule @sam the rename was agreed on in the design review",
    does: "sets somebody's objection aside, with the reason",
    may: ["role"],
    who: "whoever holds a role of `approvals.veto.overrule_by` (a technical lead, where the policy names none)",
  },
  {
    verb: "deploy",
    on: ["pull_request", "issue"],
    usage: "<approve | reject | override> <environment> [commit] [note or reason]",
    example: "/holdpoint deploy approve production",
    does: "releases or stops a deployment that waits, or lets one pass of which not everything was judged",
    may: ["role"],
    who: "whoever holds a role that the environment asks and did not start the deployment",
  },
  {
    verb: "reviewed",
    on: ["issue"],
    usage: "<sound | follow-up | revert> <lessons learned>",
    example:
      "/holdpoint reviewed sound the limit is right; our alert came ten minutes late, so it now watches the queue",
    does: "says what a review afterwards came to, with lessons of at least 20 characters, and settles it",
    may: ["role"],
    who: "whoever holds the role that the issue names and had no hand in what is reviewed",
  },
  {
    verb: "bypass",
    usage: '<checkpoint | all> --reason "<why>" [--cause <cause>] | agree | cancel',
    example: '/holdpoint bypass all --reason "checkout fails for every customer since 02:10" --cause production_issue',
    does: "asks for an emergency bypass of this head, agrees to one as the second person, or takes one back",
    may: ["role"],
    who: "whoever holds a role of `bypass.emergency.authorised`",
  },
] as const satisfies readonly CommandSpec[];

type Entry = (typeof commandTable)[number];

export type CommandVerb = Entry["verb"];

/** Verbs that pull requests understand. */
export type PullRequestVerb = Exclude<CommandVerb, Extract<Entry, { on: readonly ["issue"] }>["verb"]>;

export function isUnderstood(verb: CommandVerb, on: "pull_request"): verb is PullRequestVerb;
export function isUnderstood(verb: CommandVerb, on: Place): boolean;
export function isUnderstood(verb: CommandVerb, on: Place): boolean {
  return (specOf(verb).on ?? ["pull_request"]).includes(on);
}

export function specOf(verb: CommandVerb): CommandSpec {
  const spec: CommandSpec | undefined = commandTable.find((one) => one.verb === verb);
  if (spec === undefined) throw new Error(`No command ${verb}`);
  return spec;
}
