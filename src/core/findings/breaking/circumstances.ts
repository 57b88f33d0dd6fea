/** What else of a change bears on whether it breaks somebody: how much of what it touches. No evidence by itself, and shown nowhere. */

import { namesOf, type ReadFile } from "../detector.ts";
import { isBenchmark, isDocumentation, isFixture, isInternal, isSource, isTest } from "../file-role.ts";
import type { SizeCount } from "../finding.ts";
import { manifestOf } from "../manifests.ts";

/** From how many on a count says something of its own. */
const steps = {
  changed_lines: [20, 50, 100, 200, 500, 1000],
  source_files: [4, 10],
  source_lines_removed: [10, 50, 200],
  test_lines_removed: [5, 50],
} as const;

/** @returns names such as `documentation_changed` and `source_lines_removed_50` */
export function circumstancesOf(files: readonly ReadFile[], size: SizeCount): string[] {
  const counts = { changed_lines: size.changed, source_files: 0, source_lines_removed: 0, test_lines_removed: 0 };
  let hasDocumentation = false;
  let hasProduct = false;
  for (const file of files) {
    const role = roleOf(file);
    const removed = file.lines.filter(({ kind }) => kind === "removed").length;
    if (role === "documentation" && file.lines.some(({ kind }) => kind !== "context")) hasDocumentation = true;
    if (role === "tests") counts.test_lines_removed += removed;
    if (role === "source") counts.source_lines_removed += removed;
    const isProduct = role === "source" && !isInternal(file.path);
    if (isProduct) counts.source_files++;
    if (isProduct || shipping.test(file.path) || manifestOf(file.path) !== null) hasProduct = true;
  }
  const reached = Object.entries(steps).flatMap(([name, from]) =>
    from.filter((step) => counts[name as keyof typeof steps] >= step).map((step) => `${name}_${step}`),
  );
  if (hasDocumentation) reached.push("documentation_changed");
  if (!hasProduct) reached.push("no_product_changed");
  if (counts.source_lines_removed === 0) reached.push("no_source_removed");
  return reached;
}

const shipping = /(^|\/)[^/]*Dockerfile[^/]*$|\.proto$/;
const notes =
  /(^|\/)(changelog|changes|history|news|release[-_]?notes?|upgrad(e|ing)|migrat(e|ion|ing))[^/]{0,60}\.(md|rst|txt|adoc|mdx)$/i;

function roleOf(file: ReadFile): "tests" | "documentation" | "source" | null {
  const isAny = (holds: (path: string) => boolean) => namesOf(file).some(holds);
  if (isAny(isTest) || isAny(isFixture) || isAny(isBenchmark)) return "tests";
  if (isAny(isDocumentation) || isAny((path) => notes.test(path))) return "documentation";
  return file.leftOut === null && isAny(isSource) ? "source" : null;
}
