import { baseText, defineDetector, headText, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import { isWorkflow } from "../../file-role.ts";
import { isBranchRules, weakenedBranchRules } from "./branch-rules.ts";
import { isCodeowners, lostOwners } from "./code-owners.ts";
import { isScannerFile, weakenedScanning } from "./code-scanners.ts";
import { type GuardFile, type Loosening, lineWith } from "./guard-file.ts";
import { isUpdateBot, weakenedUpdates } from "./update-bots.ts";

/** Reports what guards the repository and asks for less than before, read before and after (C2). */
export const loosenedGuards = defineDetector({
  id: "loosened_guards",
  class: "security",
  title: "guards of the repository that ask for less",
  why: "What is no longer asked for is missed only when something came through.",
  rules: {
    code_owner_removed: {
      title: "a code owner was taken off files",
      why: "Changes of these files no longer wait for somebody who knows them.",
      fix: "Have the owner who leaves agree, or name somebody who follows.",
      looksAt:
        "`CODEOWNERS`, pattern by pattern. A pattern without owners and a removed file are `proven`; a removed line is `likely`, since another pattern may hold; an owner whom another one follows is a `hint`.",
      example: { language: "text", diff: "-/billing/ @acme/payments\n+/billing/" },
    },
    branch_rules_weakened: {
      title: "rules of a branch ask for less",
      why: "They decide what may be merged without a review or with a check that failed.",
      fix: "Let somebody agree who answers for the branch.",
      looksAt:
        "Branch protection in `.github/settings.yml`, which an App carries out once it is merged, and rulesets in `.github/rulesets/`, which have to be imported and are therefore `likely`: reviews, required checks, enforcement, branches, bypasses and force pushes.",
      example: {
        language: "yaml",
        diff: "-      required_approving_review_count: 2\n+      required_approving_review_count: 1",
      },
    },
    dependency_updates_weakened: {
      title: "updates of dependencies are switched off or less looked at",
      why: "Versions with known faults stay for longer, or new ones come in without anybody having seen them.",
      fix: "Say in the description who looks after these updates now.",
      looksAt:
        "The files of Dependabot and Renovate: removed ones, ecosystems left out, no pull requests, no updates for known faults, updates merged by themselves. Single dependencies that are left alone are a `hint`.",
      example: { language: "yaml", diff: "-    open-pull-requests-limit: 5\n+    open-pull-requests-limit: 0" },
    },
    code_scanning_weakened: {
      title: "code scanning no longer runs, or looks at less",
      why: "What it would have found comes in unseen from now on.",
      fix: "Say in the description what looks for the same now, such as GitHub's default setup.",
      looksAt:
        "Workflows that lose an action known to scan for faults or secrets which no other changed workflow has, and the configuration of CodeQL: paths and queries left out.",
      example: { language: "yaml", diff: "-      - uses: github/codeql-action/analyze@v3" },
    },
  },
  contents: (files) => files.filter((file) => namesOf(file).some(isGuard)).flatMap(namesOf),
  detect: ({ files, contents }) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    const guards: GuardFile[] = [];
    for (const file of files) {
      if (!namesOf(file).some(isGuard)) continue;
      const [before, after] = [file.status === "added" ? null : baseText(contents, file), headText(contents, file)];
      if (before === undefined || (after === undefined && file.status !== "removed")) {
        // Of workflows, what reads their power says so.
        if (!isWorkflow(file.path))
          notAnalysed.push({ path: file.path, why: "the text of a file that guards the repository was not read" });
      } else guards.push(...sidesOf(file, before, after ?? null));
    }
    for (const [guard, found] of comparisonsOf(guards)) {
      if (found === null) notAnalysed.push({ path: guard.path, why: "it is no readable YAML or JSON" });
      else observations.push(...found.map((one) => observe(guard, one)));
    }
    return { observations, notAnalysed };
  },
});

function isGuard(path: string): boolean {
  return isCodeowners(path) || isBranchRules(path) || isUpdateBot(path) || isScannerFile(path);
}

/** A file that moved to where nobody looks for it is gone; one that moved within its kind is the same. */
function sidesOf(file: ReadFile, before: string | null, after: string | null): GuardFile[] {
  const { path, previousPath } = file;
  if (file.status !== "renamed" || previousPath === null) return [{ path, before, after }];
  const isSameKind = [isCodeowners, isBranchRules, isUpdateBot, isScannerFile].some(
    (is) => is(path) && is(previousPath),
  );
  return isSameKind ? [{ path, before, after }] : [{ path: previousPath, before, after: null }];
}

function* comparisonsOf(guards: readonly GuardFile[]): Iterable<[GuardFile, Loosening[] | null]> {
  const scanning = weakenedScanning(guards.filter(({ path }) => isScannerFile(path)));
  const hasUpdates = guards.some(({ path, after }) => isUpdateBot(path) && after !== null);
  const hasOwners = guards.some(({ path, after }) => isCodeowners(path) && after !== null);
  for (const guard of guards) {
    if (isCodeowners(guard.path) && !(guard.after === null && hasOwners)) yield [guard, lostOwners(guard)];
    if (isBranchRules(guard.path)) yield [guard, weakenedBranchRules(guard)];
    if (isUpdateBot(guard.path)) yield [guard, weakenedUpdates(guard, hasUpdates)];
    const found = scanning.get(guard.path);
    if (found !== undefined) yield [guard, found];
  }
}

function observe(guard: GuardFile, { words, side = "head", before, after, symbol, ...one }: Loosening): Observation {
  const isGone = guard.after === null;
  const place = isGone ? "base" : side;
  return {
    ...one,
    path: guard.path,
    side: place,
    line: lineWith(place === "base" ? guard.before : guard.after, words),
    before: before ?? null,
    after: after ?? null,
    symbol: symbol ?? null,
  };
}
