/** Reports of tests that are there whole, and several files in one summary. */

import { reportLimits } from "../report-limits.ts";
import type { JunitSummary } from "../run-report.ts";
import { createJunitReader, type JunitReading } from "./junit-reader.ts";

/** @param text of a whole file; never throws, see {@link JunitReading} */
export function readJunit(text: string, casesMax: number = reportLimits.cases): JunitReading {
  const reader = createJunitReader(casesMax);
  reader.write(text);
  return reader.close();
}

/** In the order given; failed cases and problems beyond the limits are counted or left out. */
export function summariseJunit(files: readonly { file: string; reading: JunitReading }[]): JunitSummary {
  const sum = (count: (reading: JunitReading) => number) => files.reduce((all, { reading }) => all + count(reading), 0);
  const cases = files.flatMap(({ reading }) => reading.cases);
  const problems = files.flatMap(({ file, reading }) =>
    reading.problem === null ? [] : [{ file: file.slice(-reportLimits.nameCharacters), ...reading.problem }],
  );
  return {
    files: files.length,
    tests: sum((reading) => reading.tests),
    failed: sum((reading) => reading.failed),
    errored: sum((reading) => reading.errored),
    skipped: sum((reading) => reading.skipped),
    flaky: sum((reading) => reading.flaky),
    seconds: Math.round(sum((reading) => reading.seconds) * 1000) / 1000,
    cases: cases.slice(0, reportLimits.cases),
    cases_left_out: sum((reading) => reading.casesLeftOut) + Math.max(0, cases.length - reportLimits.cases),
    problems: problems.slice(0, reportLimits.problems),
  };
}
