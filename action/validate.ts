/** The mode `validate`: every mistake in the policy of the checkout, on its line. */

import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parsePolicy } from "../src/core/policy/parse-policy.ts";
import { policyLimits } from "../src/core/policy/policy-text.ts";
import { ActionError } from "./action-error.ts";
import { annotate, annotationOf } from "./annotations.ts";
import type { ActionRun, Outcome } from "./mode.ts";

export async function validate({ env, inputs }: ActionRun): Promise<Outcome> {
  const { policy: path = "" } = inputs;
  const text = await readPolicy(resolve(env.GITHUB_WORKSPACE ?? ".", path), path);
  const owner = env.GITHUB_REPOSITORY?.split("/")[0] ?? null;
  const load = parsePolicy(text, { repository: "", path, commit: null, blobSha: null }, owner);
  const problems = load.kind === "broken" ? load.problems : load.document.problems;
  annotate(problems.map(annotationOf));
  const mistakes = problems.filter(({ severity }) => severity === "error").length;
  if (load.kind === "broken") return { kind: "failed", said: `${path} has ${mistakes} mistakes.` };
  return { kind: "passed", said: `${path} is valid.` };
}

async function readPolicy(file: string, path: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) {
    throw new ActionError(`There is no ${path} in the checkout. Put a step with actions/checkout before this one.`);
  }
  // Twice what is allowed is still read, so that the parser can say what is wrong with it.
  if (found.size > policyLimits.sizeBytes * 2)
    throw new ActionError(`${path} has ${found.size} bytes, which is too long for a policy.`);
  return readFile(file, "utf8");
}
