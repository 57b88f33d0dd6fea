/** The policy as a pull request would leave it: looked over for mistakes and compared with the one in force, never judged by. */

import { codeOwnersOf, codeownersPaths, parseCodeowners } from "../core/policy/codeowners.ts";
import { comparePolicies } from "../core/policy/comparison/compare-policies.ts";
import { difference, type PolicyChange, type PolicyDifference } from "../core/policy/comparison/policy-difference.ts";
import { isDeepEqual } from "../core/policy/deep-equal.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { Problem } from "../core/problem.ts";
import type { Contents, Read, Snapshot } from "../core/snapshot.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { PolicyFile, PullRequestReading } from "./github-port.ts";
import type { JudgingPorts } from "./ports.ts";
import { type PolicyReading, readPolicy } from "./read-policy.ts";

export interface ProposedPolicy {
  /** Mistakes in it. */
  problems: Problem[];
  change: PolicyChange;
  /** As it would be; `null` where there would be none that can be used. */
  document: PolicyDocument | null;
}

const ownPath = ".github/checkpoints.yml";
const sharedPath = "checkpoints.yml";

/**
 * One request, and one more for each file it builds on.
 *
 * @param document in force
 * @returns `null` where the pull request leaves the policy alone, and nothing was read
 */
export async function readProposedPolicy(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  document: PolicyDocument,
  { github }: Pick<JudgingPorts, "github">,
): Promise<ProposedPolicy | null> {
  const { snapshot } = reading;
  const changed = new Set(snapshot.files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  const files = policyFiles(document, snapshot);
  const paths = files.filter((path) => changed.has(path));
  const isOwnersChanged = codeownersPaths.some((path) => changed.has(path));
  if (paths.length === 0 && !isOwnersChanged) return null;

  const shas = { base: snapshot.base.sha, head: snapshot.head.sha };
  const contents = await github.readContents(subject, shas, [...paths, ...(isOwnersChanged ? codeownersPaths : [])]);
  const owners = isOwnersChanged ? compareOwners(files, contents) : [];
  if (paths.length === 0 && owners.length === 0) return null;
  const after = await compose(subject, reading, { paths, contents }, github);
  const differences = [...differencesOf(document, after), ...owners];
  const isUsable = after.kind === "loaded";
  const broken = after.kind === "broken" ? brokenKind(after) : "absent";
  return {
    problems: after.kind === "broken" ? after.problems : [],
    document: isUsable ? after.document : null,
    change: {
      differences,
      paths: paths.length > 0 ? paths : files,
      after: isUsable ? "loaded" : broken,
      isLooser: !isUsable || differences.some(({ isLooser }) => isLooser),
    },
  };
}

/** Files of this repository that the policy in force is, or would be, put together from. */
function policyFiles({ source, includes = [] }: PolicyDocument, { repository }: Snapshot): string[] {
  const name = `${repository.owner}/${repository.name}`.toLowerCase();
  const own = [source, ...includes].filter((one) => one.repository.toLowerCase() === name).map(({ path }) => path);
  const shared = repository.name.toLowerCase() === ".github" ? [sharedPath] : [];
  return [...new Set([ownPath, ...shared, ...own])];
}

/** The policy put together from the head's files, where the pull request brings them, and from those in force. */
async function compose(
  subject: PullRequestSubject,
  { snapshot, policies }: PullRequestReading,
  { paths, contents }: { paths: readonly string[]; contents: Contents },
  github: JudgingPorts["github"],
): Promise<PolicyReading> {
  const { repository, base, head } = snapshot;
  const proposed = (path: string, inForce: Read<PolicyFile>): Read<PolicyFile> =>
    paths.includes(path) ? fileAt(contents.head.get(path), head.sha) : inForce;
  const isShared = repository.name.toLowerCase() === ".github";
  const files = {
    repository: proposed(ownPath, policies.repository),
    organization: isShared ? proposed(sharedPath, policies.organization) : policies.organization,
  };
  const isMerged = (ref: string | null) => (ref ?? repository.defaultBranch) === base.ref;
  return readPolicy(
    subject,
    { snapshot, policies: files },
    {
      github: {
        async readPolicyFile(where, file) {
          const isHere =
            `${file.owner}/${file.name}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
          if (!isHere || !isMerged(file.ref)) return github.readPolicyFile(where, file);
          const more = await github.readContents(subject, { base: base.sha, head: head.sha }, [file.path]);
          return fileAt(more.head.get(file.path), head.sha);
        },
      },
    },
  );
}

function fileAt(text: string | null | undefined, commit: string): Read<PolicyFile> {
  if (text === null) return { kind: "missing" };
  if (text === undefined) return { kind: "unreadable", reason: "its text could not be fetched" };
  return { kind: "read", value: { text, blobSha: commit, commit } };
}

function differencesOf({ policy }: PolicyDocument, after: PolicyReading): PolicyDifference[] {
  if (after.kind === "loaded") return comparePolicies(policy, after.document);
  if (after.kind === "broken") return [];
  return [{ ...difference("looser", { path: [], before: "a policy", after: undefined }), line: null }];
}

function brokenKind({ problems }: PolicyReading & { kind: "broken" }): PolicyChange["after"] {
  return problems.some(({ code }) => code !== "HP-P01") ? "broken" : "unreadable";
}

/** Who owns the policy's files decides who releases changes of it. */
function compareOwners(paths: readonly string[], contents: Contents): PolicyDifference[] {
  const [before, after] = [contents.base, contents.head].map((side) => {
    const path = codeownersPaths.find((one) => side.get(one) !== null);
    const text = path === undefined ? null : side.get(path);
    // What was not fetched may name anybody.
    return text === undefined ? undefined : paths.map((one) => codeOwnersOf(parseCodeowners(text ?? "").rules, one));
  });
  if (before !== undefined && after !== undefined && isDeepEqual(before, after)) return [];
  const path = ["CODEOWNERS"];
  return [{ ...difference("unsure", { path, before: namesOf(before), after: namesOf(after) }), line: null }];
}

function namesOf(owners: ReturnType<typeof codeOwnersOf>[] | undefined): string[] {
  const names = (owners ?? []).flat().map((owner) => {
    if (owner.kind === "user") return owner.login;
    return owner.kind === "team" ? owner.name : owner.email;
  });
  return [...new Set(names)];
}
