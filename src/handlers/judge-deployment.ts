import type { DeploymentSubject } from "../core/subject.ts";
import type { RunResult } from "./ports.ts";

export async function judgeDeployment(_subject: DeploymentSubject): Promise<RunResult> {
  return {};
}
