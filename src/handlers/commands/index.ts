/** What is done about each command. */

import type { PullRequestVerb } from "../../core/gate/commands/command-table.ts";
import { notJudged } from "../../core/report/command-answers.ts";
import { ack, handOver, snooze } from "./answer-escalation.ts";
import { bypass } from "./bypass.ts";
import { attest, evidence } from "./claim.ts";
import type { CommandHandler, JudgedCommandHandler } from "./command.ts";
import { conditions } from "./conditions.ts";
import { continueReview } from "./continue-review.ts";
import { decide } from "./decide.ts";
import { deploy } from "./deploy.ts";
import { disagree } from "./disagree.ts";
import { escalate } from "./escalate.ts";
import { explain } from "./explain.ts";
import { help } from "./help.ts";
import { hold, unhold } from "./hold.ts";
import { overrule } from "./overrule.ts";
import { pair } from "./pair.ts";
import { recheck } from "./recheck.ts";
import { restore } from "./restore.ts";
import { rounds } from "./rounds.ts";
import { schedule } from "./schedule.ts";
import { split } from "./split.ts";

export const commandHandlers: Readonly<Record<PullRequestVerb, CommandHandler>> = {
  help,
  recheck,
  explain: onVerdict(explain),
  attest: onVerdict(attest),
  evidence: onVerdict(evidence),
  hold: onVerdict(hold),
  unhold: onVerdict(unhold),
  conditions: onVerdict(conditions),
  decide: onVerdict(decide),
  overrule: onVerdict(overrule),
  disagree: onVerdict(disagree),
  bypass: onVerdict(bypass),
  deploy,
  rounds,
  restore,
  schedule,
  split: onVerdict(split),
  pair,
  escalate: onVerdict(escalate),
  ack: onVerdict(ack),
  snooze: onVerdict(snooze),
  "hand-over": onVerdict(handOver),
  continue: continueReview,
};

/** Where there is no verdict, that is the answer. */
function onVerdict(handler: JudgedCommandHandler): CommandHandler {
  return async (given, ports) => {
    const { judged, reading } = given;
    if (judged !== null) return handler({ ...given, judged }, ports);
    return {
      reaction: "confused",
      comment: notJudged(reading.snapshot.state === "open" ? "no_policy" : "closed"),
    };
  };
}
