import type { RollbackSubject } from "../core/subject.ts";
import type { RunResult } from "./ports.ts";

export async function openRollback(_subject: RollbackSubject): Promise<RunResult> {
  return {};
}
