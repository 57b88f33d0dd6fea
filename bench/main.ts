/** `npm run bench -- <name>`: the table of measurements. */

import { parseArgs } from "node:util";

export interface BenchOptions {
  /** How long measurements that run for a time go on. */
  seconds: number;
  /** Folder of labelled changes, for those that measure on them. */
  cases?: string | undefined;
  labels?: string | undefined;
  /** More labelled changes in the same form, to learn from only: nothing is measured on them. */
  moreCases?: string | undefined;
  moreLabels?: string | undefined;
  /** Where to write what was said of each change. */
  predictions?: string | undefined;
  /** A clone to measure on, for those that can. */
  repo?: string | undefined;
  /** Put what was fitted into the source. */
  write: boolean;
}

interface Bench {
  summary: string;
  load(): Promise<{ run(options: BenchOptions): Promise<void> }>;
}

const benches: Readonly<Record<string, Bench>> = {
  "requests-per-event": {
    summary: "requests to GitHub, by kind of event",
    load: () => import("./requests-per-event.ts"),
  },
  story: {
    summary: "requests to GitHub over 500 mixed events",
    load: () => import("./story.ts"),
  },
  "webhook-to-verdict": {
    summary: "time from a webhook to its check, alone and with 64 in flight",
    load: () => import("./webhook-to-verdict.ts"),
  },
  ack: { summary: "time to acknowledge a webhook at 25 and 250 a second", load: () => import("./ack.ts") },
  memory: { summary: "resident memory, idle and after a load", load: () => import("./memory.ts") },
  "cold-start": { summary: "`holdpoint check` on a small change", load: () => import("./cold-start.ts") },
  sessions: { summary: "60 review sessions at once: their states and verdicts", load: () => import("./sessions.ts") },
  audit: { summary: "`holdpoint audit` on 100,000 entries", load: () => import("./audit.ts") },
  escalations: {
    summary: "10,000 timers due after an hour's outage: time to drain, order, requests",
    load: () => import("./escalations.ts"),
  },
  "breaking-score": {
    summary: "breaking changes told from others, on labelled changes (--cases, --labels)",
    load: () => import("./breaking-score.ts"),
  },
  classify: {
    summary: "what kind of change it is: 20 and 3,000 files of code, settings and pages",
    load: () => import("./classify.ts"),
  },
  backtest: {
    summary: "`holdpoint backtest` over 300 merged changes, or those of a clone (--repo)",
    load: () => import("./backtest.ts"),
  },
  decide: { summary: "the judgement alone: 3,000 files, 100 rules", load: () => import("./decide.ts") },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    cases: { type: "string" },
    labels: { type: "string" },
    "more-cases": { type: "string" },
    "more-labels": { type: "string" },
    predictions: { type: "string" },
    repo: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
const seconds = Number(values.seconds);
if (unknown.length > 0 || !(seconds > 0)) {
  console.error(
    unknown.length > 0 ? `There is no measurement "${unknown[0]}". There is:` : "--seconds is a number above 0.",
  );
  for (const [name, { summary }] of Object.entries(benches)) console.error(`  ${name.padEnd(20)}${summary}`);
  process.exit(2);
}
// Ends the App along with the measurement.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  console.log(`\n${name}: ${benches[name]?.summary}`);
  const bench = await benches[name]?.load();
  await bench?.run({ ...values, moreCases: values["more-cases"], moreLabels: values["more-labels"], seconds });
}
