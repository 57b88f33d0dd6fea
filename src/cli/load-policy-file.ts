/** The policy that a command judges by, from a file or from the base of a range. */

import { parsePolicy } from "../core/policy/parse-policy.ts";
import type { PolicyLoad } from "../core/policy/policy-document.ts";
import { policyLimits } from "../core/policy/policy-text.ts";
import { readBlobs } from "./git/read-blobs.ts";
import type { Range } from "./git/read-range.ts";
import { type Io, readInput } from "./io.ts";
import { policyPath } from "./policy-path.ts";
import { UsageError } from "./usage-error.ts";

/** A load with the texts it came from, by the name under which problems speak of them. */
export type LocalLoad = PolicyLoad & { texts: Record<string, string> };

/** @throws {UsageError} when the file cannot be read */
export async function loadPolicyFile(file: string, io: Io, owner: string | null): Promise<LocalLoad> {
  // Twice what is allowed is still read, so that the parser can say what is wrong with it.
  const text = await readInput(file, io, policyLimits.sizeBytes * 2);
  const name = file === "-" ? "standard input" : file;
  return {
    ...parsePolicy(text, { repository: "", path: name, commit: null, blobSha: null }, owner),
    texts: { [name]: text },
  };
}

/**
 * The given file, else the policy as it stands at the base: a change cannot loosen the policy it is judged by.
 *
 * @throws {UsageError} when there is none
 */
export async function loadCheckPolicy(range: Range, file: string | undefined, io: Io): Promise<LocalLoad> {
  const owner = range.repository.owner === "local" ? null : range.repository.owner;
  if (file !== undefined) return loadPolicyFile(file, io, owner);
  const text = (await readBlobs(range.git, range.base.sha, [policyPath])).get(policyPath);
  if (text === undefined || text === null) {
    throw new UsageError(`There is no ${policyPath} at ${range.base.ref}. Name a policy with --policy FILE.`);
  }
  const source = { repository: "", path: policyPath, commit: range.base.sha, blobSha: null };
  return { ...parsePolicy(text, source, owner), texts: { [policyPath]: text } };
}
