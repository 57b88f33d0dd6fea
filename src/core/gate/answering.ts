/** Which files somebody answers for: those that a code owner owns, those that a checkpoint is about, else all. */

import type { Checkpoint } from "../policy/blocks/checkpoints.ts";
import type { Condition } from "../policy/condition.ts";
import { matchesAny } from "../policy/patterns.ts";
import { isOneOf } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Person, Snapshot } from "../snapshot.ts";
import { resolveFully } from "./candidates.ts";
import type { Answering } from "./freshness.ts";
import type { TriggerOutcome } from "./verdict.ts";

/** @param about the files that the requirement is about: what anybody answers for who is not a code owner only */
export function answersFor(
  person: Person,
  role: string,
  { policy, snapshot, about }: { policy: Policy; snapshot: Snapshot; about: Answering },
): Answering {
  const resolved = resolveFully(role, policy, snapshot);
  const { codeowners } = snapshot.directory;
  if (resolved.how === "unknown" || !resolved.codeowners || codeowners.kind !== "read") return about;
  const others = { ...resolved, permission: resolved.permission ?? undefined, codeowners: false };
  if (isOneOf(person, others, { roles: policy.roles, snapshot }) === true) return about;
  const changed = new Set(snapshot.files.flatMap(({ path, previousPath }) => [path, previousPath]));
  return (path) => {
    // Owners are known of what the change touches now; of what it no longer touches anybody may have been one.
    if (!changed.has(path)) return true;
    const owners = Object.hasOwn(codeowners.value, path) ? (codeowners.value[path] ?? []) : [];
    return owners.some((owner) => owner.id === person.id);
  };
}

/** The files that a checkpoint is about: those its condition asks for, and those in which its findings stand; `null` where it is about the whole change. */
export function filesOf(checkpoint: Checkpoint, outcome: TriggerOutcome): Answering {
  const lists = checkpoint.when ? necessaryGlobs(checkpoint.when) : [];
  if (outcome.kind !== "class") return checkpoint.trigger || lists.length === 0 ? null : isIn(lists, new Set());
  const paths = outcome.findings.map(({ path }) => path);
  // A finding in a title or a label speaks of all of it.
  if (paths.length === 0 || paths.includes(null)) return null;
  return isIn(lists, new Set(paths));
}

function isIn(lists: readonly string[][], paths: ReadonlySet<string | null>): Answering {
  return (path) => paths.has(path) || lists.some((globs) => matchesAny(globs, path));
}

/** Lists of `changed_files` without which the condition does not hold; what stands in `any` or `none` may not have been the reason. */
function necessaryGlobs(condition: Condition): string[][] {
  const own = Array.isArray(condition.changed_files) ? [condition.changed_files as string[]] : [];
  return [...own, ...(condition.all ?? []).flatMap(necessaryGlobs)];
}
