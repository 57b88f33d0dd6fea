/**
 * The policy in force for a repository, from files already read: the repository's own, else its organisation's; what they build on;
 * and what the organisation enforces (P1). Asks for further files until it has all it needs.
 */

import { hasErrors, type Problem } from "../problem.ts";
import type { Read } from "../snapshot.ts";
import { enforcePolicy } from "./enforce-policy.ts";
import { type Extended, extendPolicy, type PolicyFileText } from "./extend-policy.ts";
import type { IncludedFile } from "./included-file.ts";
import { loadPolicy } from "./load-policy.ts";
import { mergePolicies } from "./merge-policies.ts";
import type { PolicyLoad, PolicySource } from "./policy-document.ts";
import type { PolicyText } from "./policy-text.ts";

export interface CompositionInput {
  /** Owner of the repository; `null` for a local file of which nobody knows. */
  owner: string | null;
  /** `.github/checkpoints.yml` of the repository. */
  repository: Read<PolicyFileText>;
  /** `checkpoints.yml` of the organisation's `.github` repository. */
  organization: Read<PolicyFileText>;
  /** Further files, by reference as `extends:` writes it. */
  included: ReadonlyMap<string, Read<PolicyFileText>>;
}

export type Composition =
  | PolicyLoad
  /** There is no policy anywhere. */
  | { kind: "absent" }
  /** Read these, add them to `included` and call again. */
  | { kind: "needs"; files: IncludedFile[] };

export function composePolicy(input: CompositionInput): Composition {
  const { repository, organization, owner, included } = input;
  if (repository.kind === "unreadable") return unreadable("the repository's policy", repository.reason);
  if (organization.kind === "unreadable") return unreadable("the organisation's policy", organization.reason);
  const own =
    repository.kind === "read" ? extendPolicy(repository.value, repository.value.source.path, owner, included) : null;
  const shared =
    organization.kind === "read"
      ? extendPolicy(organization.value, fileName(organization.value.source), owner, included)
      : null;
  if (own === null) return shared === null ? { kind: "absent" } : load(shared, sourceOf(organization), owner);
  // An organisation that enforces nothing is only a default, and may not break a repository that has its own.
  const isEnforcing = shared !== null && (shared.layers.length === 0 || shared.value.enforce !== undefined);
  if (!isEnforcing) return withNotes(load(own, sourceOf(repository), owner), enforceNotes(own));
  return loadEnforced(own, shared, sourceOf(repository), sourceOf(organization), owner);
}

function load(extended: Extended, source: PolicySource, owner: string | null): Composition {
  const [first, ...others] = extended.layers;
  if (first === undefined || extended.problems.length > 0) {
    return { kind: "broken", problems: withSchema(extended, owner), source };
  }
  if (extended.needs.length > 0) return { kind: "needs", files: extended.needs };
  return loadPolicy({ layers: [first, ...others], value: extended.value, owner });
}

function loadEnforced(
  own: Extended,
  shared: Extended,
  source: PolicySource,
  sharedSource: PolicySource,
  owner: string | null,
): Composition {
  const needs = [...own.needs, ...shared.needs];
  if (needs.length > 0 && own.problems.length === 0 && shared.problems.length === 0) {
    return { kind: "needs", files: [...new Map(needs.map((file) => [file.reference, file])).values()] };
  }
  const ownLoad = load(own, source, owner);
  const sharedLoad = load(shared, sharedSource, owner);
  if (sharedLoad.kind === "broken" || ownLoad.kind === "broken") {
    const problems = [ownLoad, sharedLoad].flatMap((one) => (one.kind === "broken" ? one.problems : []));
    return { kind: "broken", problems, source };
  }
  if (sharedLoad.kind !== "loaded" || ownLoad.kind !== "loaded") return sharedLoad;
  const { enforce: _ineffective, ...ownValue } = own.value;
  const enforced = enforcePolicy(sharedLoad.document.policy, shared.value, (path, at) =>
    whereIn(shared.layers, path, at),
  );
  const layers = [...own.layers, ...shared.layers];
  const [first, ...others] = layers;
  if (first === undefined) return sharedLoad;
  const loaded = loadPolicy({ layers: [first, ...others], value: mergePolicies(enforced.base, ownValue), owner });
  if (loaded.kind === "broken") return loaded;
  const problems = [
    ...enforced.problems,
    ...enforced.loosenings(loaded.document.policy).map(({ path, expected }): Problem => {
      const where = whereIn(layers, path, "key");
      const found = `\`${where.key ?? "this"}\` is looser than the organisation's policy, or not plainly as strict`;
      return { code: "HP-P27", severity: "error", where, found, expected, fix: "take it out, or ask for more" };
    }),
  ];
  if (hasErrors(problems)) return { kind: "broken", problems, source };
  return withNotes(loaded, enforceNotes(own));
}

function whereIn(layers: readonly PolicyText[], path: readonly (string | number)[], at: "key" | "value") {
  const layer = layers.find((candidate) => candidate.has(path)) ?? layers[0];
  return layer?.where(path, at) ?? { file: "" };
}

/** Mistakes in the file itself are told together with those in what it builds on. */
function withSchema(extended: Extended, owner: string | null): Problem[] {
  const [first, ...others] = extended.layers;
  if (first === undefined) return extended.problems;
  const loaded = loadPolicy({ layers: [first, ...others], value: extended.value, owner });
  return [...extended.problems, ...(loaded.kind === "broken" ? loaded.problems : [])];
}

function enforceNotes(own: Extended): Problem[] {
  const [first] = own.layers;
  if (!first?.has(["enforce"])) return [];
  const where = first.where(["enforce"], "key");
  const found = "`enforce` has an effect only in the organisation's policy";
  return [{ code: "HP-P28", severity: "note", where, found, expected: "", fix: "" }];
}

function withNotes(load: Composition, notes: readonly Problem[]): Composition {
  if (load.kind !== "loaded" || notes.length === 0) return load;
  return { kind: "loaded", document: { ...load.document, problems: [...notes, ...load.document.problems] } };
}

function unreadable(what: string, reason: string): PolicyLoad {
  const source = { repository: "", path: ".github/checkpoints.yml", commit: null, blobSha: null };
  const found = `${what} could not be read: ${reason}`;
  const where = { file: source.path };
  return {
    kind: "broken",
    source,
    problems: [{ code: "HP-P01", severity: "error", where, found, expected: "", fix: "" }],
  };
}

function fileName(source: PolicySource): string {
  return source.repository === "" ? source.path : `${source.repository}:${source.path}`;
}

function sourceOf(read: Read<PolicyFileText>): PolicySource {
  return read.kind === "read" ? read.value.source : { repository: "", path: "", commit: null, blobSha: null };
}
