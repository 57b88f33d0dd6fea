import type { IssueSubject } from "../core/subject.ts";
import type { RunResult } from "./ports.ts";

export async function followIssue(_subject: IssueSubject): Promise<RunResult> {
  return {};
}
