/** The page of the run below the job, in GitHub's Markdown. */

import { summary } from "@actions/core";
import { cutBytes } from "../src/core/report/fit-bytes.ts";

/** GitHub takes a mebibyte from a step and drops all of what is larger. */
const bytesMax = 1_000_000;

/** Without a place for it (a runner that is too old, a test of the workflow elsewhere) nothing is written: the log has the sentence. */
export async function writeSummary(markdown: string): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  await summary.addRaw(cutBytes(markdown, bytesMax), true).write();
}
