/** What is done at each step of a level. */

import type { StepAction } from "../../core/escalation/steps.ts";
import { type Action, wordsAlone } from "./action.ts";
import { automatedFixes } from "./automated-fixes.ts";
import { comment } from "./comment.ts";
import { fallbacks } from "./fallbacks.ts";
import { manualIntervention } from "./manual-intervention.ts";
import {
  developerNotification,
  externalSupport,
  managementNotification,
  notify,
  technicalLeadNotification,
} from "./notifications.ts";
import { resourceAllocation } from "./resource-allocation.ts";
import { retries } from "./retries.ts";

const actions: Readonly<Record<StepAction, Action>> = {
  automated_fixes: automatedFixes,
  retries,
  fallbacks,
  developer_notification: developerNotification,
  automated_diagnostics: wordsAlone,
  suggested_solutions: wordsAlone,
  technical_lead_notification: technicalLeadNotification,
  detailed_analysis: wordsAlone,
  manual_intervention: manualIntervention,
  management_notification: managementNotification,
  resource_allocation: resourceAllocation,
  external_support: externalSupport,
  notify,
  comment,
};

/** @returns `null` for a step that a later version took and this one does not know */
export function actionOf(name: string): Action | null {
  return Object.hasOwn(actions, name) ? actions[name as StepAction] : null;
}
