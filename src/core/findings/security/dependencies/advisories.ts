import type { ReviewedDependency } from "../../../reviewed-dependency.ts";
import { defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import type { Strength } from "../../finding.ts";
import { lineOf } from "./compare-declared.ts";

/** Reports what GitHub's dependency review says of the dependencies that a change brings (C2). */
export const advisories = defineDetector({
  id: "advisories",
  class: "security",
  title: "known faults in dependencies",
  why: "A fault with an advisory is known to those who look for it, too.",
  rules: {
    dependency_vulnerable: {
      title: "a dependency with a known fault came in",
      why: "How to use the fault is written in its advisory, for everybody to read.",
      fix: "Take the version that the advisory names as mended.",
      looksAt:
        "GitHub's dependency review of the change. Critical and high ones are `proven`, moderate ones `likely`, low ones and those that the version before had as well a `hint`.",
      example: { language: "json", diff: '-  "left-handed": "^1.2.0"\n+  "left-handed": "^1.0.0"' },
    },
    dependency_review_unread: {
      title: "dependency review is not available in this repository",
      why: "Nobody looked whether the dependencies of this change have known faults.",
      fix: "Switch on the dependency graph in the repository's settings; private repositories need GitHub Advanced Security.",
    },
  },
  detect: ({ snapshot: { dependencyReview }, files }) => {
    if (dependencyReview === undefined) return { observations: [] };
    if (dependencyReview.kind !== "read") return { observations: [unread(dependencyReview)] };
    const all = dependencyReview.value;
    const before = new Set(all.filter(({ change }) => change === "removed").flatMap((one) => faultsOf(one)));
    const byPath = new Map(files.map((file) => [file.path, file]));
    return {
      observations: all
        .filter(({ change }) => change === "added")
        .flatMap((one) => vulnerable(one, before, byPath.get(one.manifest))),
    };
  },
});

function unread(review: { kind: "missing" } | { kind: "unreadable"; reason: string }): Observation {
  const reason = review.kind === "unreadable" ? ` (${review.reason})` : "";
  const what = `dependency review is not available in this repository${reason}`;
  return { rule: "dependency_review_unread", strength: "hint", what };
}

function faultsOf({ ecosystem, name, vulnerabilities }: ReviewedDependency): string[] {
  return vulnerabilities.map(({ advisory }) => `${ecosystem} ${name} ${advisory}`);
}

const strengthOf: Readonly<Record<string, Strength>> = {
  critical: "proven",
  high: "proven",
  moderate: "likely",
  medium: "likely",
  low: "hint",
};

function vulnerable(one: ReviewedDependency, before: ReadonlySet<string>, file: ReadFile | undefined): Observation[] {
  return one.vulnerabilities.map(({ severity, advisory, summary, url }) => {
    const isOld = before.has(`${one.ecosystem} ${one.name} ${advisory}`);
    return {
      rule: "dependency_vulnerable",
      // A severity that GitHub may add one day is not taken lightly.
      strength: isOld ? "hint" : (strengthOf[severity] ?? "likely"),
      what: `\`${one.name}\` ${one.version} has a known fault of ${severity} severity, ${advisory}${isOld ? ", as the version before" : ""}`,
      path: one.manifest,
      line: file === undefined ? null : lineOf(file, one.name),
      after: `${summary} ${url}`,
      symbol: one.name,
    };
  });
}
