/** Puts policies on top of each other, key by key, before anything is checked. */

type Tree = Record<string, unknown>;

/**
 * @param upper wins; blocks are merged key by key, lists and single values replace what lies under them
 * @returns a new tree; neither argument is changed
 */
export function mergePolicies(lower: Tree, upper: Tree, path: readonly string[] = []): Tree {
  // Workflows are tried in order: those of the upper policy first.
  const isOrdered = path.length === 1 && path[0] === "approval_workflows";
  const keys = isOrdered
    ? [...Object.keys(upper), ...Object.keys(lower)]
    : [...Object.keys(lower), ...Object.keys(upper)];
  const merged: Tree = {};
  for (const key of new Set(keys)) {
    const [below, above] = [lower[key], upper[key]];
    const here = [...path, key];
    const isMergeable = isTree(below) && isTree(above) && !isWhole(here);
    merged[key] = !Object.hasOwn(upper, key) ? below : isMergeable ? mergePolicies(below, above, here) : above;
  }
  return merged;
}

/** Blocks that only make sense as a whole: a condition, a count per role, a role's people. */
function isWhole(path: readonly string[]): boolean {
  const [block, , key] = path;
  if (block === "roles") return path.length === 2;
  if (block === "checkpoints" || block === "approval_workflows") {
    return path.length === 3 && (key === "when" || key === "conditions" || key === "approvals");
  }
  return false;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
