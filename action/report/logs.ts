/** The end of files that steps wrote their output to: a runner does not show the log of a job to the job itself. */

import { open } from "node:fs/promises";
import { xmlEncoding } from "../../src/core/failures/junit/xml-encoding.ts";
import { readLogLines } from "../../src/core/failures/log-text.ts";
import { reportLimits } from "../../src/core/failures/report-limits.ts";
import type { LogTail } from "../../src/core/failures/run-report.ts";
import { type FoundFile, findFiles } from "./find-files.ts";

/** So much of the end is read: more than the limits leave of it, also where a line is long. */
const tailBytes = 1024 * 1024;

export async function collectLogs(env: NodeJS.ProcessEnv, patterns: readonly string[]): Promise<LogTail[]> {
  const files = await findFiles(env, patterns, "log", reportLimits.logs);
  return Promise.all(files.map(readTail));
}

async function readTail({ path, name, sizeBytes }: FoundFile): Promise<LogTail> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, head.length, 0);
    // Windows PowerShell writes UTF-16, in which a character begins at an even place.
    const start = Math.max(0, sizeBytes - tailBytes) & ~1;
    const bytes = Buffer.alloc(Math.min(sizeBytes, tailBytes + 1));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const text = new TextDecoder(xmlEncoding(head)).decode(bytes.subarray(0, bytesRead));
    // The first line is cut in its middle, and with it what may be a secret.
    const whole = start === 0 ? text : text.slice(text.indexOf("\n") + 1);
    const lines = readLogLines(whole);
    const kept = lines.slice(-reportLimits.logLines);
    return { source: name, lines: kept, lines_left_out: lines.length - kept.length };
  } finally {
    await file.close();
  }
}
