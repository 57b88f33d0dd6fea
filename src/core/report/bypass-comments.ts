/** What is said about an emergency bypass in comments: that one was refused, that one has ended, and what a merge was let through by. */

import { createHash } from "node:crypto";
import type { BypassEnd, BypassState, GrantedBypass } from "../bypass/bypass.ts";
import { bypassTrailer } from "../bypass/bypass-trailer.ts";
import type { Verdict } from "../gate/verdict.ts";
import { endWords, issueWords, stateWords } from "./bypass-words.ts";
import { codeSpan, toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { spoken, type Telling } from "./telling.ts";
import { when } from "./times.ts";
import { code, say, type Words } from "./words.ts";

/** By which the comment about what became of a request is found again, so that it is said once. */
export function bypassMarker(about: "refused" | "ended", id: string, headSha: string): string {
  const digest = createHash("sha256").update(`${id} ${headSha}`).digest("hex").slice(0, 16);
  return `<!-- holdpoint bypass ${about} ${digest} -->`;
}

/** Why a request was refused and what to do. Who took it back by themselves is told nothing: `null`. */
export function renderBypassRefused(
  state: Extract<BypassState, { kind: "refused" }>,
  verdict: Verdict,
  telling: Telling,
): string | null {
  const { request, why } = state;
  if (why === "cancelled") return null;
  const label = request.source.kind === "label" ? say` The label is taken off.` : [];
  const words = say`${stateWords(state, verdict, telling)}${label}`;
  return comment(words, bypassMarker("refused", request.id, telling.snapshot.head.sha));
}

/** That a bypass by which nothing was merged is over. */
export function renderBypassEnded(grant: GrantedBypass, why: BypassEnd): string {
  const { requester, id, headSha } = grant;
  const words = say`The bypass of ${code(requester.login)} has ended: ${{ kind: "ours", text: endWords(why) }}. The gate asks for everything again. Nothing was merged by it, so that no review is owed in ${issueWords(grant)}.`;
  return comment(words, bypassMarker("ended", id, headSha));
}

/** For the commit that came of the merge: Git's history tells the bypass where Holdpoint did not merge by itself, too. */
export function renderBypassOnCommit(grant: GrantedBypass, number: number, now: Date): string {
  const { requester, cause, secondPerson, issue, until, grantedAt, reason } = grant;
  const agreed = secondPerson === null ? [] : say`, and ${code(secondPerson.login)} agreed`;
  const words = say`${ours(`#${number}`)} was merged by an emergency bypass (${spoken(cause)}): ${code(requester.login)} asked for it${agreed}. It was granted on ${when(grantedAt, now)}, until ${when(until, now)}. The review that it owes is ${ours(`#${issue.number}`)}.`;
  return `${toMarkdown(words)}\n\n> ${toMarkdown(say`${reason}`)}\n\n${codeSpan(bypassTrailer(grant))}`;
}

function ours(text: string): Words {
  return [{ kind: "ours", text }];
}

function comment(words: Words, marker: string): string {
  return `${toMarkdown(quietWords(words))}\n\n${marker}\n`;
}
