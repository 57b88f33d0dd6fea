/** Reports of tests, read as they stream from the disk. */

import { createReadStream } from "node:fs";
import { createJunitReader, type JunitReading } from "../../src/core/failures/junit/junit-reader.ts";
import { summariseJunit } from "../../src/core/failures/junit/read-junit.ts";
import { xmlEncoding } from "../../src/core/failures/junit/xml-encoding.ts";
import { reportLimits } from "../../src/core/failures/report-limits.ts";
import type { JunitSummary } from "../../src/core/failures/run-report.ts";
import { type FoundFile, findFiles } from "./find-files.ts";

const filesMax = 500;

export async function collectJunit(env: NodeJS.ProcessEnv, patterns: readonly string[]): Promise<JunitSummary> {
  const readings: { file: string; reading: JunitReading }[] = [];
  let room: number = reportLimits.cases;
  for (const file of await findFiles(env, patterns, "junit", filesMax)) {
    const reading = await readFile(file, room);
    room -= reading.cases.length;
    readings.push({ file: file.name, reading });
  }
  return summariseJunit(readings);
}

async function readFile({ path }: FoundFile, casesMax: number): Promise<JunitReading> {
  const reader = createJunitReader(casesMax);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(xmlEncoding(chunk));
    reader.write(decoder.decode(chunk, { stream: true }));
    if (reader.isDone()) break;
  }
  return reader.close();
}
