/** What no schema can say: names that must exist, counts that can be reached, times that make sense. The table of checks. */

import type { Problem } from "../problem.ts";
import { checkApprovals, checkDistinct } from "./checks/approvals.ts";
import { checkBypass } from "./checks/bypass.ts";
import type { Check, CheckedPolicy } from "./checks/check.ts";
import { checkCheckpoints } from "./checks/checkpoints.ts";
import { checkDeployments } from "./checks/deployments.ts";
import { checkEscalation } from "./checks/escalation.ts";
import { checkNames } from "./checks/names.ts";
import { checkNotifications } from "./checks/notifications.ts";
import { checkRoles } from "./checks/roles.ts";
import { checkStanding } from "./checks/standing.ts";
import { checkSuppressions } from "./checks/suppressions.ts";
import { checkTimes } from "./checks/times.ts";
import { checkWorkflows } from "./checks/workflows.ts";

const checks: readonly Check[] = [
  checkRoles,
  checkCheckpoints,
  checkApprovals,
  checkDistinct,
  checkWorkflows,
  checkEscalation,
  checkDeployments,
  checkTimes,
  checkBypass,
  checkNames,
  checkSuppressions,
  checkNotifications,
  checkStanding,
];

export function checkPolicy(checked: CheckedPolicy): Problem[] {
  return checks.flatMap((check) => check(checked));
}
