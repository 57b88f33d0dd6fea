import { basePath, namesOf, type ReadFile } from "../../detector.ts";
import { isApiReport } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import type { ApiChange, ApiLanguage, PlacedChange, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { isUnsettled } from "../api/unsettled-name.ts";
import { isCompatible } from "./compatible-types.ts";
import { manifestsAbove, packageOf } from "./public-packages.ts";
import { type Release, readReport, releaseOf, releases, reportedName, withoutNumbers } from "./read-report.ts";
import { compareMore, describe, refineChange } from "./refine-change.ts";

/**
 * Committed reports of API Extractor: what they list as `@public` is the interface that the authors review, whichever module it comes from.
 * What the sources show already is not told again. Reports that are gone say nothing: the tool may no longer be used.
 */
export const apiReport: ApiLanguage = {
  id: "api_report",
  grammar: null,
  hasNamedArguments: false,
  retellsOthers: true,
  isModule: isApiReport,
  unitOf: (path) => path,
  mayTouch: () => true,
  read: readReport,
  wanted: (changed, _input, hasChanges) => changed.filter(hasChanges).flatMap((file) => manifestsAbove(basePath(file))),
  reach: reportReach,
  refine: refineReported,
  isCompatible: (from, to, position, symbol) =>
    isCompatible(withoutNumbers(from), withoutNumbers(to), position, symbol),
  compareMore: (base, head) => [...compareMore(base, head), ...releaseChange(base, head)],
  describe,
};

/** Less is promised: builds for users may leave it out now. */
function releaseChange(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  const [was, is] = [releaseOf(base), releaseOf(head)];
  if (was !== "public" || releases.indexOf(is) <= releases.indexOf(was)) return [];
  return [
    {
      rule: "visibility_reduced",
      strength: "likely",
      what: `${describe(base)} is now marked \`@${is}\``,
      base,
      head,
      before: `@${was}`,
      after: `@${is}`,
    },
  ];
}

type Standing = "published" | "private" | "unknown";

/** The package that a report is about, when it lies in that package's folder. */
function standingOf(file: ReadFile, { contents }: ReachInput): Standing {
  const found = packageOf(basePath(file), contents.base);
  const name = reportedName(contents.base.get(basePath(file)) ?? "");
  if (typeof found === "string" || name === null || isUnsettled("", name)) return "unknown";
  const { manifest } = found;
  if (manifest.name === null || !(name === manifest.name || name.startsWith(`${manifest.name}/`))) return "unknown";
  return manifest.isPrivate ? "private" : "published";
}

interface Report {
  standing: Standing;
  isRenamed: boolean;
  /** There is no such report any more. */
  isGone: boolean;
}

/** Each report is looked at once. */
function reportsOf(input: ReachInput): (change: PlacedChange) => Report | null {
  const files = new Map(input.files.flatMap((file) => namesOf(file).map((path) => [path, file] as const)));
  const known = new Map<string, Report | null>();
  return ({ path }) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const file = files.get(path);
    const now = file ? input.contents.head.get(file.path) : null;
    const isGone = typeof now !== "string" || reportedName(now) === null;
    const report = file ? { standing: standingOf(file, input), isRenamed: file.status === "renamed", isGone } : null;
    known.set(path, report);
    return report;
  };
}

function reportReach(input: ReachInput): (change: PlacedChange) => Reach | null {
  const reportOf = reportsOf(input);
  return (change) => {
    const report = reportOf(change);
    if (report === null || report.isGone || (change.hasMoved && report.isRenamed)) return null;
    return report.standing === "published" && releaseIn(change) === "public" ? "public" : "unknown";
  };
}

/** The type, or the declaration, as it is shown. */
function shown(change: PlacedChange, side: "base" | "head"): string {
  return (side === "base" ? change.before : change.after) ?? change[side]?.text ?? "";
}

/** What was promised of the thing; of a new one, what is promised now. */
function releaseIn({ base, head }: PlacedChange): Release {
  const symbol = base ?? head;
  return symbol ? releaseOf(symbol) : "public";
}

/**
 * Declarations are judged as anywhere else. What its authors call unfinished, and what no package publishes, is only mentioned; so are types
 * with arguments: the tool writes out what the compiler finds, and most of those that read otherwise take the same.
 */
function refineReported(input: ReachInput): (change: PlacedChange) => PlacedChange | null {
  const reportOf = reportsOf(input);
  return (change) => {
    const refined = refineChange({ ...change, path: `${change.path}.d.ts` });
    if (refined === null) return null;
    const isWrittenOut =
      change.rule.endsWith("_type_changed") && /</.test(`${shown(change, "base")}${shown(change, "head")}`);
    const isPromised = releaseIn(change) === "public" && reportOf(change)?.standing !== "private";
    const isMentioned = isWrittenOut || !isPromised;
    return { ...refined, path: change.path, strength: isMentioned ? "hint" : refined.strength };
  };
}
