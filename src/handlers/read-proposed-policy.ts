/** The policy as a pull request would leave it: only looked over for mistakes, never judged by. */

import { composePolicy } from "../core/policy/compose-policy.ts";
import type { Problem } from "../core/problem.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { PullRequestReading } from "./github-port.ts";
import type { JudgingPorts } from "./ports.ts";

/** @returns mistakes in the file as it would be; `null` where the pull request leaves it alone, and nothing was read */
export async function readProposedProblems(
  subject: PullRequestSubject,
  { snapshot }: PullRequestReading,
  { github }: Pick<JudgingPorts, "github">,
): Promise<Problem[] | null> {
  const { repository, files, base, head } = snapshot;
  const path = repository.name.toLowerCase() === ".github" ? "checkpoints.yml" : ".github/checkpoints.yml";
  const isProposed = files.some((file) => file.path === path && file.status !== "removed");
  if (!isProposed) return null;
  const contents = await github.readContents(subject, { base: base.sha, head: head.sha }, [path]);
  const text = contents.head.get(path);
  if (typeof text !== "string") return [];
  const source = { repository: `${repository.owner}/${repository.name}`, path, commit: head.sha, blobSha: null };
  const composed = composePolicy({
    owner: repository.owner,
    repository: { kind: "read", value: { text, source } },
    organization: { kind: "missing" },
    included: new Map(),
  });
  return composed.kind === "broken" ? composed.problems : [];
}
