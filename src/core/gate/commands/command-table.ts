/** The commands that a comment may give, once: the parser, the help and the documentation are made from this table. */

export interface CommandSpec {
  /** As written after `/holdpoint`. */
  verb: string;
  /** What follows the verb: `<required>`, `[optional]`; empty where nothing does. */
  usage: string;
  /** What it does, after "it": a phrase for the help. */
  does: string;
  /** Who may give it: a phrase for the help and for refusals. */
  who: string;
}

export const commandTable = [
  { verb: "help", usage: "", does: "shows the commands", who: "the author and anyone with triage permission" },
  { verb: "recheck", usage: "", does: "reads everything again and judges anew", who: "anyone" },
  {
    verb: "attest",
    usage: "<criterion>",
    does: "says, as somebody of the role that the criterion asks for, that it is met",
    who: "whoever holds a role that the criterion names",
  },
  {
    verb: "evidence",
    usage: "<criterion> <link or text>",
    does: "gives evidence for a criterion that takes it by comment: a link, or a sentence of at least 20 characters",
    who: "the author and anyone with write permission",
  },
] as const satisfies readonly CommandSpec[];

export type CommandVerb = (typeof commandTable)[number]["verb"];
