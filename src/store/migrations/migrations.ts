/**
 * The migrations by name, in order; a static table, so that it works bundled as well.
 * Each one only adds what the version before it can live beside; what is no longer read goes in a later release.
 */

import type { Migration } from "kysely/migration";
import * as beginning from "./0001-beginning.ts";
import * as reviewLoop from "./0002-review-loop.ts";
import * as changesByBase from "./0003-changes-by-base.ts";
import * as stickyComments from "./0004-sticky-comments.ts";
import * as exceptions from "./0005-exceptions.ts";
import * as messages from "./0006-messages.ts";
import * as escalations from "./0007-escalations.ts";
import * as deployments from "./0008-deployments.ts";
import * as deploymentAnswers from "./0009-deployment-answers.ts";
import * as disagreements from "./0010-disagreements.ts";
import * as failureReports from "./0011-failure-reports.ts";
import * as policyReplays from "./0012-policy-replays.ts";

export const migrations: Record<string, Migration> = {
  "0001-beginning": beginning,
  "0002-review-loop": reviewLoop,
  "0003-changes-by-base": changesByBase,
  "0004-sticky-comments": stickyComments,
  "0005-exceptions": exceptions,
  "0006-messages": messages,
  "0007-escalations": escalations,
  "0008-deployments": deployments,
  "0009-deployment-answers": deploymentAnswers,
  "0010-disagreements": disagreements,
  "0011-failure-reports": failureReports,
  "0012-policy-replays": policyReplays,
};
