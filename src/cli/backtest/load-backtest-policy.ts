/** A policy to replay, by whatever it is called: a preset, a file, or a revision of the repository. */

import { stat } from "node:fs/promises";
import { parsePolicy } from "../../core/policy/parse-policy.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import { policyLimits } from "../../core/policy/policy-text.ts";
import { presets } from "../../core/policy/presets/index.ts";
import type { Problem } from "../../core/problem.ts";
import { readBlobs } from "../git/read-blobs.ts";
import { resolveRevision } from "../git/read-range.ts";
import type { Git } from "../git/run-git.ts";
import { type Io, readInput } from "../io.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { PolicyText } from "./replay-task.ts";

export type BacktestPolicy =
  | { kind: "loaded"; name: string; text: PolicyText; document: PolicyDocument }
  | { kind: "broken"; problems: Problem[]; texts: Record<string, string> };

interface Place {
  git: Git;
  /** The branch's tip, where the policy in force stands. */
  tip: string;
  branch: string;
  owner: string | null;
  io: Io;
}

/**
 * @param called `preset:<name>`, a file (`-`: standard input) or, where there is no such file, a revision; left out: the policy at the tip
 * @throws {UsageError} when there is none
 */
export async function loadBacktestPolicy(called: string | undefined, place: Place): Promise<BacktestPolicy> {
  if (called === undefined) return atRevision(place.tip, place.branch, place);
  if (called.startsWith("preset:")) return preset(called, place);
  const isFile = called === "-" || (await stat(called).catch(() => null)) !== null;
  if (isFile) {
    const text = await readInput(called, place.io, policyLimits.sizeBytes * 2);
    return parsed(text, called === "-" ? "standard input" : called, null, place);
  }
  const { sha } = await resolveRevision(place.git, called).catch(() => {
    throw new UsageError(`There is no file and no revision ${called}.`);
  });
  return atRevision(sha, called, place);
}

function preset(called: string, place: Place): BacktestPolicy {
  const name = called.slice("preset:".length);
  if (!Object.hasOwn(presets, name)) {
    throw new UsageError(`There is no preset "${name}"; there is ${Object.keys(presets).join(", ")}.`);
  }
  return parsed(presets[name] ?? "", called, null, place);
}

async function atRevision(commit: string, called: string, place: Place): Promise<BacktestPolicy> {
  const text = (await readBlobs(place.git, commit, [policyPath])).get(policyPath);
  if (text === undefined || text === null) {
    const presetNames = Object.keys(presets).map((name) => `preset:${name}`);
    throw new UsageError(
      `There is no ${policyPath} at ${called}. Name a policy with --policy: a file, or ${presetNames.join(", ")}.`,
    );
  }
  return parsed(text, called === place.branch ? policyPath : `${policyPath} at ${called}`, commit, place);
}

function parsed(text: string, name: string, commit: string | null, { owner }: Place): BacktestPolicy {
  const source = { repository: "", path: name, commit, blobSha: null };
  const load = parsePolicy(text, source, owner);
  if (load.kind === "broken") return { kind: "broken", problems: load.problems, texts: { [name]: text } };
  return { kind: "loaded", name, text: { text, source, owner }, document: load.document };
}
