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

/** Where policies come from: a clone, or GitHub. */
export interface PolicyPlace {
  /** The branch whose tip holds the policy in force. */
  branch: string;
  owner: string | null;
  io: Io;
  /** @returns the policy's text at a revision, `null` where it has none there, `"unknown"` where there is no such revision */
  readAt(revision: string): Promise<{ text: string; commit: string | null } | null | "unknown">;
}

/**
 * @param called `preset:<name>`, a file (`-`: standard input) or, where there is no such file, a revision; left out: the policy at the tip
 * @throws {UsageError} when there is none
 */
export async function loadBacktestPolicy(called: string | undefined, place: PolicyPlace): Promise<BacktestPolicy> {
  if (called === undefined) return atRevision(place.branch, place);
  if (called.startsWith("preset:")) return preset(called, place);
  const isFile = called === "-" || (await stat(called).catch(() => null)) !== null;
  if (isFile) {
    const text = await readInput(called, place.io, policyLimits.sizeBytes * 2);
    return parsed(text, called === "-" ? "standard input" : called, null, place);
  }
  return atRevision(called, place);
}

/** A clone's policies. */
export function policiesOf(git: Git, tip: string, place: Omit<PolicyPlace, "readAt">): PolicyPlace {
  const readAt: PolicyPlace["readAt"] = async (revision) => {
    const known = revision === place.branch ? { sha: tip } : await resolveRevision(git, revision).catch(() => null);
    if (known === null) return "unknown";
    const text = (await readBlobs(git, known.sha, [policyPath])).get(policyPath);
    return text === undefined || text === null ? null : { text, commit: known.sha };
  };
  return { ...place, readAt };
}

function preset(called: string, place: PolicyPlace): BacktestPolicy {
  const name = called.slice("preset:".length);
  if (!Object.hasOwn(presets, name)) {
    throw new UsageError(`There is no preset "${name}"; there is ${Object.keys(presets).join(", ")}.`);
  }
  return parsed(presets[name] ?? "", called, null, place);
}

async function atRevision(called: string, place: PolicyPlace): Promise<BacktestPolicy> {
  const found = await place.readAt(called);
  if (found === "unknown") throw new UsageError(`There is no file and no revision ${called}.`);
  if (found === null) {
    const presetNames = Object.keys(presets).map((name) => `preset:${name}`);
    throw new UsageError(
      `There is no ${policyPath} at ${called}. Name a policy with --policy: a file, or ${presetNames.join(", ")}.`,
    );
  }
  const name = called === place.branch ? policyPath : `${policyPath} at ${called}`;
  return parsed(found.text, name, found.commit, place);
}

function parsed(text: string, name: string, commit: string | null, { owner }: PolicyPlace): BacktestPolicy {
  const source = { repository: "", path: name, commit, blobSha: null };
  const load = parsePolicy(text, source, owner);
  if (load.kind === "broken") return { kind: "broken", problems: load.problems, texts: { [name]: text } };
  return { kind: "loaded", name, text: { text, source, owner }, document: load.document };
}
