/** A change that is judged so that it can be explained: a range of a clone, or a pull request that a file describes. */

import type { Contents } from "../../core/snapshot.ts";
import { readLocalChange } from "../git/read-local-change.ts";
import { readRange } from "../git/read-range.ts";
import type { Io } from "../io.ts";
import { type Judged, judge } from "../judge.ts";
import { judgeDescribed } from "../judge-described.ts";
import { loadCheckPolicy } from "../load-policy-file.ts";
import { printProblems } from "../print-problems.ts";
import { UsageError } from "../usage-error.ts";

export interface ChangeOptions {
  repo: string;
  base?: string;
  head: string;
  policy?: string;
  pullRequest?: string;
  json?: boolean;
}

export interface JudgedChange extends Judged {
  /** The policy's text, by the name under which it is spoken of. */
  texts: Record<string, string>;
  readContents(paths: readonly string[]): Promise<Contents>;
}

/** Holds when the options name a change. */
export function namesChange({ base, pullRequest }: ChangeOptions): boolean {
  return base !== undefined || pullRequest !== undefined;
}

/** @returns `null` where policy or description have mistakes, which are printed then. @throws {UsageError} where no change is named */
export async function judgeChange(options: ChangeOptions, io: Io): Promise<JudgedChange | null> {
  const { repo, base, head, policy, pullRequest, json: isJson = false } = options;
  if (pullRequest !== undefined) {
    if (base !== undefined)
      throw new UsageError("A change is a range (--base) or a description (--pull-request), not both.");
    if (policy === undefined)
      throw new UsageError("A described pull request is judged by a policy that is given: say --policy <file>.");
    const described = await judgeDescribed({ policy, pullRequest }, io);
    if (described.kind === "judged") return described;
    printProblems(described.problems, { texts: described.texts, isJson, io });
    return null;
  }
  if (base === undefined)
    throw new UsageError("What is explained of a change needs the change: say --base <rev>, and --head.");
  const range = await readRange(repo, io.env, base, head);
  const change = await readLocalChange(range);
  const load = await loadCheckPolicy(range, policy, io);
  if (load.kind === "loaded") {
    const judged = await judge({ document: load.document, now: new Date(), ...change });
    return { ...judged, texts: load.texts, readContents: change.readContents };
  }
  printProblems(load.problems, { texts: load.texts, isJson, io });
  return null;
}
