/**
 * How well breaking changes are told from others: classifies labelled changes, fits what each rule is worth, and judges the weights on
 * repositories that they never saw.
 *
 * `--cases` is a folder with one folder per change (`case.json` with the list of files, `diff.patch`, `base/` and `head/` with the texts),
 * `--labels` a JSON list of `{ repo, sha, label }`. `--more-cases` and `--more-labels` are learnt from and not judged. `--write` puts the weights of all repositories together into the source.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresOf } from "../src/core/findings/breaking/score.ts";
import { classify } from "../src/core/findings/classify.ts";
import type { Classification } from "../src/core/findings/finding.ts";
import { wantedContents } from "../src/core/findings/wanted-contents.ts";
import type { Contents } from "../src/core/snapshot.ts";
import { type Label, readCase, textsOf } from "./breaking-score/cases.ts";
import { type Counts, countsOf, figuresOf } from "./breaking-score/figures.ts";
import { fitOn, leaveOneOut, type RepositorySample } from "./breaking-score/leave-one-out.ts";
import { writeWeights } from "./breaking-score/write-weights.ts";
import type { BenchOptions } from "./main.ts";
import { printTable } from "./support/figures.ts";

interface Classified extends RepositorySample {
  classification: Classification;
}

export async function run(options: BenchOptions): Promise<void> {
  const { cases, labels, write, predictions, moreCases, moreLabels } = options;
  if (cases === undefined || labels === undefined) {
    console.log("Left out: needs --cases DIR and --labels FILE.");
    return;
  }
  const started = performance.now();
  const samples = await classifiedAll(labels, cases);
  const more = moreCases === undefined || moreLabels === undefined ? [] : await classifiedAll(moreLabels, moreCases);
  console.log(
    `${samples.length + more.length} changes classified in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  printRules(samples);
  printLeftOut(samples, more);
  printNow(samples);
  if (write) writeWeights([...samples, ...more], fitOn([...samples, ...more]));
  if (predictions !== undefined) {
    const said = samples.map(({ sha, classification }) => [
      sha,
      { breaking: classification.classes.breaking_change.present },
    ]);
    writeFileSync(predictions, JSON.stringify(Object.fromEntries(said)));
  }
}

async function classifiedAll(labels: string, cases: string): Promise<Classified[]> {
  const samples: Classified[] = [];
  for (const label of JSON.parse(readFileSync(labels, "utf8")) as Label[]) samples.push(await classified(label, cases));
  return samples;
}

async function classified({ repo, sha, label }: Label, cases: string): Promise<Classified> {
  const folder = join(cases, sha);
  const snapshot = readCase(folder);
  let contents: Contents = { base: new Map(), head: new Map() };
  for (let round = 0; round < 4; round++) {
    const paths = await wantedContents(snapshot, undefined, contents);
    if (paths.length === 0) break;
    const more = textsOf(folder, paths);
    contents = { base: new Map([...contents.base, ...more.base]), head: new Map([...contents.head, ...more.head]) };
  }
  const classification = await classify({ snapshot, contents, options: undefined });
  const { findings } = classification.classes.breaking_change;
  const isSure = findings.some(({ strength, isDeclared }) => isDeclared || strength !== "hint");
  return { repo, sha, label, features: featuresOf(findings, classification.circumstances), isSure, classification };
}

/** Each rule alone: how often it speaks about breaking changes, and about others. */
function printRules(samples: readonly Classified[]): void {
  const all = countsOf(samples.map(({ label }) => ({ says: true, is: label === 1 })));
  const rows = [...new Set(samples.flatMap(({ features }) => features))].map((feature) => {
    const hits = samples.filter(({ features }) => features.includes(feature));
    const tp = hits.filter(({ label }) => label === 1).length;
    const ratio = (tp || 0.5) / all.tp / ((hits.length - tp || 0.5) / all.fp);
    return { feature, tp, fp: hits.length - tp, ratio, repos: new Set(hits.map(({ repo }) => repo)).size };
  });
  printTable(
    ["rule", "of breaking", "of others", "LR+", "repositories"],
    rows
      .filter(({ tp, fp }) => tp + fp >= 5)
      .sort((a, b) => b.ratio - a.ratio)
      .map(({ feature, tp, fp, ratio, repos }) => [feature, `${tp}`, `${fp}`, ratio.toFixed(1), `${repos}`]),
  );
}

function printLeftOut(samples: readonly Classified[], more: readonly Classified[]): void {
  const left = leaveOneOut(samples, more);
  const mean = (value: (counts: Counts) => number) =>
    left.reduce((sum, { counts }) => sum + value(counts), 0) / left.length;
  printTable(
    ["left out", "threshold", "precision", "recall", "F1", "false alarms", "AUC"],
    [
      ...left.map(({ repo, threshold, counts, auc }) => [repo, threshold.toFixed(2), ...row(counts), auc.toFixed(3)]),
      [
        "mean",
        "",
        mean((counts) => figuresOf(counts).precision).toFixed(3),
        mean((counts) => figuresOf(counts).recall).toFixed(3),
        mean((counts) => figuresOf(counts).f1).toFixed(3),
        mean((counts) => figuresOf(counts).falseAlarms).toFixed(3),
        (left.reduce((sum, { auc }) => sum + auc, 0) / left.length).toFixed(3),
      ],
    ],
  );
}

/** With the weights in the source: what users get. */
function printNow(samples: readonly Classified[]): void {
  const at = (needed: "likely" | "proven") =>
    countsOf(
      samples.map(({ classification, label }) => {
        const { present, strength } = classification.classes.breaking_change;
        return { says: needed === "proven" ? strength === "proven" : present, is: label === 1 };
      }),
    );
  printTable(
    ["strength, weights of the source", "precision", "recall", "F1", "false alarms"],
    (["likely", "proven"] as const).map((strength) => [strength, ...row(at(strength))]),
  );
}

function row(counts: Counts): string[] {
  const { precision, recall, f1, falseAlarms } = figuresOf(counts);
  return [precision, recall, f1, falseAlarms].map((value) => value.toFixed(3));
}
