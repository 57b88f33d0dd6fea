/** Dependabot and Renovate: updates that a change switches off, puts aside or lets through by themselves. */

import { recordOf } from "../../record-of.ts";
import { type GuardFile, type Loosening, listOf, parseGuard, wordsOf } from "./guard-file.ts";

type Data = Record<string, unknown>;

const dependabot = /^\.github\/dependabot\.ya?ml$/i;
const renovate = /^(\.github\/|\.gitlab\/)?renovate\.json[5c]?$|^\.renovaterc(\.json[5c]?)?$/i;

export function isUpdateBot(path: string): boolean {
  return dependabot.test(path) || renovate.test(path);
}

const rule = "dependency_updates_weakened";

/** @returns `null` where the file cannot be read */
export function weakenedUpdates({ path, before, after }: GuardFile, hasAnother: boolean): Loosening[] | null {
  if (before === null) return [];
  if (after === null) {
    const what = `\`${path}\` was removed${hasAnother ? ", another one came" : ": nothing proposes updates by it any more"}`;
    return [{ rule, strength: hasAnother ? "hint" : "likely", what }];
  }
  const was = parseGuard(path, before);
  const is = parseGuard(path, after);
  if (was === null || is === null) return null;
  return dependabot.test(path) ? compareDependabot(was, is) : compareRenovate(was, is);
}

/** @see https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference */
function compareDependabot(was: Data, is: Data): Loosening[] {
  const now = new Map(entriesOf(is).flatMap((entry) => keysOf(entry).map((key) => [key, entry] as const)));
  return entriesOf(was).flatMap((old): Loosening[] => {
    const lost = keysOf(old).filter((key) => !now.has(key));
    const kept = keysOf(old).find((key) => now.has(key));
    return [
      ...(lost.length === 0 ? [] : [lostEntry(old, lost, [...now.values()])]),
      ...(kept === undefined ? [] : compareEntry(old, now.get(kept) ?? {})),
    ];
  });
}

function lostEntry(old: Data, lost: readonly string[], now: readonly Data[]): Loosening {
  const ecosystem = ecosystemOf(old);
  // Others of its kind may take its folders in, by a pattern.
  const isMoved = now.some((entry) => ecosystemOf(entry) === ecosystem);
  const more = lost.length > 1 ? ` and ${lost.length - 1} more` : "";
  const what = `Dependabot no longer updates \`${lost[0]}\`${more}`;
  const words = `package-ecosystem: ${ecosystem}`;
  return { rule, strength: isMoved ? "hint" : "likely", what, words, side: "base", symbol: lost[0] ?? ecosystem };
}

function compareEntry(old: Data, entry: Data): Loosening[] {
  const key = keysOf(entry)[0] ?? ecosystemOf(entry);
  const found: Loosening[] = [];
  if (entry["open-pull-requests-limit"] === 0 && old["open-pull-requests-limit"] !== 0) {
    const what = `Dependabot opens no pull requests for \`${key}\` any more, but for known faults`;
    found.push({ rule, strength: "likely", what, words: "open-pull-requests-limit: 0", symbol: key });
  }
  const known = new Set(listOf(old.ignore).map((one) => JSON.stringify(one)));
  for (const one of listOf(entry.ignore).filter((ignored) => !known.has(JSON.stringify(ignored)))) {
    const name = recordOf(one)["dependency-name"];
    if (typeof name !== "string") continue;
    const what = `Dependabot leaves \`${name}\` alone in \`${key}\``;
    found.push({ rule, strength: "hint", what, words: name, symbol: key });
  }
  return found;
}

function entriesOf(data: Data): Data[] {
  return listOf(data.updates).map(recordOf);
}

function ecosystemOf(entry: Data): string {
  return String(entry["package-ecosystem"]);
}

/** Its ecosystem with each of its folders. */
function keysOf(entry: Data): string[] {
  const folders = [...wordsOf(entry.directory), ...wordsOf(entry.directories)];
  return folders.slice(0, 100).map((folder) => `${ecosystemOf(entry)} ${folder}`);
}

/** @see https://docs.renovatebot.com/configuration-options/ */
function compareRenovate(was: Data, is: Data): Loosening[] {
  const found: Loosening[] = [];
  const isOff = (data: Data) => data.enabled === false;
  if (isOff(is) && !isOff(was))
    found.push({ rule, strength: "likely", what: "Renovate is switched off", words: "enabled", symbol: "enabled" });
  if (isOff(recordOf(is.vulnerabilityAlerts)) && !isOff(recordOf(was.vulnerabilityAlerts))) {
    const what = "Renovate no longer proposes updates that mend known faults";
    found.push({ rule, strength: "likely", what, words: "vulnerabilityAlerts", symbol: "vulnerabilityAlerts" });
  }
  const ignored = wordsOf(is.ignoreDeps).filter((name) => !wordsOf(was.ignoreDeps).includes(name));
  for (const name of ignored)
    found.push({ rule, strength: "hint", what: `Renovate leaves \`${name}\` alone`, words: name, symbol: name });
  if (is.automerge === true && was.automerge !== true) {
    const what = "Renovate merges updates by itself";
    found.push({ rule, strength: "likely", what, words: "automerge", symbol: "automerge" });
  }
  if (typeof was.minimumReleaseAge === "string" && is.minimumReleaseAge == null) {
    const what = "Renovate no longer waits until a version has some age";
    const before = `minimumReleaseAge: ${was.minimumReleaseAge}`;
    found.push({ rule, strength: "hint", what, side: "base", words: "minimumReleaseAge", before });
  }
  return found;
}
