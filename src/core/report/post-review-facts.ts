/** The head of a post-review: what was let through, who asked, and why. People are named and not called. */

import { bypassBucket } from "../gate/bypass-cause.ts";
import type { LetThrough, OwedReview } from "../gate/owed-review.ts";
import type { Verdict } from "../gate/verdict.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import type { Snapshot } from "../snapshot.ts";
import { bucketWords, remedyFor } from "./cause-words.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { spoken } from "./telling.ts";
import { longAgo, when } from "./times.ts";
import { code, joinList, link, manyLines, ourPhrase, say, type Words } from "./words.ts";

interface Known {
  snapshot: Snapshot;
  verdict: Verdict | null;
  document: PolicyDocument | null;
  owed: OwedReview;
  server: string | null;
  now: Date;
}

export function throughLines(through: LetThrough, known: Known): string[] {
  const facts = through.kind === "bypass" ? bypassFacts(through.state, known) : aroundFacts(known);
  return [`${line(opening(through, known))}\n\n`, ...facts.map((words) => `- ${line(words)}\n`), ...reason(through)];
}

function opening(through: LetThrough, { snapshot }: Known): Words {
  const pull = { kind: "ours", text: `#${snapshot.number ?? 0}` } as const;
  return through.kind === "bypass"
    ? say`An emergency bypass lets ${pull} (${snapshot.title}) be merged without its gate being open. What was skipped is owed afterwards.`
    : say`${pull} (${snapshot.title}) was merged although its gate was not open. What was passed over is owed afterwards.`;
}

function bypassFacts(
  { request, secondPerson }: Extract<LetThrough, { kind: "bypass" }>["state"],
  known: Known,
): Words[] {
  const { requester, at, scope, cause, source } = request;
  const how = source.kind === "label" ? say` by the label ${code(source.label)}` : say` by a command`;
  const covers =
    scope === "all" ? say`everything but what is never opened` : joinList(scope.map((name) => [code(name)]));
  return [
    ...changeFacts(known),
    say`Asked for by ${code(requester?.login ?? "nobody")}${at === null ? [] : say` on ${when(at, longAgo)}`}${how}`,
    ...(secondPerson === null ? [] : [say`Agreed to by ${code(secondPerson.login)}`]),
    ...causeFacts(cause, known),
    say`Opens ${covers}`,
    ...dueFacts(known),
  ];
}

/** What it was by name, what it looks like, and what would make the next one needless. */
function causeFacts(cause: string, { verdict, document, snapshot }: Known): Words[] {
  const named = say`Cause: ${spoken(cause)}`;
  if (verdict === null || document === null) return [named];
  const bucket = bypassBucket(cause, verdict, document.policy, snapshot);
  return [
    [...named, ...ourPhrase(`, which counts as ${bucketWords[bucket]}`)],
    ourPhrase(`What would help the next time: ${remedyFor(bucket)}`),
  ];
}

function aroundFacts(known: Known): Words[] {
  const { merged } = known.snapshot;
  const by = merged?.by == null ? say`somebody whom GitHub does not name` : [code(merged.by.login)];
  const at = merged === null ? [] : say` on ${when(merged.at, longAgo)}`;
  const sha = merged?.commitSha == null ? [] : say` as ${code(merged.commitSha.slice(0, 7))}`;
  return [...changeFacts(known), say`Merged by ${by}${at}${sha}, past the gate`, ...dueFacts(known)];
}

function changeFacts({ snapshot, verdict, server }: Known): Words[] {
  const { repository, base, head, author } = snapshot;
  const range = `${base.sha}...${head.sha}`;
  const href =
    server === null
      ? null
      : `${server}/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}/compare/${range}`;
  const shown = [code(`${base.sha.slice(0, 7)}...${head.sha.slice(0, 7)}`)];
  const size = verdict?.classification.size;
  const risk = verdict === null ? [] : say`, ${size?.changed ?? 0} lines, ${verdict.classification.risk.level} risk`;
  return [say`Change: ${link(shown, href)} onto ${code(base.ref)} by ${code(author.login)}${risk}`];
}

function dueFacts({ owed, snapshot }: Known): Words[] {
  const { merged } = snapshot;
  const hours = durationWords(owed.withinMs);
  return [
    merged === null
      ? say`To be reviewed within ${hours} of the merge by the role ${code(owed.role)}`
      : say`To be reviewed by ${when(new Date(merged.at.getTime() + owed.withinMs), longAgo)} by the role ${code(owed.role)}`,
  ];
}

/** `24 hours`, `3 days`, `90 minutes`. */
export function durationWords(ms: number): Words {
  const minutes = Math.round(ms / 60_000);
  const [amount, unit] =
    minutes % 1_440 === 0 && minutes > 1_440
      ? [minutes / 1_440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return [{ kind: "ours", text: `${amount} ${unit}${amount === 1 ? "" : "s"}` }];
}

/** Quoted line by line, each escaped: nothing of it gets out of the quote. */
function reason(through: LetThrough): string[] {
  if (through.kind === "around") return [];
  const lines = manyLines(through.state.reason)
    .split("\n")
    .slice(0, reasonLinesMax)
    .map((text) => `> ${line(whole(text.trim()))}\n`);
  return ["\nReason given:\n\n", ...lines];
}

/** Renderers cut what others wrote to a sentence's length; here each word of it counts. */
export function whole(text: string): Words {
  const pieces: string[] = [];
  for (const word of text.split(/(?<=\s)/)) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + word.length > pieceCharacters) pieces.push(word);
    else pieces[pieces.length - 1] = last + word;
  }
  return pieces.map((piece) => ({ kind: "theirs", text: piece }));
}

const pieceCharacters = 250;
const reasonLinesMax = 40;

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}
