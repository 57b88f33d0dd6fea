/** The judgement alone, without reading or writing anything: 3,000 files against 100 rules, and what it keeps others waiting. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { describeToSnapshot } from "../src/core/description/describe-to-snapshot.ts";
import { type DescriptionInput, descriptionSchema } from "../src/core/description/schema.ts";
import { classify } from "../src/core/findings/classify.ts";
import { decide } from "../src/core/gate/decide.ts";
import { parsePolicy } from "../src/core/policy/parse-policy.ts";
import { median, ms, percentile, printTable } from "./support/figures.ts";

const rounds = 20;

const rules = Array.from(
  { length: 100 },
  (_, rule) => `  rule_${rule}:
    when:
      all:
        - changed_files: ["src/part-${rule}/**", "lib/**/part-${rule}/*.ts", "!src/part-${rule}/generated/**"]
        - none: [{ labels: [trivial] }]
    approver: peer
`,
).join("");

export async function run(): Promise<void> {
  const load = parsePolicy(`version: 1\ncheckpoints:\n${rules}`, {
    repository: "acme/api",
    path: ".github/checkpoints.yml",
    commit: null,
    blobSha: null,
  });
  if (load.kind === "broken") throw new Error(JSON.stringify(load.problems));
  const rows = [];
  for (const files of [20, 3_000]) rows.push(await measure(files, load.document));
  printTable(["files", "rules", "classify", "decide, median", "slowest", "event loop's longest wait"], rows);
}

type Document = Extract<ReturnType<typeof parsePolicy>, { kind: "loaded" }>["document"];

async function measure(files: number, document: Document): Promise<string[]> {
  const now = new Date("2026-11-20T16:00:00Z");
  const { snapshot, memory, contents } = aChange(files, now);
  const startedAt = performance.now();
  const classification = await classify({ snapshot, contents, options: document.policy.classification });
  const classified = performance.now() - startedAt;
  const times: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  decide({ document, snapshot, classification, memory, now });
  delay.enable();
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    decide({ document, snapshot, classification, memory, now });
    times.push(performance.now() - before);
    await setImmediate();
  }
  delay.disable();
  return [String(files), "100", ms(classified), ms(median(times)), ms(percentile(times, 1)), ms(delay.max / 1e6)];
}

function aChange(files: number, now: Date) {
  const description: DescriptionInput = {
    author: "maria",
    base: "main",
    head: "change",
    files: Array.from({ length: files }, (_, file) => ({
      path: `src/part-${file % 150}/file-${file}.ts`,
      base: `const value = ${file};\n`,
      head: `const value = ${file + 1};\n`,
    })),
    permissions: { maria: "write", bob: "write" },
    reviews: [{ user: "bob", state: "approved" }],
  };
  const described = describeToSnapshot(descriptionSchema.parse(description), { now, patchDigest: () => null });
  if (described.kind === "conflicting") throw new Error(JSON.stringify(described.conflicts));
  return described.facts;
}
