import type { ScheduleSubject } from "../core/subject.ts";
import type { RunResult } from "./ports.ts";

export async function keepSchedule(_subject: ScheduleSubject): Promise<RunResult> {
  return {};
}
