/** The one judgement, with the facts that a command brings. */

import { classify } from "../core/findings/classify.ts";
import { patchDigests } from "../core/findings/patch-digest.ts";
import { wantedContents } from "../core/findings/wanted-contents.ts";
import { decide } from "../core/gate/decide.ts";
import type { Verdict } from "../core/gate/verdict.ts";
import type { PolicyDocument } from "../core/policy/policy-document.ts";
import type { Telling } from "../core/report/telling.ts";
import type { Contents, Memory, Snapshot } from "../core/snapshot.ts";

export interface Judged {
  verdict: Verdict;
  telling: Telling;
}

export interface JudgeInput {
  document: PolicyDocument;
  snapshot: Snapshot;
  memory: Memory;
  now: Date;
  readContents(paths: readonly string[]): Promise<Contents>;
}

export async function judge({ document, snapshot, memory, now, readContents }: JudgeInput): Promise<Judged> {
  const options = document.policy.classification;
  const contents = await allContents(snapshot, options, readContents);
  const classification = await classify({ snapshot, contents, options });
  const verdict = decide({ document, snapshot, classification, memory, now });
  return {
    verdict,
    telling: { document, snapshot, now, policyUrl: () => null, codeUrl: () => null, ruleUrl: () => null },
  };
}

/** Texts that come point to further ones, such as a package's entry points; reading them from a clone costs little. */
const contentRoundsMax = 4;

export async function allContents(
  snapshot: Snapshot,
  options: PolicyDocument["policy"]["classification"],
  readContents: JudgeInput["readContents"],
): Promise<Contents> {
  let contents: Contents = { base: new Map(), head: new Map() };
  for (let round = 0; round < contentRoundsMax; round++) {
    const paths = await wantedContents(snapshot, options, contents);
    if (paths.length === 0) break;
    const more = await readContents(paths);
    contents = { base: new Map([...contents.base, ...more.base]), head: new Map([...contents.head, ...more.head]) };
  }
  return contents;
}

/** What a described pull request's head is compared by; see the gate's freshness. */
export function patchDigestOf(snapshot: Snapshot): string | null {
  return patchDigests(snapshot.files).whole;
}
