/** The mode `validate`: every mistake in the policy of the checkout, on its line. */

import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setOutput } from "@actions/core";
import { parsePolicy } from "../src/core/policy/parse-policy.ts";
import { policyLimits } from "../src/core/policy/policy-text.ts";
import type { Problem } from "../src/core/problem.ts";
import { renderCodeFrame } from "../src/core/report/code-frame.ts";
import { codeBlock, codeSpan, escapeMarkdown } from "../src/core/report/markdown.ts";
import { count } from "../src/core/report/telling.ts";
import { ActionError } from "./action-error.ts";
import { annotate, annotationOf } from "./annotations.ts";
import type { ActionRun, Outcome } from "./mode.ts";
import { writeSummary } from "./summary.ts";

export async function validate({ env, inputs }: ActionRun): Promise<Outcome> {
  const { policy: path = "" } = inputs;
  const text = await readPolicy(resolve(env.GITHUB_WORKSPACE ?? ".", path), path);
  const owner = env.GITHUB_REPOSITORY?.split("/")[0] ?? null;
  const load = parsePolicy(text, { repository: "", path, commit: null, blobSha: null }, owner);
  const problems = load.kind === "broken" ? load.problems : load.document.problems;
  const mistakes = problems.filter(({ severity }) => severity === "error").length;
  const isValid = load.kind !== "broken";
  const said = isValid
    ? `${path} is valid.`
    : `${path} has ${count(mistakes, "mistake")} that would keep the gate shut.`;
  setOutput("verdict", isValid ? "valid" : "invalid");
  annotate(problems.map(annotationOf));
  await writeSummary(pageOf(problems, text, said));
  return { kind: isValid ? "passed" : "failed", said };
}

/** @throws {ActionError} where there is none, or one that is too long */
async function readPolicy(file: string, path: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) {
    throw new ActionError(`There is no ${path} in the checkout. Put a step with actions/checkout before this one.`);
  }
  // Twice what is allowed is still read, so that the parser can say what is wrong with it.
  if (found.size > policyLimits.sizeBytes * 2) {
    throw new ActionError(`${path} has ${found.size} bytes, which is too long for a policy.`);
  }
  return readFile(file, "utf8");
}

const shownMax = 100;

function pageOf(problems: readonly Problem[], text: string, said: string): string {
  const shown = problems.slice(0, shownMax).map((problem) => {
    const { where, severity, code, found, expected, fix } = problem;
    const place = [where.file, where.line].filter((part) => part !== undefined).join(":");
    const mend = [expected === "" ? "" : `expected ${expected}`, fix].filter((part) => part !== "").join("; ");
    const frame = renderCodeFrame(text, where);
    const head = `- ${codeSpan(place)} ${severity} ${code}: ${escapeMarkdown(found)}${mend === "" ? "" : `; ${escapeMarkdown(mend)}`}`;
    return [head, ...(frame === "" ? [] : ["", codeBlock(frame), ""])].join("\n");
  });
  const left = problems.length - shown.length;
  return [
    `### Holdpoint policy`,
    "",
    escapeMarkdown(said),
    "",
    ...shown,
    left > 0 ? `${count(left, "more")}.` : "",
    "",
  ].join("\n");
}
