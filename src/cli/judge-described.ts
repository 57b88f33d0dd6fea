/** Judges a pull request that a JSON file describes. */

import { windowDigest, windowsOf } from "../core/bypass/windows.ts";
import { describeToSnapshot } from "../core/description/describe-to-snapshot.ts";
import { conflictProblems, descriptionBytesMax, parseDescription } from "../core/description/parse-description.ts";
import { bypassRoles } from "../core/policy/bypass-tried.ts";
import { gateRoles, organizationsOf, overruleRoles, teamsOf } from "../core/policy/policy-people.ts";
import type { Problem } from "../core/problem.ts";
import type { Contents } from "../core/snapshot.ts";
import { type Io, readInput } from "./io.ts";
import { type Judged, judge, patchDigestOf } from "./judge.ts";
import { loadPolicyFile } from "./load-policy-file.ts";
import { UsageError } from "./usage-error.ts";

/** Texts stand by the name under which problems speak of them. */
export type JudgedDescription =
  | ({ kind: "judged"; texts: Record<string, string>; readContents(): Promise<Contents> } & Judged)
  | { kind: "broken"; problems: Problem[]; texts: Record<string, string> };

/** @throws {UsageError} when a file cannot be read */
export async function judgeDescribed(
  { policy, pullRequest }: { policy: string; pullRequest: string },
  io: Io,
): Promise<JudgedDescription> {
  if (policy === "-" && pullRequest === "-") throw new UsageError("Only one of the two can come from standard input.");
  const text = await readInput(pullRequest, io, descriptionBytesMax);
  const parsed = parseDescription(text, pullRequest);
  const owner = parsed.kind === "parsed" ? ownerOf(parsed.description.repository) : null;
  const load = await loadPolicyFile(policy, io, owner);
  const texts = { ...load.texts, [pullRequest]: text };
  if (parsed.kind === "broken" || load.kind === "broken") {
    const problems = [
      ...(parsed.kind === "broken" ? parsed.problems : []),
      ...(load.kind === "broken" ? load.problems : []),
    ];
    return { kind: "broken", problems, texts };
  }
  const { policy: rules } = load.document;
  const roles = [...gateRoles(rules), ...overruleRoles(rules), ...bypassRoles(rules)];
  const described = describeToSnapshot(parsed.description, {
    now: new Date(),
    patchDigest: patchDigestOf,
    teams: teamsOf(rules, owner ?? "owner", roles),
    organizations: organizationsOf(rules, roles),
    windows: windowsOf(rules).map((window) => ({ name: window.name, digest: windowDigest(window) })),
  });
  if (described.kind === "conflicting") {
    return { kind: "broken", problems: conflictProblems(described.conflicts, pullRequest), texts: {} };
  }
  const { facts } = described;
  const readContents = async () => facts.contents;
  const judged = await judge({ document: load.document, ...facts, readContents });
  return { kind: "judged", ...judged, texts, readContents };
}

function ownerOf(repository: string | { owner: string } | undefined): string | null {
  return typeof repository === "string" ? (repository.split("/")[0] ?? null) : (repository?.owner ?? null);
}
