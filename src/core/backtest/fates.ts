/** What became of a change after it was merged: taken back, or mended. */

import type { LaterChange } from "./later-change.ts";
import { type FixMark, readMarks } from "./later-marks.ts";

/**
 * How a fix is tied to the change, surest first:
 * - `named`: it names the change
 * - `same_lines`: it rewrites lines that the change brought
 * - `same_files`: it touches a source file that the change touched; in a file that everybody touches that says little
 */
export const fixTies = ["named", "same_lines", "same_files"] as const;
export type FixTie = (typeof fixTies)[number];

export interface Fate {
  /** The later change that took it back; `null`: none did. */
  revertedBy: { id: string; title: string; afterMs: number } | null;
  /** Holds when what took it back was taken back in turn. */
  isRestored: boolean;
  /** The first fix of the surest tie; `null`: none within the time. */
  fixedBy: { id: string; title: string; afterMs: number; tie: FixTie } | null;
  /** Holds when the history ends before the time for fixes is over: no fix is no proof. */
  isRecent: boolean;
}

export interface FateOptions {
  /** So long after the merge a fix counts as one of the change. */
  fixWithinMs: number;
  /** The last moment that the history knows of. */
  until: Date;
}

/**
 * @param changes those to tell of, and whatever else came onto the branch, oldest first
 * @returns by id
 */
export function findFates(changes: readonly LaterChange[], { fixWithinMs, until }: FateOptions): Map<string, Fate> {
  const fates = new Map<string, Fate>();
  const index = new ChangeIndex();
  for (const change of changes) {
    const marks = readMarks(change);
    // Before it is known itself: nothing takes itself back.
    for (const target of index.revertedBy(change, marks)) {
      const fate = fates.get(target.id);
      if (fate && (fate.revertedBy === null || fate.isRestored)) {
        fate.revertedBy = { id: change.id, title: change.title, afterMs: since(target, change) };
        fate.isRestored = false;
        restoreWhat(target, fates, changes);
      }
    }
    for (const target of index.reappliedBy(marks)) {
      const fate = fates.get(target.id);
      if (fate?.revertedBy) fate.isRestored = true;
    }
    if (marks.fix !== null)
      for (const target of index.before(change, fixWithinMs)) noteFix(target, change, marks.fix, fates);
    const isRecent = until.getTime() - change.at.getTime() < fixWithinMs;
    fates.set(change.id, { revertedBy: null, isRestored: false, fixedBy: null, isRecent });
    index.add(change);
  }
  return fates;
}

/** A revert that is taken back brings back what it had taken. */
function restoreWhat(revert: LaterChange, fates: ReadonlyMap<string, Fate>, changes: readonly LaterChange[]): void {
  for (const { id } of changes) {
    const fate = fates.get(id);
    if (fate?.revertedBy?.id === revert.id) fate.isRestored = true;
  }
}

function noteFix(target: LaterChange, fix: LaterChange, mark: FixMark, fates: ReadonlyMap<string, Fate>): void {
  const fate = fates.get(target.id);
  const tie = tieOf(target, fix, mark);
  if (!fate || tie === null) return;
  const isSurer = fate.fixedBy === null || fixTies.indexOf(tie) < fixTies.indexOf(fate.fixedBy.tie);
  if (isSurer) fate.fixedBy = { id: fix.id, title: fix.title, afterMs: since(target, fix), tie };
}

function tieOf(target: LaterChange, fix: LaterChange, { names }: FixMark): FixTie | null {
  if (names.has(target.id) || target.commitShas.some((sha) => names.has(sha.slice(0, 7)))) return "named";
  let tie: FixTie | null = null;
  for (const [path, { removed }] of fix.touched) {
    const lines = target.touched.get(path);
    if (!lines) continue;
    const brought = new Set(lines.added);
    if (removed.some((line) => brought.has(line))) return "same_lines";
    tie = "same_files";
  }
  return tie;
}

function since(before: LaterChange, after: LaterChange): number {
  return Math.max(0, after.at.getTime() - before.at.getTime());
}

/** What came before, by the names that others call it by. */
class ChangeIndex {
  readonly #changes: LaterChange[] = [];
  readonly #byId = new Map<string, LaterChange>();
  readonly #bySha = new Map<string, LaterChange>();
  readonly #byTitle = new Map<string, LaterChange>();

  add(change: LaterChange): void {
    this.#changes.push(change);
    this.#byId.set(change.id, change);
    for (const sha of change.commitShas) this.#bySha.set(sha.slice(0, 7), change);
    this.#byTitle.set(plainTitle(change.title), change);
  }

  /** By commit or number where the revert says one, else by the title that it quotes. */
  revertedBy(change: LaterChange, marks: ReturnType<typeof readMarks>): LaterChange[] {
    const { shas, ids, title } = marks.reverts;
    const named = [...shas.map((sha) => this.#whole(sha)), ...ids.map((id) => this.#byId.get(id))];
    const found = named.filter((one): one is LaterChange => one !== undefined && one.id !== change.id);
    if (found.length > 0) return [...new Set(found)];
    const byTitle = title === null ? undefined : this.#byTitle.get(plainTitle(title));
    return byTitle === undefined ? [] : [byTitle];
  }

  reappliedBy({ reapplies }: ReturnType<typeof readMarks>): LaterChange[] {
    const found = reapplies === null ? undefined : this.#byTitle.get(plainTitle(reapplies));
    return found === undefined ? [] : [found];
  }

  /** Newest last. */
  before({ at }: LaterChange, withinMs: number): LaterChange[] {
    return this.#changes.filter((one) => at.getTime() - one.at.getTime() <= withinMs);
  }

  #whole(sha: string): LaterChange | undefined {
    const found = this.#bySha.get(sha.slice(0, 7));
    return found?.commitShas.some((known) => known.startsWith(sha) || sha.startsWith(known)) ? found : undefined;
  }
}

/** Without the number that GitHub puts behind it. */
function plainTitle(title: string): string {
  return title.replace(/\s*\(#\d{1,9}\)\s*$/, "").trim();
}
