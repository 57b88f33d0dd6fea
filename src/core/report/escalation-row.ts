/** What the row of something overdue says of its escalation. */

import { lastLevel } from "../escalation/levels.ts";
import { reviewKey } from "../escalation/overdue.ts";
import type { Telling } from "./telling.ts";
import { when } from "./times.ts";
import { say, type Words } from "./words.ts";

/** `, overdue and escalated to level_3 on 20 Nov 16:12 UTC`. @param id of a part: the checkpoint or workflow is escalated as a whole */
export function overdueWords(id: string, { escalations = [], snapshot, now }: Telling): Words {
  const key = reviewKey(snapshot.number ?? 0, id.split("/")[0] ?? id);
  const escalated = escalations.find((one) => one.key === key);
  if (escalated === undefined || escalated.level === null || escalated.at === null) return say`, overdue`;
  const { level, at } = escalated;
  const reached = level === lastLevel ? say`every level was told by` : say`escalated to ${level} on`;
  return say`, overdue and ${reached} ${when(at, now)}`;
}
