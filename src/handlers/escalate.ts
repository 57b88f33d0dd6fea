import type { EscalationSubject } from "../core/subject.ts";
import type { RunResult } from "./ports.ts";

export async function escalate(_subject: EscalationSubject): Promise<RunResult> {
  return {};
}
