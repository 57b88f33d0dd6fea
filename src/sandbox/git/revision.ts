/** Finds the commit a revision names in a repository: a branch, a full ref, a sha or the start of one. */
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";

const ABBREVIATION_MIN = 7;

export function resolveRevision(world: World, repository: Repository, revision: string): string | null {
  const name = revision === "HEAD" ? repository.defaultBranch : revision;
  for (const ref of [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`]) {
    const sha = repository.refs.get(ref);
    if (sha !== undefined) return sha;
  }
  if (!/^[0-9a-f]+$/.test(name) || name.length < ABBREVIATION_MIN) return null;
  if (name.length === 40) return world.objects.findCommit(name)?.sha ?? null;
  const [only, ...others] = world.objects.commitsStartingWith(name);
  return only !== undefined && others.length === 0 ? only : null;
}
