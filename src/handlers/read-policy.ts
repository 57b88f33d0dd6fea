/** The policy in force for a pull request: what its reading brought, and whatever those files build on. */

import type { PolicyFileText } from "../core/policy/extend-policy.ts";
import type { PolicyDocument, PolicySource } from "../core/policy/policy-document.ts";
import type { Problem } from "../core/problem.ts";
import type { Read } from "../core/snapshot.ts";
import type { RepositoryRef } from "../core/subject.ts";
import { composeCached } from "./compose-cached.ts";
import type { PolicyFile, PullRequestReading } from "./github-port.ts";
import type { JudgingPorts } from "./ports.ts";

export type PolicyReading =
  | { kind: "absent" }
  /** `isFurtherRead`: GitHub was asked for more files, so the rest of the reading is older than this. */
  | { kind: "loaded"; document: PolicyDocument; isFurtherRead: boolean }
  | { kind: "broken"; problems: Problem[]; source: PolicySource; text: string | null };

/** The files as a reading brought them, and whose they are. */
export interface PolicyFiles extends Pick<PullRequestReading, "policies"> {
  snapshot: { repository: { owner: string; name: string } };
}

/** A file may build on one that builds on another: each round reads all that the round before asked for. */
const roundsMax = 6;

export async function readPolicy(
  subject: RepositoryRef,
  { snapshot, policies }: PolicyFiles,
  { github }: { github: Pick<JudgingPorts["github"], "readPolicyFile"> },
): Promise<PolicyReading> {
  const { owner, name } = snapshot.repository;
  const repository = textOf(policies.repository, { repository: `${owner}/${name}`, path: ".github/checkpoints.yml" });
  const organization = textOf(policies.organization, { repository: `${owner}/.github`, path: "checkpoints.yml" });
  const included = new Map<string, Read<PolicyFileText>>();
  for (let round = 0; round < roundsMax; round++) {
    const composed = composeCached({ owner, repository, organization, included });
    if (composed.kind === "absent") return composed;
    if (composed.kind === "loaded") return { ...composed, isFurtherRead: included.size > 0 };
    if (composed.kind === "broken") return { ...composed, text: textIn(composed.source, [repository, organization]) };
    await Promise.all(
      composed.files.map(async ({ reference, ...file }) => {
        const read = await github.readPolicyFile(subject, file);
        included.set(reference, textOf(read, { repository: `${file.owner}/${file.name}`, path: file.path }));
      }),
    );
  }
  throw new Error("The policy still asks for files after every round of reading");
}

function textOf(read: Read<PolicyFile>, where: { repository: string; path: string }): Read<PolicyFileText> {
  if (read.kind !== "read") return read;
  const { text, blobSha, commit } = read.value;
  return { kind: "read", value: { text, source: { ...where, blobSha, commit } } };
}

function textIn(source: PolicySource, reads: readonly Read<PolicyFileText>[]): string | null {
  for (const read of reads) {
    if (read.kind === "read" && read.value.source.blobSha === source.blobSha) return read.value.text;
  }
  return null;
}
