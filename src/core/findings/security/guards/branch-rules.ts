/** Rules of branches that stand in files: rulesets as GitHub exports them, and the settings that an App carries out. */

import type { Strength } from "../../finding.ts";
import { recordOf } from "../../record-of.ts";
import { type GuardFile, type Loosening, listOf, parseGuard, wordsOf } from "./guard-file.ts";

type Data = Record<string, unknown>;

const ruleset = /^\.github\/rulesets\/[^/]{1,200}\.json$/i;
const settings = /^\.github\/(settings|suborgs\/[^/]{1,100}|repos\/[^/]{1,100})\.ya?ml$/i;

export function isBranchRules(path: string): boolean {
  return ruleset.test(path) || settings.test(path);
}

const rule = "branch_rules_weakened";

/** @returns `null` where the file cannot be read */
export function weakenedBranchRules({ path, before, after }: GuardFile): Loosening[] | null {
  if (before === null) return [];
  // What an App carries out holds once it is merged; a ruleset is a copy that somebody has to import.
  const strength: Strength = settings.test(path) ? "proven" : "likely";
  const was = parseGuard(path, before);
  if (after === null) {
    if (settings.test(path) && was !== null && protectionsOf(was).size === 0) return [];
    return [{ rule, strength, what: `the rules of branches in \`${path}\` were removed` }];
  }
  const is = parseGuard(path, after);
  if (was === null || is === null) return null;
  const found = settings.test(path) ? compareSettings(was, is) : compareRuleset(was, is);
  return found.map((one) => ({ rule, strength, ...one }));
}

type Found = Omit<Loosening, "rule" | "strength">;

/** @see https://github.com/repository-settings/app#usage */
function compareSettings(was: Data, is: Data): Found[] {
  const now = protectionsOf(is);
  return [...protectionsOf(was)].flatMap(([branch, old]): Found[] => {
    const protection = now.get(branch);
    if (protection === undefined)
      return [{ what: `branch \`${branch}\` is no longer protected`, words: branch, side: "base", symbol: branch }];
    return compareFlags(old, protection).map((one) => ({
      ...one,
      what: `${one.what} on branch \`${branch}\``,
      symbol: branch,
    }));
  });
}

/** Branches that have rules. A branch with `protection: null` has none. */
function protectionsOf(data: Data): Map<string, Data> {
  const found = new Map<string, Data>();
  for (const one of listOf(data.branches)) {
    const { name, protection } = recordOf(one);
    if (typeof name === "string" && Object.keys(recordOf(protection)).length > 0) found.set(name, recordOf(protection));
  }
  return found;
}

function compareFlags(was: Data, is: Data): Found[] {
  const reviews = recordOf(is.required_pull_request_reviews);
  const oldReviews = recordOf(was.required_pull_request_reviews);
  const found: Found[] = [];
  if (Object.keys(oldReviews).length > 0 && Object.keys(reviews).length === 0)
    found.push({ what: "reviews are no longer required", words: "required_pull_request_reviews", side: "base" });
  else found.push(...compareReviews(oldReviews, reviews));
  if (was.enforce_admins === true && is.enforce_admins !== true)
    found.push({ what: "administrators are no longer held by the rules", words: "enforce_admins" });
  for (const name of ["allow_force_pushes", "allow_deletions"]) {
    if (is[name] === true && was[name] !== true) found.push({ what: `\`${name}\` is switched on`, words: name });
  }
  for (const name of ["required_linear_history", "required_signatures", "required_conversation_resolution"]) {
    if (was[name] === true && is[name] !== true)
      found.push({ what: `\`${name}\` is no longer asked for`, words: name });
  }
  return [...found, ...lostChecks(contextsOf(was.required_status_checks), contextsOf(is.required_status_checks))];
}

const reviewFlags = ["dismiss_stale_reviews", "require_code_owner_reviews", "require_last_push_approval"];
const rulesetFlags = [
  "dismiss_stale_reviews_on_push",
  "require_code_owner_review",
  "require_last_push_approval",
  "required_review_thread_resolution",
];

function compareReviews(was: Data, is: Data): Found[] {
  const found: Found[] = [];
  const [before, after] = [was, is].map(({ required_approving_review_count: count }) => Number(count ?? 0));
  if (before !== undefined && after !== undefined && after < before) {
    const what = `${after} approvals are required instead of ${before}`;
    found.push({ what, words: "required_approving_review_count", before: `${before}`, after: `${after}` });
  }
  for (const name of [...reviewFlags, ...rulesetFlags.filter((flag) => !reviewFlags.includes(flag))]) {
    if (was[name] === true && is[name] !== true)
      found.push({ what: `\`${name}\` is no longer asked for`, words: name });
  }
  return found;
}

function contextsOf(value: unknown): string[] {
  const { contexts, checks, required_status_checks } = recordOf(value);
  const named = [...listOf(checks), ...listOf(required_status_checks)].map((one) => recordOf(one).context);
  return [...wordsOf(contexts), ...named.filter((one) => typeof one === "string")];
}

function lostChecks(was: string[], is: string[]): Found[] {
  return was
    .filter((name) => !is.includes(name))
    .map((name) => ({ what: `the check \`${name}\` is no longer required`, words: name, side: "base", before: name }));
}

/** @see https://docs.github.com/rest/repos/rules#create-a-repository-ruleset */
function compareRuleset(was: Data, is: Data): Found[] {
  const found: Found[] = [];
  if (was.enforcement === "active" && is.enforcement !== "active")
    found.push({ what: "the ruleset is no longer enforced", words: "enforcement" });
  const bypassing = listOf(is.bypass_actors).length - listOf(was.bypass_actors).length;
  if (bypassing > 0) found.push({ what: "more may pass the ruleset by", words: "bypass_actors" });
  const branches = (data: Data) => wordsOf(recordOf(recordOf(data.conditions).ref_name).include);
  for (const name of branches(was).filter((branch) => !branches(is).includes(branch)))
    found.push({ what: `the ruleset no longer holds for \`${name}\``, words: name, side: "base", symbol: name });
  const now = rulesOf(is);
  for (const [type, parameters] of rulesOf(was)) {
    const other = now.get(type);
    if (other === undefined)
      found.push({ what: `the rule \`${type}\` was removed`, words: `"${type}"`, side: "base", symbol: type });
    else found.push(...compareReviews(parameters, other), ...lostChecks(contextsOf(parameters), contextsOf(other)));
  }
  return found;
}

function rulesOf(data: Data): Map<string, Data> {
  return new Map(
    listOf(data.rules).map((one) => {
      const { type, parameters } = recordOf(one);
      return [String(type), recordOf(parameters)];
    }),
  );
}
